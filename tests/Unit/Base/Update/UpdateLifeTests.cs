using System;
using System.Reflection;
using nanoFramework.TestFramework;
using SensorNode.Configuration;
using SensorNode.Contracts;
using SensorNode.Crypto;
using SensorNode.Crypto.Tests;
using SensorNode.Fakes;
using SensorNode.Storage;

namespace SensorNode.Update.Tests
{
    /// <summary>One release on the device's own instructions: offer, pieces, first start, confirmation, later start, the way back. More lives are in tests/Update.</summary>
    [TestClass]
    public class UpdateLifeTests
    {
        private const int Platform = 5;
        private const long FactoryVersion = 0x0001000000000000;

        [TestMethod]
        public static void Release_IsFetchedTriedConfirmedAndKnownAgain()
        {
            FakeFlash flash = Flash();
            UpdateSlots slots = Fetch(flash, SignedRelease.Bytes());
            Assert.AreEqual(SlotState.Complete, slots.State.Phase);
            slots = new UpdateSlots(flash, ReleaseManifest.Application);
            byte[] payload = Loader(flash, slots).Begin(RestartReason.Update, false, Platform, true);
            Assert.AreEqual(300, payload.Length);
            Assert.IsTrue(slots.IsOnTrial);
            Assert.AreEqual(0, slots.State.SecurityCounter);
            UpdateAgent agent = Agent(flash, slots);
            agent.NoteWindow();
            agent.Step(0);
            Assert.IsTrue(slots.IsOnTrial);
            agent.NoteAcknowledged();
            agent.Step(500);
            Assert.IsFalse(slots.IsOnTrial);
            Assert.AreEqual(UpdateReason.Confirmed, slots.State.Reason);
            Assert.AreEqual(3, slots.State.SecurityCounter);

            slots = new UpdateSlots(flash, ReleaseManifest.Application);
            Assert.AreEqual(300, Loader(flash, slots).Begin(RestartReason.PowerOn, false, Platform, true).Length);
            Assert.IsFalse(slots.IsOnTrial);
            flash.Content("app-0")[7] ^= 1;
            slots = new UpdateSlots(flash, ReleaseManifest.Application);
            Assert.IsNull(Loader(flash, slots).Begin(RestartReason.PowerOn, false, Platform, true));
            Assert.AreEqual(UpdateReason.DamagedInForce, slots.State.Reason);
        }

        [TestMethod]
        public static void CrashOnTrial_IsCondemned()
        {
            FakeFlash flash = Flash();
            Fetch(flash, SignedRelease.Bytes());
            UpdateSlots slots = new UpdateSlots(flash, ReleaseManifest.Application);
            Assert.IsNotNull(Loader(flash, slots).Begin(RestartReason.Update, false, Platform, true));
            slots = new UpdateSlots(flash, ReleaseManifest.Application);
            Assert.IsNull(Loader(flash, slots).Begin(RestartReason.Fault, false, Platform, true));
            Assert.AreEqual(UpdateReason.Crashed, slots.State.Reason);
            Assert.IsTrue(slots.State.IsFinal);
        }

        [TestMethod]
        public static void ChangedSignature_IsRefusedBeforeAnythingIsWritten()
        {
            FakeFlash flash = Flash();
            byte[] release = SignedRelease.Bytes();
            release[SignedRelease.HeadBytes - 100] ^= 1;
            int operations = flash.OperationCount;
            UpdateSlots slots = Fetch(flash, release);
            Assert.AreEqual(SlotState.Nothing, slots.State.Phase);
            Assert.AreEqual(operations, flash.OperationCount);
        }

        /// <summary>Lines begin with COUNT: on a runtime that shows executed instructions as UtcNow they are the cost, elsewhere time.</summary>
        [TestMethod]
        public static void Costs_ArePrinted()
        {
            FakeFlash flash = Flash();
            byte[] release = SignedRelease.Bytes();
            ReleaseManifest manifest = new ReleaseManifest();
            ReleaseParser.TryParse(release, 0, SignedRelease.HeadBytes, manifest, out ReleaseError _);
            long begin = DateTime.UtcNow.Ticks;
            int reason = TrustedKeys.Verify(flash, release, SignedRelease.HeadBytes, manifest, out int _);
            Console.WriteLine("COUNT lms.verify " + (DateTime.UtcNow.Ticks - begin).ToString());
            Assert.AreEqual(UpdateReason.None, reason);
            byte[] payload = new byte[4096];
            byte[] code = new byte[32];
            begin = DateTime.UtcNow.Ticks;
            HmacSha256 mac = new HmacSha256(code);
            mac.Update(payload, 0, payload.Length);
            mac.Finish(code, 0);
            Console.WriteLine("COUNT hmac.4096.bytes " + (DateTime.UtcNow.Ticks - begin).ToString());
        }

