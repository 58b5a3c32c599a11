using nanoFramework.TestFramework;
using SensorNode.Configuration;

namespace SensorNode.Configuration.Tests
{
    [TestClass]
    public class ServerListTests
    {
        [TestMethod]
        public static void NamesAndPorts_AreRead()
        {
            ServerList list = new ServerList("first.example, second.example:8884 ,10.0.0.3", 8883);
            Assert.AreEqual(3, list.Count);
            Assert.AreEqual("first.example", list.Host(0));
            Assert.AreEqual(8883, list.Port(0));
            Assert.AreEqual("second.example", list.Host(1));
            Assert.AreEqual(8884, list.Port(1));
            Assert.AreEqual("10.0.0.3", list.Host(2));
        }

        [TestMethod]
        public static void GoodLists_AreTaken()
        {
            Assert.IsNull(ServerList.Check("broker"));
            Assert.IsNull(ServerList.Check("a:1,b:65535, c"));
        }

        [TestMethod]
        [DataRow("")]
        [DataRow("a,,b")]
        [DataRow("a b")]
        [DataRow("mqtt://a")]
        [DataRow(":1883")]
        [DataRow("a:")]
        [DataRow("a:0")]
        [DataRow("a:65536")]
        [DataRow("a:x")]
        public static void BadLists_AreRefusedWithAReason(string text)
        {
            Assert.IsNotNull(ServerList.Check(text));
        }
    }
}
