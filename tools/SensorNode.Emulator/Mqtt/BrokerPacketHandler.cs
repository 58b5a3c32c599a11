using System.Security.Cryptography;
using System.Text;

namespace SensorNode.Emulator.Mqtt;

/// <summary>What the broker does with each packet of a client.</summary>
internal sealed class BrokerPacketHandler(BrokerCore core)
{
    private const int IdentifierRejected = 2;
    private const int BadUserNameOrPassword = 4;
    private const int NotAuthorized = 5;

    private int _assignedIds;

    public void Handle(BrokerConnection connection, MqttFrame frame)
    {
        if (connection.Session == null)
        {
            if (frame.Type == MqttPacketType.Connect)
            {
                HandleConnect(connection, frame);
            }
            else
            {
                Malformed(connection, $"{Name(frame)} before CONNECT");
            }

            return;
        }

        switch (frame.Type)
        {
            case MqttPacketType.Publish: HandlePublish(connection, frame); break;
            case MqttPacketType.Subscribe: HandleSubscribe(connection, frame); break;
            case MqttPacketType.Unsubscribe: HandleUnsubscribe(connection, frame); break;
            case MqttPacketType.PubAck:
            case MqttPacketType.PubRel: HandleAcknowledge(connection, frame); break;
            case MqttPacketType.PingReq: HandlePing(connection, frame); break;
            case MqttPacketType.Disconnect: HandleDisconnect(connection, frame); break;
            case MqttPacketType.Connect: Malformed(connection, "a second CONNECT"); break;
            default: Malformed(connection, $"{Name(frame)}, which a client has no reason to send"); break;
        }
    }

    private static string Name(MqttFrame frame) => frame.Type.ToString().ToUpperInvariant();

    private static void Malformed(BrokerConnection connection, string fault) => connection.CloseAtFault($"malformed packet: {fault}");

    private void HandleConnect(BrokerConnection connection, MqttFrame frame)
    {
        if (!ConnectPacket.TryParse(frame.Body, out ConnectPacket? packet, out int returnCode, out string fault))
        {
            Refuse(connection, returnCode, $"malformed packet: {fault}");
            return;
        }

        if (packet!.ClientId.Length == 0 && !packet.CleanSession)
        {
            Refuse(connection, IdentifierRejected, "CONNECT without a client id asks for a persistent session");
            return;
        }

        returnCode = CheckAccount(packet);
        if (returnCode != 0)
        {
            Refuse(connection, returnCode, returnCode == NotAuthorized ? "CONNECT without a user name" : "wrong user name or password");
            return;
        }

        string clientId = packet.ClientId.Length > 0 ? packet.ClientId : $"auto-{++_assignedIds}";
        if (core.Faults?.StrikeConnection(BrokerFaultKind.Connack, connection.Number, clientId) is { } scripted)
        {
            Refuse(connection, scripted.ReturnCode, $"fault script: CONNACK {scripted.ReturnCode}");
            return;
        }

        BrokerSession session = core.OpenSession(packet, clientId, out bool isPresent);
        connection.Session = session;
        connection.Will = packet.Will;
        core.Log($"{connection.Name} connected, {(packet.CleanSession ? "clean" : isPresent ? "session resumed" : "new session")}, keep-alive {packet.KeepAliveSeconds} s");
        connection.Send(MqttPacketType.ConnAck, MqttPacketWriter.ConnAck(isPresent, 0));
        connection.StartKeepAlive(packet.KeepAliveSeconds);
        if (!connection.IsClosed)
        {
            session.Attach(connection);
        }
    }

    private static void Refuse(BrokerConnection connection, int returnCode, string reason)
    {
        if (returnCode != 0)
        {
            connection.Send(MqttPacketType.ConnAck, MqttPacketWriter.ConnAck(false, returnCode));
        }

        connection.CloseAtFault(reason);
    }

    private int CheckAccount(ConnectPacket packet)
    {
        if (core.Options.Users == null)
        {
            return 0;
        }

        if (packet.UserName == null)
        {
            return NotAuthorized;
        }

        byte[] expected = Encoding.UTF8.GetBytes(core.Options.Users.GetValueOrDefault(packet.UserName) ?? "");
        bool isKnown = core.Options.Users.ContainsKey(packet.UserName);
        return isKnown && CryptographicOperations.FixedTimeEquals(expected, packet.Password ?? []) ? 0 : BadUserNameOrPassword;
    }

