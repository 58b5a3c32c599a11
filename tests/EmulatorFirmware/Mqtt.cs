using System;
using System.Collections;
using System.Security.Cryptography.X509Certificates;
using System.IO;
using System.Text;
using System.Threading;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Messages;
using nanoFramework.Runtime.Native;

namespace SensorNode.EmulatorFirmware
{
    /// <summary>The MQTT client: subscribes, sends itself messages of QoS 0 and 1, then waits for the end of the connection.</summary>
    public static class Mqtt
    {
        private static readonly ArrayList Events = new ArrayList();
        private static readonly AutoResetEvent Something = new AutoResetEvent(false);

        public static void Main()
        {
            Thread.Sleep(3000);
            bool isSecure = File.Exists("I:\\ca.pem");
            if (isSecure)
            {
                Rtc.SetSystemTime(new DateTime(2026, 6, 1));
            }

            X509Certificate authority = isSecure ? new X509Certificate(File.ReadAllText("I:\\ca.pem")) : null;
            MqttClient client = new MqttClient("broker", 1883, isSecure, authority, null, isSecure ? MqttSslProtocols.TLSv1_2 : MqttSslProtocols.None);
            client.MqttMsgPublishReceived += (s, e) => Note("received " + e.Topic + " " + Encoding.UTF8.GetString(e.Message, 0, e.Message.Length) + " qos " + (int)e.QosLevel);
            client.MqttMsgPublished += (s, e) => Note("published " + e.MessageId + " " + e.IsPublished);
            client.MqttMsgSubscribed += (s, e) => Note("subscribed " + e.MessageId);
            client.ConnectionClosed += (s, e) => Note("closed");

            MqttReasonCode code = client.Connect("c1", null, null, false, MqttQoSLevel.AtLeastOnce, true, "will", "ab\0cd", true, 10);
            Console.WriteLine("connect " + (int)code + " " + client.IsConnected);
            client.Subscribe(new string[] { "a/#" }, new MqttQoSLevel[] { MqttQoSLevel.AtLeastOnce });
            Wait();
            client.Publish("a/0", Encoding.UTF8.GetBytes("zero"));
            Wait();
            client.Publish("a/1", Encoding.UTF8.GetBytes("one"), null, null, MqttQoSLevel.AtLeastOnce, false);
            Wait();
            while (client.IsConnected)
            {
                Wait();
            }

            Wait();
        }

        private static void Note(string text)
        {
            lock (Events)
            {
                Events.Add(text);
            }

            Something.Set();
        }

        private static void Wait()
        {
            Something.WaitOne(1000, false);
            Thread.Sleep(100);
            lock (Events)
            {
                for (int i = 0; i < Events.Count; i++)
                {
                    Console.WriteLine((string)Events[i]);
                }

                Events.Clear();
            }
        }
    }
}
