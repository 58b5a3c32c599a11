using System.Device.Gpio;
using SensorNode.Contracts;

namespace SensorNode.Esp32
{
    /// <summary>LED and button on GPIO pins.</summary>
    /// <remarks>
    /// The button pulls its pin low. Each pin is opened at its first use and kept: the platform's list of opened pins is static and outlives the controller,
    /// so that a pin opened for each look would cost heap for ever; and a pin that is let go becomes an input, so that its LED goes out at once.
    /// Threads: any; supervisor and link both look at the button. Memory: the controller is let go, for it holds nothing.
    /// </remarks>
    public sealed class BoardPanel : IPanel
    {
        private readonly int _ledPin;
        private readonly bool _isLedOnWhenLow;
        private readonly int _buttonPin;
        private GpioPin _led;
        private GpioPin _button;

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

                lock (this)
                {
                    if (_button == null)
                    {
                        _button = new GpioController().OpenPin(_buttonPin, PinMode.InputPullUp);
                    }

                    return _button.Read() == PinValue.Low;
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

            lock (this)
            {
                if (_led == null)
                {
                    _led = new GpioController().OpenPin(_ledPin, PinMode.Output);
                }

                _led.Write(isOn == _isLedOnWhenLow ? PinValue.Low : PinValue.High);
            }
        }
    }
}
