using SensorNode.Standins;

namespace System.Device.Gpio
{
    /// <summary>One opened pin.</summary>
    public sealed class GpioPin : IDisposable
    {
        private PinMode _mode;

        internal GpioPin(int pinNumber, PinMode mode)
        {
            PinNumber = pinNumber;
            _mode = mode;
        }

        public int PinNumber { get; }

        public PinMode GetPinMode() => _mode;

        public void SetPinMode(PinMode value) => _mode = value;

        public PinValue Read() => NodeRuntime.Enter().Gpio.Read(PinNumber, _mode == PinMode.InputPullUp);

        public void Write(PinValue value) => NodeRuntime.Enter().Gpio.Write(PinNumber, value == PinValue.High);

        public void Dispose()
        {
        }
    }
}
