using System;
using nanoFramework.TestFramework;
using SensorNode.Contracts;
using SensorNode.Fakes;

namespace SensorNode.Fakes.Tests
{
    [TestClass]
    public class FakeFlashTests
    {
        private static readonly byte[] s_bytes = { 1, 2, 3, 4, 5, 6, 7, 8 };

        [TestMethod]
        public static void Files_KeepWhatWasWrittenAndAppended()
        {
            FakeFlash flash = new FakeFlash(4);
            Assert.AreEqual(-1, flash.Length("a"));
            Assert.AreEqual((int)FileStatus.Ok, (int)flash.Append("a", s_bytes, 2, 3));
            Assert.AreEqual((int)FileStatus.Ok, (int)flash.Append("a", s_bytes, 0, 1));
            AssertContent(flash, "a", 3, 4, 5, 1);
            Assert.AreEqual((int)FileStatus.Ok, (int)flash.Write("a", s_bytes, 7, 1));
            AssertContent(flash, "a", 8);
            Assert.AreEqual(1, flash.List().Length);
            Assert.AreEqual((int)FileStatus.Ok, (int)flash.Delete("a"));
            Assert.AreEqual((int)FileStatus.Ok, (int)flash.Delete("a"));
            Assert.AreEqual(-1, flash.Length("a"));
        }

        [TestMethod]
        public static void Read_StopsAtTheEnd()
        {
            FakeFlash flash = new FakeFlash(4);
            flash.Write("a", s_bytes, 0, 8);
            byte[] buffer = new byte[8];
            Assert.AreEqual((int)FileStatus.Ok, (int)flash.Read("a", 6, buffer, 1, 5, out int read));
            Assert.AreEqual(2, read);
            Assert.AreEqual(7, (int)buffer[1]);
            Assert.AreEqual(0, (int)buffer[3]);
            Assert.AreEqual((int)FileStatus.Ok, (int)flash.Read("a", 9, buffer, 0, 5, out read));
            Assert.AreEqual(0, read);
            Assert.AreEqual((int)FileStatus.NotFound, (int)flash.Read("b", 0, buffer, 0, 5, out read));
        }

        [TestMethod]
        public static void Move_NeedsAFreeName()
        {
            FakeFlash flash = new FakeFlash(4);
            flash.Write("a", s_bytes, 0, 1);
            flash.Write("b", s_bytes, 1, 1);
            Assert.AreEqual((int)FileStatus.Failed, (int)flash.Move("a", "b"));
            Assert.AreEqual((int)FileStatus.NotFound, (int)flash.Move("c", "d"));
            Assert.AreEqual((int)FileStatus.Ok, (int)flash.Move("a", "c"));
            AssertContent(flash, "c", 1);
            AssertContent(flash, "b", 2);
        }

        [TestMethod]
        public static void Operations_AreCounted()
        {
            FakeFlash flash = new FakeFlash(8);
            flash.Write("a", s_bytes, 0, 1);
            Assert.AreEqual(3, flash.OperationCount);
            flash.Append("a", s_bytes, 0, 1);
            Assert.AreEqual(5, flash.OperationCount);
            flash.Append("b", s_bytes, 0, 1);
            Assert.AreEqual(8, flash.OperationCount);
            flash.Move("b", "c");
            flash.Delete("c");
            Assert.AreEqual(10, flash.OperationCount);
            flash.Length("a");
            flash.Read("a", 0, new byte[1], 0, 1, out int _);
            flash.List();
            Assert.AreEqual(10, flash.OperationCount);
        }

        [TestMethod]
        public static void CutInEachOperationOfAnAppend_LeavesWhatTheTearSays()
        {
            for (int operation = 1; operation <= 2; operation++)
            {
                AssertContent(CutAppend(operation, FlashTear.Old), "a", 1, 2);
                AssertContent(CutAppend(operation, FlashTear.Empty), "a", 1, 2);
                AssertContent(CutAppend(operation, FlashTear.Prefix), "a", 1, 2, 3, 4, 5);
                AssertContent(CutAppend(operation, FlashTear.Garbage), "a", 1, 2, 3 ^ 0x5A, 4 ^ 0x5A, 5 ^ 0x5A);
                AssertContent(CutAppend(operation, FlashTear.Complete), "a", 1, 2, 3, 4, 5, 6);
            }
        }

