using System.Collections.Generic;
using SensorNode.Platform;
using SensorNode.Standins;

namespace System.Device.Gpio
{
    /// <summary>The board's pins. Events of pins are not emulated.</summary>
    /// <remarks>
    /// As on the board, one list for all controllers holds every pin that was ever opened: only ClosePin takes one out, Dispose of a controller
    /// gives all pins back to the chip and leaves them in the list.
    /// </remarks>
    public sealed class GpioController : IDisposable
    {
        private bool _isDisposed;

        public GpioController()
        {
            NodeRuntime.Enter();
        }

        public GpioPin OpenPin(int pinNumber) => Keep(new GpioPin(pinNumber));

        public GpioPin OpenPin(int pinNumber, PinMode mode)
        {
            GpioPin pin = new(pinNumber);
            pin.SetPinMode(mode);
            return Keep(pin);
        }

        public void ClosePin(int pinNumber)
        {
            List<GpioPin> pins = NodeRuntime.Own<OpenedPins>().Pins;
            int index = pins.FindIndex(pin => pin.PinNumber == pinNumber);
            if (index < 0)
            {
                throw new InvalidOperationException();
            }

            pins[index].Dispose();
            pins.RemoveAt(index);
        }

        public void Dispose()
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                NodeRuntime.Own<OpenedPins>().Pins.ForEach(pin => pin.Dispose());
            }
        }

        private static GpioPin Keep(GpioPin pin)
        {
            GpioState state = NodeRuntime.Enter().Gpio;
            List<GpioPin> pins = NodeRuntime.Own<OpenedPins>().Pins;
            pins.Add(pin);
            state.ListedPinCountMax = Math.Max(state.ListedPinCountMax, pins.Count);
            return pin;
        }

        private sealed class OpenedPins
        {
            public List<GpioPin> Pins { get; } = [];
        }
    }
}
