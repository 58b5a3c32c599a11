using SensorNode.Platform;
using SensorNode.Standins;

namespace System.Device.I2c
{
    /// <summary>One device on an emulated bus. A failed transfer does not throw and leaves the buffer as it was: only the result tells.</summary>
    /// <remarks>Every thread of the node stands still during a transfer.</remarks>
    public class I2cDevice : IDisposable
    {
        private static readonly int[] ClockHz = [100_000, 400_000, 1_000_000];
        private readonly I2cConnectionSettings _settings;
        private readonly EmulatedI2cBus _bus;
        private byte _lastByte;
        private bool _isDisposed;

        public I2cDevice(I2cConnectionSettings settings)
        {
            ArgumentNullException.ThrowIfNull(settings);
            NodePlatform platform = NodeRuntime.Enter();
            if (!platform.I2cBuses.TryGetValue(settings.BusId, out _bus) || !nanoFramework.Hardware.Esp32.Configuration.IsI2cMapped(settings.BusId))
            {
                // Wrong bus number, or no pins: on the board the native constructor refuses both the same way.
                throw new ArgumentException("I2C bus " + settings.BusId + " has no pins.");
            }

            _settings = settings;
            _bus.ClockHz = ClockHz[(int)settings.BusSpeed];
        }

        public I2cConnectionSettings ConnectionSettings => _settings;

        public static I2cDevice Create(I2cConnectionSettings settings) => new(settings);

        /// <summary>Drops the status; a failed read gives the byte of the last good one.</summary>
        public byte ReadByte()
        {
            byte[] one = [_lastByte];
            Transfer(default, one);
            return one[0];
        }

        public I2cTransferResult Read(SpanByte buffer) => Transfer(default, buffer);

        public I2cTransferResult WriteByte(byte value) => Transfer(new byte[] { value }, default);

        public I2cTransferResult Write(SpanByte buffer) => Transfer(buffer, default);

        public I2cTransferResult WriteRead(SpanByte writeBuffer, SpanByte readBuffer) => Transfer(writeBuffer, readBuffer);

        public void Dispose() => _isDisposed = true;

        private I2cTransferResult Transfer(SpanByte write, SpanByte read)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            NodePlatform platform = NodeRuntime.Enter();
            byte[] received = new byte[read.Length];
            TransferStatus status = _bus.Transfer(platform.Scheduler.NowNs, _settings.DeviceAddress, write.AsSpan(), received, out long costNs);
            platform.Scheduler.Charge(platform.Process, costNs);
            if (status != TransferStatus.FullTransfer)
            {
                return new I2cTransferResult(0, (I2cTransferStatus)status);
            }

            received.AsSpan().CopyTo(read.AsSpan());
            if (received.Length > 0)
            {
                _lastByte = received[^1];
            }

            return new I2cTransferResult((uint)(write.Length + read.Length), I2cTransferStatus.FullTransfer);
        }
    }
}
