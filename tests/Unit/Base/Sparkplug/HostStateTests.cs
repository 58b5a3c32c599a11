using nanoFramework.TestFramework;
using SensorNode.Fakes;
using SensorNode.Sparkplug;

namespace SensorNode.Sparkplug.Tests
{
    [TestClass]
    public class HostStateTests
    {
        [TestMethod]
        public static void StateMessages_AreTakenInOrderOfTheirTime()
        {
            HostState host = new HostState();
            Assert.IsFalse(host.IsOnline);
            Assert.IsTrue(Take(host, "{\"online\":true,\"timestamp\":1700000000000}"));
            Assert.IsTrue(host.IsOnline);
            Assert.IsFalse(Take(host, "{\"online\":false,\"timestamp\":1699999999999}"), "older");
            Assert.IsTrue(host.IsOnline);
            Assert.IsTrue(Take(host, "{ \"timestamp\" : 1700000000000 ,\r\n\t\"online\" : false }"), "same time, other order, blanks");
            Assert.IsFalse(host.IsOnline);
            host.Reset();
            Assert.IsTrue(Take(host, "{\"online\":true,\"timestamp\":5,\"more\":1}"), "a new connection begins anew");
            Assert.IsTrue(host.IsOnline);
        }

        [TestMethod]
        public static void AnythingElse_ChangesNothing()
        {
            string[] bad =
            {
                "", "{}", "ONLINE", "OFFLINE", "{\"online\":true}", "{\"timestamp\":1}", "{\"online\":\"true\",\"timestamp\":1}", "{\"online\":trueish,\"timestamp\":1}",
                "{\"online\":1,\"timestamp\":1}", "{\"online\":true,\"timestamp\":-1}", "{\"online\":true,\"timestamp\":\"1\"}", "{\"online\":true,\"timestamp\":1.5}",
                "{\"online\":true,\"timestamp\":12", "{\"online\":true,\"timestamp\":}", "{\"online\":true,\"timestamp\":1700000000000000000000}", "{\"online\":true,\"timestamp\":1x}",
                "{\"online\" true,\"timestamp\":1}", "{\"Online\":true,\"timestamp\":1}"
            };
            HostState host = new HostState();
            for (int i = 0; i < bad.Length; i++)
            {
                Assert.IsFalse(Take(host, bad[i]), bad[i]);
                Assert.IsFalse(host.IsOnline, bad[i]);
            }

            Assert.IsFalse(Take(host, "{\"online\":true,\"timestamp\":1}" + new string(' ', 128)));
        }

        [TestMethod]
        public static void AnyBytes_NeverThrow()
        {
            SeededRandom random = new SeededRandom(21);
            byte[] good = Bytes("{\"online\":true,\"timestamp\":1700000000000}");
            for (int i = 0; i < 1000; i++)
            {
                byte[] bytes = new byte[random.Next(good.Length + 1)];
                System.Array.Copy(good, 0, bytes, 0, bytes.Length);
                for (int c = random.Next(4); c > 0 && bytes.Length > 0; c--)
                {
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                }

                HostState host = new HostState();
                Assert.AreEqual(host.Take(bytes) && host.IsOnline, host.IsOnline);
            }
        }

        private static bool Take(HostState host, string text)
        {
            return host.Take(Bytes(text));
        }

        private static byte[] Bytes(string text)
        {
            byte[] bytes = new byte[text.Length];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)text[i];
            }

            return bytes;
        }
    }
}