    private void HandlePublish(BrokerConnection connection, MqttFrame frame)
    {
        if (!PublishPacket.TryParse(frame, out PublishPacket? packet, out string fault))
        {
            Malformed(connection, fault);
            return;
        }

        MqttMessage message = packet!.Message;
        core.Statistics.CountMessage(message.Topic, message.Payload.Length, frame.TotalBytes);

        // A QoS 2 message is passed on when it first comes; its id is remembered until PUBREL (method B of MQTT 3.1.1, figure 4.3).
        if (message.QualityOfService < 2 || connection.Session!.IncomingQos2.Add(packet.PacketId))
        {
            core.Router.Route(message);
        }

        if (message.QualityOfService == 1)
        {
            connection.Send(MqttPacketType.PubAck, MqttPacketWriter.Acknowledge(MqttPacketType.PubAck, packet.PacketId));
        }
        else if (message.QualityOfService == 2)
        {
            connection.Send(MqttPacketType.PubRec, MqttPacketWriter.Acknowledge(MqttPacketType.PubRec, packet.PacketId));
        }
    }

    private void HandleSubscribe(BrokerConnection connection, MqttFrame frame)
    {
        if (!SubscribePacket.TryParse(frame, out SubscribePacket? packet, out string fault))
        {
            Malformed(connection, fault);
            return;
        }

        BrokerSession session = connection.Session!;
        var answer = new MqttPacketWriter(MqttPacketType.SubAck, 0).UInt16(packet!.PacketId);
        var granted = new List<(string Filter, int Quality)>();
        for (int i = 0; i < packet.Filters.Count; i++)
        {
            int quality = Math.Min(packet.Qualities[i], 1);
            bool isTaken = core.Router.Subscribe(session, packet.Filters[i], quality);
            answer.Byte(isTaken ? (byte)quality : (byte)0x80);
            if (isTaken)
            {
                granted.Add((packet.Filters[i], quality));
            }
        }

        connection.Send(MqttPacketType.SubAck, answer.ToArray());
        foreach ((string filter, int quality) in granted)
        {
            core.Router.DeliverRetained(session, filter, quality);
        }
    }

    private void HandleUnsubscribe(BrokerConnection connection, MqttFrame frame)
    {
        if (!SubscribePacket.TryParse(frame, out SubscribePacket? packet, out string fault))
        {
            Malformed(connection, fault);
            return;
        }

        foreach (string filter in packet!.Filters)
        {
            core.Router.Unsubscribe(connection.Session!, filter);
        }

        connection.Send(MqttPacketType.UnsubAck, MqttPacketWriter.Acknowledge(MqttPacketType.UnsubAck, packet.PacketId));
    }

    private static void HandleAcknowledge(BrokerConnection connection, MqttFrame frame)
    {
        var reader = new MqttFieldReader(frame.Body);
        if (!reader.TryUInt16(out int packetId) || reader.Rest.Length > 0)
        {
            Malformed(connection, $"{Name(frame)} of {frame.Body.Length} bytes, must be 2");
            return;
        }

        if (frame.Type == MqttPacketType.PubAck)
        {
            connection.Session!.Acknowledge(packetId);
            return;
        }

        connection.Session!.IncomingQos2.Remove(packetId);
        connection.Send(MqttPacketType.PubComp, MqttPacketWriter.Acknowledge(MqttPacketType.PubComp, packetId));
    }

    private static void HandlePing(BrokerConnection connection, MqttFrame frame)
    {
        if (frame.Body.Length > 0)
        {
            Malformed(connection, "PINGREQ with a body");
            return;
        }

        connection.Send(MqttPacketType.PingResp, MqttPacketWriter.Empty(MqttPacketType.PingResp));
    }

    private static void HandleDisconnect(BrokerConnection connection, MqttFrame frame)
    {
        if (frame.Body.Length > 0)
        {
            Malformed(connection, "DISCONNECT with a body");
            return;
        }

        connection.Will = null;
        connection.Close("DISCONNECT", closesTransport: true);
    }
}
