using SensorNode.Configuration;
using SensorNode.Contracts;
using SensorNode.Fakes;
using SensorNode.Sparkplug;
using SensorNode.Sparkplug.Tests;
using SensorNode.Storage;

namespace SensorNode.Link.Tests
{
    /// <summary>A recorder that has made a record a minute, with nobody to tell it to.</summary>
    internal sealed class RecordedMinutes
    {
        public readonly FakeClock Clock = new FakeClock();
        public readonly NodeServices Services = new NodeServices();
        public readonly MetricTable Table;
        public readonly Recorder Recorder;

        public RecordedMinutes(FakeFlash flash, long utcAtBootMs, int count)
        {
            Clock.UtcAtBootMs = utcAtBootMs;
            Services.Configuration = new NodeConfiguration();
            Services.Clock = Clock;
            Services.Files = flash;
            Services.ClockFloor = new ClockFloor(flash);
            Table = new MetricTable(new BareCatalog(), Services.Configuration);
            Recorder = new Recorder(Services, Table, new NoSource());
            for (int i = 0; i < count; i++)
            {
                Clock.Sleep(60000);
                Recorder.Take(Clock.TickMs, false);
            }
        }
    }
}
