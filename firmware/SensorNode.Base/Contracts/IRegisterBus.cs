namespace SensorNode.Contracts
{
    /// <summary>One register-addressed device on an I2C bus. Drivers know the bus only through this.</summary>
    /// <remarks>
    /// Threads: one at a time. Memory: an implementation may allocate inside a transfer (the platform does), never in proportion to it.
    /// Errors: never throws for what happens on the wire; every result must be looked at.
    /// </remarks>
    public interface IRegisterBus
    {
        /// <summary>Bus clock, in Hz: 100 000, 400 000 or 1 000 000.</summary>
        int ClockHz { get; }

        /// <summary>Writes one register: START, address+W, register, value, STOP.</summary>
        TransferStatus Write(byte register, byte value);

        /// <summary>Reads consecutive registers in one burst: START, address+W, register, repeated START, address+R, count bytes, STOP.</summary>
        /// <param name="register">First register as it goes on the wire; a chip that wants an auto-increment bit gets it from its driver.</param>
        /// <param name="buffer">Written from <paramref name="offset"/> on, only if the result is Ok.</param>
        /// <param name="offset">First index written.</param>
        /// <param name="count">Bytes to read, 1 or more.</param>
        TransferStatus Read(byte register, byte[] buffer, int offset, int count);
    }
}
