using SensorNode.Standins;

namespace System.Device.Gpio
{
    /// <summary>The board's pins. Events of pins are not emulated.</summary>
    public sealed class GpioController : IDisposable
    {
        public GpioController()
        {
            NodeRuntime.Enter();
        }

        public GpioPin OpenPin(int pinNumber) => OpenPin(pinNumber, PinMode.Input);

        public GpioPin OpenPin(int pinNumber, PinMode mode)
        {
            NodeRuntime.Enter();
            return new GpioPin(pinNumber, mode);
        }

        public void Dispose()
        {
        }
    }
}
