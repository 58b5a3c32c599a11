using System;
using SensorNode.Storage;

namespace SensorNode.Update
{
    /// <summary>The bytes of offers, requests and replies; firmware/docs/update.md has the tables.</summary>
    public static class UpdateMessages
    {
        public const int OfferBytes = 48;
        public const int RequestBytes = 32;
        public const int ReplyHeaderBytes = 32;
        public const int StateBytes = 96;

        /// <summary>Replies: here it is; come again later.</summary>
        public const int StatusData = 0;

        public const int StatusLater = 3;

        internal const int IdBytes = 16;
        internal const int ClassOffset = 6;
        internal const int IdOffset = 8;
        internal const int TotalOffset = 24;
        internal const int HeadOffset = 28;
        internal const int SpreadOffset = 30;
        internal const int VersionOffset = 32;
        internal const int CounterOffset = 40;

        private const int SpreadMax = 3600;

        /// <summary>Begins a message.</summary>
        /// <param name="bytes">Its length.</param>
        /// <param name="letters">The last two of its four letters, first one lowest.</param>
        /// <param name="kind">Byte 5.</param>
        internal static byte[] Create(int bytes, int letters, int kind)
        {
            byte[] message = new byte[bytes];
            ByteOrder.PutInt16(message, 0, 'S' | 'N' << 8);
            ByteOrder.PutInt16(message, 2, letters);
            message[4] = 1;
            message[5] = (byte)kind;
            return message;
        }

        /// <summary>Whether bytes are an offer of a kind that makes sense.</summary>
        internal static bool IsOffer(byte[] bytes, int kind)
        {
            if (!Is(bytes, OfferBytes, 'O' | 'F' << 8) || bytes.Length != OfferBytes || bytes[5] != kind || bytes[7] != 0)
            {
                return false;
            }

            int head = HeadBytes(bytes);
            int payload = ByteOrder.GetInt32(bytes, TotalOffset) - head;
            return head >= ReleaseParser.FixedBytes && head <= UpdateLimits.HeadBytesMax && payload >= 1 && payload <= ReleaseParser.PayloadBytesMax &&
                Spread(bytes) <= SpreadMax && ReleaseParser.Version(bytes, VersionOffset) >= 0 && ByteOrder.GetInt32(bytes, CounterOffset) >= 0 &&
                ByteOrder.GetInt32(bytes, 44) == 0;
        }

        internal static int HeadBytes(byte[] offer)
        {
            return ByteOrder.GetInt16(offer, HeadOffset) & 0xFFFF;
        }

        internal static int Spread(byte[] offer)
        {
            return ByteOrder.GetInt16(offer, SpreadOffset) & 0xFFFF;
        }

        /// <summary>Asks for one piece.</summary>
        internal static byte[] Request(byte[] offer, int fileOffset, int count, int tag)
        {
            byte[] request = Create(RequestBytes, 'R' | 'Q' << 8, offer[5]);
            ByteOrder.PutInt16(request, 6, count);
            Array.Copy(offer, IdOffset, request, 8, IdBytes);
            ByteOrder.PutInt32(request, 24, fileOffset);
            ByteOrder.PutInt32(request, 28, tag);
            return request;
        }

        /// <summary>Whether a message answers a request: its id, offset and tag, and for data its length.</summary>
        /// <param name="reply">What came.</param>
        /// <param name="request">What was asked.</param>
        /// <param name="status">Of the reply.</param>
        /// <param name="count">Bytes of data, or seconds to wait.</param>
        internal static bool Answers(byte[] reply, byte[] request, out int status, out int count)
        {
            status = 0;
            count = 0;
            if (!Is(reply, ReplyHeaderBytes, 'R' | 'P' << 8))
            {
                return false;
            }

            for (int i = 8; i < RequestBytes; i++)
            {
                if (reply[i] != request[i])
                {
                    return false;
                }
            }

            status = reply[5];
            count = ByteOrder.GetInt16(reply, 6) & 0xFFFF;
            return status == StatusData
                ? count == ByteOrder.GetInt16(request, 6) && reply.Length == ReplyHeaderBytes + count
                : status <= StatusLater && reply.Length == ReplyHeaderBytes;
        }

        private static bool Is(byte[] bytes, int bytesMin, int letters)
        {
            return bytes.Length >= bytesMin && ByteOrder.GetInt16(bytes, 0) == ('S' | 'N' << 8) && ByteOrder.GetInt16(bytes, 2) == letters && bytes[4] == 1;
        }
    }
}
