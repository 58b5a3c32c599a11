using System.Buffers.Binary;
using SensorNode.Configuration;
using SensorNode.Contracts;
using SensorNode.Fakes;
using SensorNode.Storage;
using Xunit;

namespace SensorNode.Update.Tests;

/// <summary>What becomes of a release that is tried.</summary>
internal enum Fate
{
    Good,
    Crash,
    Hang,
    NoBroker,
    NoWindow,
    PowerLoss,
    NotLoaded
}

/// <summary>A node as far as updates go: Base's own loader, slots and agent on the fake flash, a sender beside it, and an application that does what it is told.</summary>
internal sealed class UpdatingNode(FakeFlash flash)
{
    public const int Platform = 77;

    private readonly BoardStub _system = new();
    private readonly Dictionary<string, byte[]> _sender = [];
    private readonly List<byte[]> _offers = [];
    private RestartReason _reason = RestartReason.PowerOn;

    public FakeFlash Flash => flash;

    public NodeConfiguration Configuration { get; } = new();

    public UpdateSlots Application { get; private set; } = null!;

    public UpdateSlots Model { get; private set; } = null!;

    public UpdateAgent Agent { get; private set; } = null!;

    /// <summary>Payload that runs; null for the factory's.</summary>
    public byte[]? Running { get; private set; }

    /// <summary>Payload of the application that was confirmed last, as far as anybody could see; null for the factory's.</summary>
    public byte[]? Confirmed { get; private set; }

    public long NowMs { get; private set; }

    public int Boots { get; private set; }

    public int Requests { get; private set; }

    /// <summary>Whether the application measures when nothing is on trial.</summary>
    public bool Measures { get; set; } = true;

    public bool IsTimerWake { get; set; }

    public int PlatformNow { get; set; } = Platform;

    /// <summary>Security counter below which nothing is started, as the deployed firmware says.</summary>
    public int CounterFloor { get; set; }

    /// <summary>Changes replies; null suppresses one.</summary>
    public Func<byte[], byte[], byte[]?> Spoil { get; set; } = (_, reply) => reply;

    public BoardStub System => _system;

    /// <summary>Makes a release known to the sender and offers it, now and after each start.</summary>
    public void Offer(byte[] release, Action<byte[]>? change = null)
    {
        byte[] offer = Releases.Offer(release);
        change?.Invoke(offer);
        _sender[Convert.ToHexString(Releases.Id(release))] = release;
        _offers.RemoveAll(o => o[5] == offer[5]);
        _offers.Add(offer);
        Agent?.TakeOffer(offer[5] - 1, true, offer);
    }

    public void ForgetOffers() => _offers.Clear();

    /// <summary>Starts as Boot does, with the reason that was left.</summary>
    public void Boot() => Boot(isWake: false);

    private void Boot(bool isWake)
    {
        Boots++;
        NowMs = 0;
        Application = new UpdateSlots(flash, ReleaseManifest.Application);
        Model = new UpdateSlots(flash, ReleaseManifest.Model);
        RestartReason reason = _reason;
        _reason = RestartReason.PowerOn;
        var key = new MacKey(flash, _system);
        bool mayTry = !isWake && SlotLoader.MayTry(flash, Configuration.Number(ConfigurationKey.UpdateMode));
        Running = new SlotLoader(flash, Application, key, CounterFloor).Begin(reason, IsTimerWake, PlatformNow, mayTry);
        byte[] model = new SlotLoader(flash, Model, key, CounterFloor).Begin(reason, IsTimerWake, 0, mayTry && Application.State.Phase < SlotState.Complete);
        Agent = new UpdateAgent(flash, Application, Model, Configuration, 1L << 48, PlatformNow, _system) { Model = model };
        if (!isWake)
        {
            Agent.NoteConnected(0);
            Hear();
        }
    }

    private void Hear()
    {
        foreach (byte[] offer in _offers)
        {
            Agent.TakeOffer(offer[5] - 1, true, offer);
        }
    }

    /// <summary>Sleeps deeply and goes on, by what the agent kept; the broker sends the offers that it keeps.</summary>
    public void WakeFromDeepSleep(long sleptMs)
    {
        long nowMs = NowMs + sleptMs;
        var kept = new SleepState(flash);
        kept.TryOpen();
        kept.Begin(1, nowMs, RestartReason.PowerOn);
        Agent.Keep(kept);
        Assert.Equal(FileStatus.Ok, kept.Store());

        _reason = RestartReason.Wake;
        IsTimerWake = true;
        Boot(isWake: true);
        IsTimerWake = false;
        var woken = new SleepState(flash);
        Assert.True(woken.TryOpen());
        Agent.Recall(woken);
        NowMs = nowMs;
        Agent.NoteConnected(nowMs);
        Hear();
    }

    /// <summary>Time passes.</summary>
    public void Pass(long milliseconds) => NowMs += milliseconds;

