using System;
using nanoFramework.TestFramework;
using SensorNode.Contracts;
using SensorNode.Fakes;
using SensorNode.Storage;

namespace SensorNode.Storage.Tests
{
    [TestClass]
    public class SleepStateTests
    {
        [TestMethod]
        public static void WhatWasPut_ComesBackInOrder()
        {
            FakeFlash flash = new FakeFlash(4);
            SleepState state = new SleepState(flash);
            Assert.IsFalse(state.TryOpen());
            state.Begin(-5, 0x123456789AL, RestartReason.Configuration);
            state.Put(int.MinValue);
            state.PutShort(-2);
            state.PutLong(long.MaxValue);
            state.PutShort(12287);
            Assert.AreEqual((int)FileStatus.Ok, (int)state.Store());

            SleepState stored = new SleepState(flash);
            Assert.IsTrue(stored.TryOpen());
            Assert.IsTrue(stored.IsOf(-5));
            Assert.IsFalse(stored.IsOf(5));
            Assert.AreEqual(0x123456789AL, stored.WakeTickMs);
            Assert.AreEqual((int)RestartReason.Configuration, (int)stored.RestartReason);
            Assert.AreEqual(int.MinValue, stored.Take());
            Assert.AreEqual(-2, stored.TakeShort());
            Assert.AreEqual(long.MaxValue, stored.TakeLong());
            Assert.AreEqual(12287, stored.TakeShort());
            Assert.AreEqual(0, stored.Take());
        }

        [TestMethod]
        public static void MoreThanThereIsRoomFor_IsAMistakeOfOurs()
        {
            SleepState state = new SleepState(new FakeFlash(4));
            state.Begin(1, 0, RestartReason.PowerOn);
            Assert.ThrowsException(typeof(IndexOutOfRangeException), () =>
            {
                for (int i = 0; i < 200; i++)
                {
                    state.Put(i);
                }
            });
        }

        [TestMethod]
        public static void CutAtEveryOperation_LeavesTheOldOrTheNewOrNone()
        {
            for (int cutAt = 1; cutAt <= 6; cutAt++)
            {
                for (int tear = 0; tear <= (int)FlashTear.Complete; tear++)
                {
                    FakeFlash flash = new FakeFlash(4);
                    Write(flash, 1);
                    flash.CutAt = flash.OperationCount + cutAt;
                    flash.Tear = (FlashTear)tear;
                    try
                    {
                        Write(flash, 2);
                    }
                    catch (PowerCutException)
                    {
                    }

                    flash.PowerOn();
                    SleepState stored = new SleepState(flash);
                    if (stored.TryOpen())
                    {
                        int number = stored.Take();
                        Assert.IsTrue(number == 1 || number == 2);
                        Assert.AreEqual(number, (int)stored.WakeTickMs);
                    }

                    Write(flash, 3);
                    Assert.IsTrue(stored.TryOpen());
                    Assert.AreEqual(3, stored.Take());
                }
            }
        }

        private static void Write(FakeFlash flash, int number)
        {
            SleepState state = new SleepState(flash);
            state.TryOpen();
            state.Begin(1, number, RestartReason.PowerOn);
            state.Put(number);
            state.Store();
        }
    }
}
