using System.Collections.Generic;
using nanoFramework.M2Mqtt.Messages;
using SensorNode.Platform;

namespace nanoFramework.M2Mqtt
{
    /// <summary>Writes the packets of MQTT 3.1.1 that a client sends. Text goes through the device's UTF-8, so a NUL cuts it: the will too.</summary>
    internal static class MqttWire
    {
        public static readonly byte[] Ping = [0xC0, 0];
        public static readonly byte[] Disconnect = [0xE0, 0];

        public static byte[] Connect(MqttConnectRequest request)
        {
            List<byte> body = [0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 4];
            int flags = request.CleanSession ? 2 : 0;
            if (request.WillFlag)
            {
                flags |= 4 | (int)request.WillQosLevel << 3 | (request.WillRetain ? 0x20 : 0);
            }

            flags |= (request.Username != null ? 0x80 : 0) | (request.Password != null ? 0x40 : 0);
            body.Add((byte)flags);
            AddNumber(body, request.KeepAlivePeriod);
            AddText(body, request.ClientId);
            if (request.WillFlag)
            {
                AddText(body, request.WillTopic);
                AddText(body, request.WillMessage);
            }

            AddTextIfAny(body, request.Username);
            AddTextIfAny(body, request.Password);
            return Packet(0x10, body);
        }

        public static byte[] Publish(string topic, byte[] message, MqttQoSLevel qos, bool retain, bool isRepeated, ushort id)
        {
            List<byte> body = [];
            AddText(body, topic);
            if (qos != MqttQoSLevel.AtMostOnce)
            {
                AddNumber(body, id);
            }

            body.AddRange(message ?? []);
            return Packet((byte)(0x30 | (isRepeated ? 8 : 0) | (int)qos << 1 | (retain ? 1 : 0)), body);
        }

        public static byte[] Subscribe(string[] topics, MqttQoSLevel[] levels, ushort id)
        {
            List<byte> body = [];
            AddNumber(body, id);
            for (int i = 0; i < topics.Length; i++)
            {
                AddText(body, topics[i]);
                body.Add((byte)levels[i]);
            }

            return Packet(0x82, body);
        }

        public static byte[] Unsubscribe(string[] topics, ushort id)
        {
            List<byte> body = [];
            AddNumber(body, id);
            foreach (string topic in topics)
            {
                AddText(body, topic);
            }

            return Packet(0xA2, body);
        }

        /// <summary>PUBACK 0x40, PUBREC 0x50, PUBCOMP 0x70.</summary>
        public static byte[] Acknowledge(byte header, ushort id) => [header, 2, (byte)(id >> 8), (byte)id];

        private static byte[] Packet(byte header, List<byte> body)
        {
            List<byte> packet = [header];
            int length = body.Count;
            do
            {
                packet.Add((byte)(length > 127 ? length & 0x7F | 0x80 : length));
                length >>= 7;
            }
            while (length > 0);

            packet.AddRange(body);
            return packet.ToArray();
        }

        private static void AddTextIfAny(List<byte> body, string text)
        {
            if (text != null)
            {
                AddText(body, text);
            }
        }

        private static void AddText(List<byte> body, string text)
        {
            byte[] bytes = Utf8.GetBytes(text ?? "");
            AddNumber(body, bytes.Length);
            body.AddRange(bytes);
        }

        private static void AddNumber(List<byte> body, int value)
        {
            body.Add((byte)(value >> 8));
            body.Add((byte)value);
        }
    }
}