        /// <summary>What the loader builds on: bytes become an assembly that is entered by reflection, and a flipped bit is refused.</summary>
        [TestMethod]
        public static void AssemblyFromBytes_IsEntered()
        {
            if (typeof(object).Assembly.GetName().Name != "mscorlib")
            {
                Assert.SkipTest("this runtime takes other images than the device's .pe");
            }

            byte[] image = Rfc8554.Bytes(SignedRelease.Assembly);
            byte[] damaged = (byte[])image.Clone();
            damaged[200] ^= 1;
            Assert.ThrowsException(typeof(ArgumentException), () => System.Reflection.Assembly.Load(damaged));
            Type type = System.Reflection.Assembly.Load(image).GetType("Loaded.Entry");
            Assert.AreEqual("from bytes", type.GetConstructor(new Type[0]).Invoke(new object[0]).ToString());
            Assert.AreEqual(17, System.Reflection.Assembly.Load("mscorlib").GetName().Version.Minor);
        }

        private static FakeFlash Flash()
        {
            FakeFlash flash = new FakeFlash(64);
            flash.Plant(TrustedKeys.FileName, Rfc8554.Ascii(SignedRelease.Key + "\n"));
            return flash;
        }

        private static SlotLoader Loader(FakeFlash flash, UpdateSlots slots)
        {
            return new SlotLoader(flash, slots, new MacKey(flash, new Board()), 0);
        }

        private static UpdateAgent Agent(FakeFlash flash, UpdateSlots slots)
        {
            return new UpdateAgent(flash, slots, new UpdateSlots(flash, ReleaseManifest.Model), new NodeConfiguration(), FactoryVersion, Platform, new Board());
        }

        /// <summary>Offers a release and answers requests for ten minutes.</summary>
        private static UpdateSlots Fetch(FakeFlash flash, byte[] release)
        {
            UpdateSlots slots = new UpdateSlots(flash, ReleaseManifest.Application);
            UpdateAgent agent = Agent(flash, slots);
            byte[] offer = new byte[UpdateMessages.OfferBytes];
            Array.Copy(Rfc8554.Ascii("SNOF"), 0, offer, 0, 4);
            offer[4] = 1;
            offer[5] = 1;
            offer[6] = 1;
            Array.Copy(Sha256.Hash(release, 0, release[6] | release[7] << 8), 0, offer, 8, 16);
            ByteOrder.PutInt32(offer, 24, SignedRelease.TotalBytes);
            ByteOrder.PutInt16(offer, 28, SignedRelease.HeadBytes);
            Array.Copy(release, 44, offer, 32, 12);
            agent.NoteConnected(0);
            agent.TakeOffer(0, true, offer);
            for (int nowMs = 0; nowMs < 600000; nowMs += 500)
            {
                byte[] request = agent.Step(nowMs);
                if (request != null)
                {
                    int count = ByteOrder.GetInt16(request, 6);
                    byte[] reply = new byte[32 + count];
                    Array.Copy(request, 0, reply, 0, 32);
                    reply[3] = (byte)'P';
                    reply[5] = 0;
                    Array.Copy(release, ByteOrder.GetInt32(request, 24), reply, 32, count);
                    agent.TakeReply(reply, nowMs);
                }
            }

            return slots;
        }

        private sealed class Board : ISystem
        {
            public string HardwareAddress
            {
                get { return "000000000000"; }
            }

            public bool IsTimerWake
            {
                get { return false; }
            }

            public int MeasureFreeHeapBytes()
            {
                return 0;
            }

            public int Random(int exclusiveMax)
            {
                return 0;
            }

            public long AssemblyVersion(string name)
            {
                return 0x00010011000B0000;
            }

            public bool LightSleep(int milliseconds)
            {
                return false;
            }

            public void DeepSleep(int milliseconds)
            {
            }

            public void Reboot()
            {
            }
        }
    }
}
