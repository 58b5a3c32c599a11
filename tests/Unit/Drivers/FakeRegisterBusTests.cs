using System;
using nanoFramework.TestFramework;
using SensorNode.Contracts;
using SensorNode.Fakes;

namespace SensorNode.Drivers.Tests
{
    [TestClass]
    public class FakeRegisterBusTests
    {
        [TestMethod]
        public void ScriptedTransfers_AreAnsweredInOrder()
        {
            FakeClock clock = new FakeClock();
            FakeRegisterBus bus = new FakeRegisterBus(clock, "W12=44 R0F>6C +20 R3A>0102");
            byte[] buffer = new byte[3];
            Assert.AreEqual((int)TransferStatus.Ok, (int)bus.Write(0x12, 0x44));
            Assert.AreEqual((int)TransferStatus.Ok, (int)bus.Read(0x0F, buffer, 2, 1));
            Assert.AreEqual(0x6C, (int)buffer[2]);
            Assert.AreEqual(0L, clock.TickMs);
            Assert.AreEqual((int)TransferStatus.Ok, (int)bus.Read(0x3A, buffer, 0, 2));
            Assert.AreEqual(0x01, (int)buffer[0]);
            Assert.AreEqual(0x02, (int)buffer[1]);
            Assert.AreEqual(32L, clock.TickMs);
            Assert.AreEqual(3, bus.TransferCount);
            bus.VerifyFinished();
        }

        [TestMethod]
        public void ScriptedFaults_LeaveTheBufferAlone()
        {
            FakeRegisterBus bus = new FakeRegisterBus(new FakeClock(), "R0F*01!N R0F*01!T R0F*01!P W12=44!U");
            byte[] buffer = { 0x55 };
            Assert.AreEqual((int)TransferStatus.NotAcknowledged, (int)bus.Read(0x0F, buffer, 0, 1));
            Assert.AreEqual((int)TransferStatus.TimedOut, (int)bus.Read(0x0F, buffer, 0, 1));
            Assert.AreEqual((int)TransferStatus.Partial, (int)bus.Read(0x0F, buffer, 0, 1));
            Assert.AreEqual((int)TransferStatus.Unknown, (int)bus.Write(0x12, 0x44));
            Assert.AreEqual(0x55, (int)buffer[0]);
        }

        [TestMethod]
        public void FailAt_FailsThatTransferAndDropsTheRest()
        {
            FakeRegisterBus bus = new FakeRegisterBus(new FakeClock(), "W12=44 R0F>6C W12=45");
            bus.FailAt(2, 'N');
            byte[] buffer = { 0x55 };
            Assert.AreEqual((int)TransferStatus.Ok, (int)bus.Write(0x12, 0x44));
            Assert.AreEqual((int)TransferStatus.NotAcknowledged, (int)bus.Read(0x0F, buffer, 0, 1));
            Assert.AreEqual(0x55, (int)buffer[0]);
            bus.VerifyFinished();
        }

        [TestMethod]
        public void AnythingElse_Throws()
        {
            AssertThrows("W12=44", "W12=45");
            AssertThrows("W12=44", "W13=44");
            AssertThrows("W12=44", "R12*01");
            AssertThrows("R12>44", "R12*02");
            AssertThrows("R12>44", "W12=44");
            AssertThrows("", "W12=44");
        }

        [TestMethod]
        public void ScriptLeftOver_IsFound()
        {
            FakeRegisterBus bus = new FakeRegisterBus(new FakeClock(), "W12=44");
            bool isThrown = false;
            try
            {
                bus.VerifyFinished();
            }
            catch (Exception)
            {
                isThrown = true;
            }

            Assert.IsTrue(isThrown);
        }

        private static void AssertThrows(string script, string transfer)
        {
            FakeRegisterBus bus = new FakeRegisterBus(new FakeClock(), script);
            bool isThrown = false;
            try
            {
                byte register = transfer[2] == '3' ? (byte)0x13 : (byte)0x12;
                if (transfer[0] == 'W')
                {
                    bus.Write(register, transfer[5] == '5' ? (byte)0x45 : (byte)0x44);
                }
                else
                {
                    bus.Read(register, new byte[2], 0, transfer[5] - '0');
                }
            }
            catch (Exception)
            {
                isThrown = true;
            }

            Assert.IsTrue(isThrown, script + " took " + transfer);
        }
    }
}
