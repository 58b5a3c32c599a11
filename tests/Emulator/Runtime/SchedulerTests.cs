using SensorNode.Platform;
using Xunit;

namespace SensorNode.Emulator.Tests;

public sealed class SchedulerTests
{
    private const long Ms = 1_000_000;

    private readonly NodeScheduler _scheduler = new(ClockMode.Virtual);
    private readonly NodeProcess _process;
    private readonly List<string> _log = [];

    public SchedulerTests() => _process = _scheduler.CreateProcess("p");

    [Fact]
    public void BusyThreads_TakeTurnsOfTwentyMilliseconds()
    {
        for (int i = 0; i < 3; i++)
        {
            int number = i;
            Start(() =>
            {
                for (int turn = 0; turn < 4; turn++)
                {
                    Log("t" + number);
                    _scheduler.Charge(_process, 10 * Ms);
                }
            });
        }

        _scheduler.RunUntil(NodeScheduler.Infinite);
        Assert.Equal(["0 t0", "10 t0", "20 t1", "30 t1", "40 t2", "50 t2", "60 t0", "70 t0", "80 t1", "90 t1", "100 t2", "110 t2"], _log);
    }

    [Fact]
    public void Run_StopsAtItsLimit_AlsoInTheMiddleOfABusyThread()
    {
        Start(() =>
        {
            while (true)
            {
                Log("x");
                _scheduler.Charge(_process, 7 * Ms);
            }
        });
        _scheduler.RunUntil(20 * Ms);
        Assert.Equal(["0 x", "7 x", "14 x"], _log);
        Assert.Equal(21 * Ms, _scheduler.NowNs);
        _scheduler.RunUntil(22 * Ms);
        Assert.Equal(4, _log.Count);
        End();
    }

    [Fact]
    public void WhileOneThreadIsExclusive_TheOthersOfItsNodeWait()
    {
        NodeProcess other = _scheduler.CreateProcess("q");
        Start(() =>
        {
            _scheduler.BeginExclusive(_process);
            _scheduler.Sleep(_process, 50 * Ms);
            Log("exclusive");
            _scheduler.EndExclusive(_process);
        });
        Start(() =>
        {
            _scheduler.Sleep(_process, 10 * Ms);
            Log("same node");
        });
        _scheduler.Start(other.CreateThread("t", () =>
        {
            _scheduler.Sleep(other, 20 * Ms);
            Log("other node");
        }));
        _scheduler.RunUntil(NodeScheduler.Infinite);
        Assert.Equal(["20 other node", "50 exclusive", "60 same node"], _log);
    }

    [Fact]
    public void Callbacks_RunInTheOrderOfTimeThenOfAsking()
    {
        _scheduler.Post(5 * Ms, () => Log("b"));
        _scheduler.Post(5 * Ms, () => Log("c"));
        _scheduler.Post(1 * Ms, () => Log("a"));
        _scheduler.Cancel(_scheduler.Post(2 * Ms, () => Log("never")));
        _scheduler.RunUntil(10 * Ms);
        Assert.Equal(["1 a", "5 b", "5 c"], _log);
        Assert.Equal(10 * Ms, _scheduler.NowNs);
    }

    [Fact]
    public void WhatACallbackThrows_ComesOutOfRun_AndThreadsGoOnAfterIt()
    {
        Start(() =>
        {
            _scheduler.Sleep(_process, 20 * Ms);
            Log("thread");
        });
        _scheduler.Post(10 * Ms, () => throw new InvalidDataException("host"));
        Assert.Throws<InvalidDataException>(() => _scheduler.RunUntil(NodeScheduler.Infinite));
        Assert.Empty(_log);
        _scheduler.RunUntil(NodeScheduler.Infinite);
        Assert.Equal(["20 thread"], _log);
    }

    [Fact]
    public void HostThread_MayCallWhatDoesNotWait()
    {
        _scheduler.Charge(_process, 3 * Ms);
        _scheduler.Sleep(_process, 4 * Ms);
        Assert.Equal(7 * Ms, _scheduler.NowNs);
        Assert.Throws<InvalidOperationException>(() => _scheduler.Wait(_process, [new WaitQueue()], Ms));
    }

    [Fact]
    public void ThreadThatKeepsCallingWithoutPower_IsParked()
    {
        Start(() =>
        {
            while (true)
            {
                try
                {
                    _scheduler.Sleep(_process, 10 * Ms);
                }
                catch (NodePoweredOffException)
                {
                    // Host code in place of firmware whose handlers were not prepared.
                }
            }
        });
        _scheduler.RunUntil(25 * Ms);
        End();
        Assert.Equal(1, _process.ParkedThreadCount);
    }

    [Fact]
    public void ScaledClock_LetsEventsFromOutsideIn()
    {
        var scheduler = new NodeScheduler(ClockMode.Scaled, 1);
        NodeProcess process = scheduler.CreateProcess("s");
        var queue = new WaitQueue();
        bool isWoken = false;
        scheduler.Start(process.CreateThread("t", () =>
        {
            // The call is made only once this thread waits: before that it has the baton.
            _ = Task.Delay(50).ContinueWith(_ => scheduler.Post(0, () => scheduler.WakeOne(queue)));
            isWoken = scheduler.Wait(process, [queue], 240_000 * Ms) == queue;
        }));
        process.Ended += _ => scheduler.Pause();
        scheduler.RunUntil(NodeScheduler.Infinite);
        Assert.True(isWoken);
        Assert.InRange(scheduler.NowNs, 0, 200_000 * Ms);
    }

    private void Start(Action body) => _scheduler.Start(_process.CreateThread("t", body));

    private void End()
    {
        _process.PowerOff(EndReason.PoweredOff);
        _scheduler.RunUntil(_scheduler.NowNs);
        Assert.Equal(0, _process.AliveThreadCount);
    }

    private void Log(string text) => _log.Add(_scheduler.NowNs / Ms + " " + text);
}
