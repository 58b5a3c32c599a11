using System;
using SensorNode.Configuration;
using SensorNode.Contracts;
using SensorNode.Update;

namespace SensorNode.Storage
{
    /// <summary>Events in words.</summary>
    internal static class EventText
    {
        internal static string Of(int number, int seconds, int word, int isFloorFlag)
        {
            DateTime time = new DateTime(DateTime.UnixEpoch.Ticks + (uint)seconds * 10000000L);
            return number.ToString() + ((word & isFloorFlag) != 0 ? " after " : " ") + time.ToString("yyyy-MM-dd HH:mm:ss") + " " + What(word & (isFloorFlag - 1), word >> 8 & 0xFFFF);
        }

        private static string What(int kind, int detail)
        {
            switch (kind)
            {
                case EventKind.Start: return "start: " + RestartReasonText.Of((RestartReason)detail);
                case EventKind.Settings: return "settings changed: " + Settings(detail);
                case EventKind.Signature: return Offer(detail) + "bad signature: " + UpdateReason.Text(detail & 0xFF);
                case EventKind.Rollback: return Offer(detail) + "rollback: " + UpdateReason.Text(detail & 0xFF);
                case EventKind.Refused: return detail == 1 ? "no TLS: a certificate is not accepted" : "the broker refused user, password or client";
                case EventKind.FactoryReset: return "factory reset by " + (detail == FactoryReset.ByButton ? "button" : "command");
                case EventKind.NoSensor: return "accelerometer " + (detail == (int)SensorStatus.WrongChip ? "is another chip" : detail == (int)SensorStatus.InvalidSetting ? "has no such range or rate" : "does not answer");
                default: return "event " + kind.ToString() + ", " + detail.ToString();
            }
        }

        private static string Offer(int detail)
        {
            return detail >> 8 == 0 ? "application refused, " : "model refused, ";
        }

        private static string Settings(int detail)
        {
            int key = detail & 0xFF;
            if (key >= ConfigurationKey.Count)
            {
                return "key " + key.ToString();
            }

            ConfigurationItem item = new ConfigurationItem();
            ConfigurationSchema.Describe(key, item);
            int more = (detail >> 8) - 1;
            return more > 0 ? item.Name + " and " + more.ToString() + " more" : item.Name;
        }
    }
}
