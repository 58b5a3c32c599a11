using System.Device.Gpio;
using SensorNode.Contracts;

namespace SensorNode.Esp32
{
    /// <summary>LED and button on GPIO pins.</summary>
    /// <remarks>The button pulls its pin low. It is opened for each look and closed again, so that nothing is held for it.</remarks>
    public sealed class BoardPanel : IPanel
    {
        private readonly int _ledPin;
        private readonly bool _isLedOnWhenLow;
        private readonly int _buttonPin;

        /// <param name="ledPin">GPIO, or -1 for none.</param>
        /// <param name="isLedOnWhenLow">True where a low pin lights it.</param>
        /// <param name="buttonPin">GPIO, or -1 for none.</param>
        public BoardPanel(int ledPin, bool isLedOnWhenLow, int buttonPin)
        {
            _ledPin = ledPin;
            _isLedOnWhenLow = isLedOnWhenLow;
            _buttonPin = buttonPin;
        }

        /// <inheritdoc/>
        public bool HasLed
        {
            get { return _ledPin >= 0; }
        }

        /// <inheritdoc/>
        public bool IsButtonDown
        {
            get
            {
                if (_buttonPin < 0)
                {
                    return false;
                }

                using (GpioController controller = new GpioController())
                {
                    return controller.OpenPin(_buttonPin, PinMode.InputPullUp).Read() == PinValue.Low;
                }
            }
        }

        /// <inheritdoc/>
        public void SetLed(bool isOn)
        {
            if (_ledPin < 0)
            {
                return;
            }

            using (GpioController controller = new GpioController())
            {
                controller.OpenPin(_ledPin, PinMode.Output).Write(isOn == _isLedOnWhenLow ? PinValue.Low : PinValue.High);
            }
        }
    }
}
