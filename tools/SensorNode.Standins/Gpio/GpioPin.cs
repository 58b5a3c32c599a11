using SensorNode.Standins;

namespace System.Device.Gpio
{
    /// <summary>One opened pin. An output begins low, and a pin that is let go is an input from then on: nothing drives it any more.</summary>
    public sealed class GpioPin : IDisposable
    {
        private PinMode _mode = PinMode.Input;
        private bool _isDisposed;

        internal GpioPin(int pinNumber)
        {
            PinNumber = pinNumber;
            if (!NodeRuntime.Enter().Gpio.Reserve(pinNumber))
            {
                throw new InvalidOperationException();
            }
        }

        public int PinNumber { get; }

        public PinMode GetPinMode()
        {
            Check();
            return _mode;
        }

        public void SetPinMode(PinMode value)
        {
            Check();
            _mode = value;
            if (value >= PinMode.Output)
            {
                NodeRuntime.Enter().Gpio.Write(PinNumber, false);
            }
            else
            {
                NodeRuntime.Enter().Gpio.LetGo(PinNumber);
            }
        }

        public PinValue Read()
        {
            Check();
            return NodeRuntime.Enter().Gpio.Read(PinNumber, _mode == PinMode.InputPullUp);
        }

        public void Write(PinValue value)
        {
            Check();
            if (_mode < PinMode.Output)
            {
                throw new ArgumentException("The pin is an input.");
            }

            NodeRuntime.Enter().Gpio.Write(PinNumber, value == PinValue.High);
        }

        public void Dispose()
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                NodeRuntime.Enter().Gpio.Free(PinNumber);
            }
        }

        private void Check()
        {
            if (_isDisposed)
            {
                throw new ObjectDisposedException(nameof(GpioPin));
            }
        }
    }
}