    /// <summary>Lets the present start go on until a restart is due or nothing more happens.</summary>
    /// <param name="fate">Of what is on trial.</param>
    /// <returns>Whether a restart is due.</returns>
    public bool Run(Fate fate = Fate.Good, long limitMs = 1_200_000)
    {
        bool onTrial = Agent.IsOnTrial;
        switch (onTrial ? fate : Fate.Good)
        {
            case Fate.Crash:
                _reason = RestartReason.Fault;
                return true;
            case Fate.PowerLoss:
                return true;
            case Fate.NotLoaded:
                new SlotLoader(flash, Application, new MacKey(flash, _system), CounterFloor).Refuse();
                return true;
        }

        long endMs = NowMs + limitMs;
        while (NowMs < endMs)
        {
            if (!(onTrial && fate == Fate.NoBroker))
            {
                Agent.NoteAcknowledged();
            }

            if (onTrial ? fate != Fate.NoWindow : Measures)
            {
                Agent.NoteWindow();
            }

            if (!(onTrial && fate == Fate.Hang))
            {
                if (Agent.IsRestartDue(NowMs))
                {
                    break;
                }

                Link();
            }

            if (onTrial && NowMs % 5000 == 0)
            {
                Agent.Judge(NowMs);
            }

            if (onTrial && !Agent.IsOnTrial)
            {
                onTrial = false;
                Note();
            }

            NowMs += 500;
            if (Agent.IsRestartOverdue(NowMs))
            {
                break;
            }
        }

        bool isDue = Agent.IsRestartDue(NowMs);
        _reason = isDue ? RestartReason.Update : RestartReason.PowerOn;
        return isDue;
    }

    /// <summary>Offers a release and lets the node do what it will.</summary>
    /// <returns>Whether the release is in force in the end.</returns>
    public bool Update(byte[] release, Fate fate = Fate.Good)
    {
        Offer(release);
        byte[] id = Releases.Id(release);
        UpdateSlots slots = release[40] == 1 ? Application : Model;
        for (int boot = 0; boot < 12; boot++)
        {
            bool wasOnTrial = Agent.IsOnTrial;
            bool restarts = Run(fate);
            slots = release[40] == 1 ? Application : Model;
            if (slots.State.IsIn(slots.State.Current, id) && !restarts)
            {
                return true;
            }

            if (!restarts || (wasOnTrial && fate is Fate.Hang or Fate.NoBroker or Fate.NoWindow))
            {
                ForgetOffers();
                Boot();
                return false;
            }

            Boot();
            if (fate != Fate.Good && slots.State.Phase == SlotState.Nothing && slots.State.Reason >= UpdateReason.Crashed)
            {
                ForgetOffers();
                return false;
            }
        }

        throw new InvalidOperationException("no end of restarts");
    }

    /// <summary>Power comes back.</summary>
    public void PowerOn()
    {
        flash.PowerOn();
        _reason = RestartReason.PowerOn;
        Boot();
    }

    /// <summary>Starts after an end with a reason of the application's.</summary>
    public void BootAfter(RestartReason reason)
    {
        _reason = reason;
        Boot();
    }

    /// <summary>Power comes back, and the next cut is set already.</summary>
    public void PowerOnArmed()
    {
        _reason = RestartReason.PowerOn;
        Boot();
    }

    private void Note()
    {
        SlotState state = Application.State;
        Confirmed = state.Current == SlotState.NoSlot ? null : Running;
    }

    /// <summary>One turn of the link's thread.</summary>
    private void Link()
    {
        byte[] request = Agent.Step(NowMs);
        for (int kind = 0; kind < 2; kind++)
        {
            Agent.TakeState(kind, NowMs);
        }

        if (request == null)
        {
            return;
        }

        Requests++;
        if (!_sender.TryGetValue(Convert.ToHexString(request[8..24]), out byte[]? release))
        {
            return;
        }

        int count = BinaryPrimitives.ReadUInt16LittleEndian(request.AsSpan(6));
        int offset = BinaryPrimitives.ReadInt32LittleEndian(request.AsSpan(24));
        byte[] reply = [.. "SNRP"u8, 1, 0, request[6], request[7], .. request[8..32], .. release[offset..(offset + count)]];
        if (Spoil(request, reply) is { } sent)
        {
            Agent.TakeReply(sent, NowMs);
        }
    }
}

/// <summary>A board that draws from a seed and knows the platform of the releases.</summary>
internal sealed class BoardStub : ISystem
{
    private readonly SeededRandom _random = new(5);

    public string HardwareAddress => "000000000000";

    public bool IsTimerWake => false;

    public long AssemblyVersion(string name) => name == "mscorlib" ? 1L << 48 | 17L << 32 | 11L << 16 : -1;

    public int MeasureFreeHeapBytes() => 0;

    public int Random(int exclusiveMax) => exclusiveMax <= 1 ? 0 : _random.Next(Math.Min(exclusiveMax, 65536));

    public bool LightSleep(int milliseconds) => false;

    public void DeepSleep(int milliseconds) => throw new InvalidOperationException("sleeps");

    public void Reboot() => throw new InvalidOperationException("reboot by force");
}