        [TestMethod]
        public static void CutInDeleteAndMove_LeavesOneOrTheOther()
        {
            for (int tear = 0; tear <= (int)FlashTear.Complete; tear++)
            {
                FakeFlash flash = new FakeFlash(4);
                flash.Write("a", s_bytes, 0, 1);
                flash.Tear = (FlashTear)tear;
                flash.CutAt = 4;
                AssertCut(delegate { flash.Move("a", "b"); });
                flash.PowerOn();
                bool isMoved = tear == (int)FlashTear.Complete;
                Assert.AreEqual(isMoved, flash.Length("b") == 1);
                Assert.AreEqual(!isMoved, flash.Length("a") == 1);
                flash.CutAt = 5;
                AssertCut(delegate { flash.Delete(isMoved ? "b" : "a"); });
                flash.PowerOn();
                Assert.AreEqual(isMoved ? 0 : 1, flash.FileCount);
            }
        }

        [TestMethod]
        public static void WithoutPower_EveryCallThrows()
        {
            FakeFlash flash = new FakeFlash(4);
            flash.CutAt = 1;
            AssertCut(delegate { flash.Write("a", s_bytes, 0, 1); });
            AssertCut(delegate { flash.Length("a"); });
            AssertCut(delegate { flash.List(); });
            AssertCut(delegate { flash.Delete("a"); });
            AssertCut(delegate { flash.Read("a", 0, new byte[1], 0, 1, out int _); });
            flash.PowerOn();
            Assert.AreEqual(-1, flash.Length("a"));
        }

        [TestMethod]
        public static void Failure_ReturnsFailedAndPowerStays()
        {
            FakeFlash flash = new FakeFlash(4);
            flash.FailAt = 2;
            flash.Tear = FlashTear.Prefix;
            flash.TearBytes = 3;
            Assert.AreEqual((int)FileStatus.Failed, (int)flash.Write("a", s_bytes, 0, 8));
            AssertContent(flash, "a", 1, 2, 3);
            Assert.AreEqual((int)FileStatus.Ok, (int)flash.Write("a", s_bytes, 0, 1));
        }

        [TestMethod]
        public static void Capacity_CountsWholeBlocksAndTheCopy()
        {
            FakeFlash flash = new FakeFlash(3);
            byte[] block = new byte[4097];
            Assert.AreEqual((int)FileStatus.Ok, (int)flash.Write("a", block, 0, 4096));
            Assert.AreEqual(1, flash.UsedBlocks);

            // A whole block stays where it is; the second needs one of the two free ones, then its copy the other.
            Assert.AreEqual((int)FileStatus.Ok, (int)flash.Append("a", block, 0, 1));
            Assert.AreEqual(2, flash.UsedBlocks);
            Assert.AreEqual((int)FileStatus.Ok, (int)flash.Append("a", block, 0, 1));
            Assert.AreEqual(3, flash.UsedBlocksMax);
            Assert.AreEqual((int)FileStatus.Full, (int)flash.Write("a", block, 0, 4097));
            Assert.AreEqual(4098, flash.Length("a"));
            Assert.AreEqual(3, flash.DataErases);
        }

        [TestMethod]
        public static void MistakesOfTheCaller_Throw()
        {
            FakeFlash flash = new FakeFlash(3);
            string[] names = { "", "A", "a/b", "a b", "12345678901234567890123456789012" };
            for (int i = 0; i < names.Length; i++)
            {
                Assert.ThrowsException(typeof(ArgumentException), delegate { flash.Length(names[i]); });
            }

            Assert.ThrowsException(typeof(ArgumentException), delegate { flash.Write("a", s_bytes, 4, 5); });
            Assert.ThrowsException(typeof(ArgumentException), delegate { flash.Read("a", -1, new byte[1], 0, 1, out int _); });
        }

        [TestMethod]
        public static void SeededRandom_GivesTheSameNumbersEverywhere()
        {
            SeededRandom random = new SeededRandom(1);
            string numbers = "";
            for (int i = 0; i < 5; i++)
            {
                numbers += random.Next(1000).ToString() + " ";
            }

            // Three steps of xorshift32 from state 1 give 270369, 67634689, 2647435461; the first two are thrown away.
            Assert.AreEqual(((2647435461u >> 8) % 1000).ToString() + " ", numbers.Substring(0, numbers.IndexOf(' ') + 1));
        }

        private static FakeFlash CutAppend(int operation, FlashTear tear)
        {
            FakeFlash flash = new FakeFlash(4);
            flash.Write("a", s_bytes, 0, 2);
            flash.Tear = tear;
            flash.TearBytes = 3;
            flash.CutAt = 3 + operation;
            AssertCut(delegate { flash.Append("a", s_bytes, 2, 4); });
            flash.PowerOn();
            return flash;
        }

        private static void AssertCut(Action action)
        {
            Assert.ThrowsException(typeof(PowerCutException), action);
        }

        private static void AssertContent(FakeFlash flash, string name, params int[] expected)
        {
            byte[] content = flash.Content(name);
            Assert.AreEqual(expected.Length, content.Length);
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.AreEqual(expected[i], (int)content[i]);
            }
        }
    }
}
