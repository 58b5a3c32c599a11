using System;
using System.Device.I2c;
using SensorNode.Contracts;

namespace SensorNode.Esp32
{
    /// <summary>One device on an I2C bus of the board, as a register bus. Finds out at which of its two addresses the chip is strapped.</summary>
    /// <remarks>
    /// Platform: a missing acknowledge does not throw, it only shows in the returned status; the buffer keeps what it held. So every status is looked at.
    /// Address:  each transfer first looks for the chip by its identity, until it was found once; then the address is settled, whatever becomes of the chip.
    /// Memory:   each transfer allocates two spans and a result inside the platform; nothing else. The second device only where the first is not the chip.
    /// </remarks>
    internal sealed class I2cRegisterBus : IRegisterBus
    {
        private readonly I2cBus _bus;
        private readonly I2cDevice _first;
        private readonly byte[] _address = new byte[1];
        private readonly byte[] _pair = new byte[2];
        private I2cDevice _second;
        private I2cDevice _device;

        // Second address, identity register and identity, a byte each: every field is 12 bytes of heap. 0 once the chip was found.
        private int _sought;

        /// <param name="bus">Opens the devices.</param>
        /// <param name="firstAddress">Where the chip is looked for first.</param>
        /// <param name="secondAddress">Its other address; the same where it has none.</param>
        /// <param name="identityRegister">Register that names the chip.</param>
        /// <param name="identity">What it holds.</param>
        public I2cRegisterBus(I2cBus bus, int firstAddress, int secondAddress, byte identityRegister, byte identity)
        {
            _bus = bus;
            _first = bus.Open(firstAddress);
            _device = _first;
            _sought = firstAddress == secondAddress ? 0 : (secondAddress << 16) | (identityRegister << 8) | identity;
        }

        /// <inheritdoc/>
        public int ClockHz
        {
            get { return _bus.ClockHz; }
        }

        /// <summary>The device at the address where the chip was found; before that, at the one where something answered last.</summary>
        public I2cDevice Device
        {
            get { return _device; }
        }

        /// <inheritdoc/>
        public TransferStatus Write(byte register, byte value)
        {
            if (_sought != 0)
            {
                Find();
            }

            _pair[0] = register;
            _pair[1] = value;
            return StatusOf(_device.Write(new SpanByte(_pair)));
        }

        /// <inheritdoc/>
        public TransferStatus Read(byte register, byte[] buffer, int offset, int count)
        {
            if (_sought != 0)
            {
                Find();
            }

            _address[0] = register;
            return StatusOf(_device.WriteRead(new SpanByte(_address), new SpanByte(buffer, offset, count)));
        }

        /// <summary>Leaves the device that is the chip; else one that answers, so that the driver sees the wrong identity; else the first.</summary>
        private void Find()
        {
            bool isFirstThere = Answers(_first);
            if (_sought == 0)
            {
                return;
            }

            _second = _second ?? _bus.Open(_sought >> 16);
            Answers(_second);
            if (_sought != 0 && isFirstThere)
            {
                _device = _first;
            }
        }

        private bool Answers(I2cDevice device)
        {
            byte[] value = new byte[1];
            _address[0] = (byte)(_sought >> 8);
            if (StatusOf(device.WriteRead(new SpanByte(_address), new SpanByte(value))) != TransferStatus.Ok)
            {
                return false;
            }

            _device = device;
            if (value[0] == (byte)_sought)
            {
                _sought = 0;
            }

            return true;
        }

        private static TransferStatus StatusOf(I2cTransferResult result)
        {
            switch (result.Status)
            {
                case I2cTransferStatus.FullTransfer: return TransferStatus.Ok;
                case I2cTransferStatus.SlaveAddressNotAcknowledged: return TransferStatus.NotAcknowledged;
                case I2cTransferStatus.ClockStretchTimeout: return TransferStatus.TimedOut;
                case I2cTransferStatus.PartialTransfer: return TransferStatus.Partial;
                default: return TransferStatus.Unknown;
            }
        }
    }
}
