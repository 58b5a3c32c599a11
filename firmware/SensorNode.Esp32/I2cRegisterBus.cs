using System;
using System.Device.I2c;
using SensorNode.Contracts;

namespace SensorNode.Esp32
{
    /// <summary>One device on an I2C bus of the board, as a register bus.</summary>
    /// <remarks>
    /// Platform: a missing acknowledge does not throw, it only shows in the returned status; the buffer keeps what it held. So every status is looked at.
    /// Memory:   each transfer allocates two spans and a result inside the platform; nothing else.
    /// </remarks>
    internal sealed class I2cRegisterBus : IRegisterBus
    {
        private readonly I2cDevice _device;
        private readonly byte[] _address = new byte[1];
        private readonly byte[] _pair = new byte[2];

        /// <param name="device">Opened by <see cref="I2cBus"/>.</param>
        /// <param name="clockHz">Bus clock it was opened with.</param>
        public I2cRegisterBus(I2cDevice device, int clockHz)
        {
            _device = device;
            ClockHz = clockHz;
        }

        /// <inheritdoc/>
        public int ClockHz { get; }

        /// <inheritdoc/>
        public TransferStatus Write(byte register, byte value)
        {
            _pair[0] = register;
            _pair[1] = value;
            return StatusOf(_device.Write(new SpanByte(_pair)));
        }

        /// <inheritdoc/>
        public TransferStatus Read(byte register, byte[] buffer, int offset, int count)
        {
            _address[0] = register;
            return StatusOf(_device.WriteRead(new SpanByte(_address), new SpanByte(buffer, offset, count)));
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
