using SensorNode.Platform;

namespace nanoFramework.M2Mqtt
{
    /// <summary>One packet that has come in: first byte of the fixed header, and everything after the length.</summary>
    internal sealed class MqttPacket
    {
        private MqttPacket(byte header, byte[] body)
        {
            Header = header;
            Body = body;
        }

        public byte Header { get; }

        public byte[] Body { get; }

        public int Type => Header >> 4;

        public int QualityOfService => (Header >> 1) & 3;

        public ushort MessageId => NumberAt(0);

        public ushort NumberAt(int index) => (ushort)(Body[index] << 8 | Body[index + 1]);

        /// <summary>Reads one packet, allocating whatever length the wire says, as the library does. Null when the connection is gone or what comes is not MQTT.</summary>
        public static MqttPacket Read(INodeStream stream)
        {
            byte[] one = new byte[1];
            if (!Fill(stream, one))
            {
                return null;
            }

            byte header = one[0];
            int length = 0;
            int shift = 0;
            do
            {
                if (shift > 21 || !Fill(stream, one))
                {
                    return null;
                }

                length |= (one[0] & 0x7F) << shift;
                shift += 7;
            }
            while ((one[0] & 0x80) != 0);

            byte[] body = new byte[length];
            return Fill(stream, body) ? new MqttPacket(header, body) : null;
        }

        private static bool Fill(INodeStream stream, byte[] buffer)
        {
            int done = 0;
            while (done < buffer.Length)
            {
                int count = stream.Read(global::System.MemoryExtensions.AsSpan(buffer, done), NodeScheduler.Infinite);
                if (count <= 0)
                {
                    return false;
                }

                done += count;
            }

            return true;
        }
    }
}
