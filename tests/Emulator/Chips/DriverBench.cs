using System.Reflection;
using SensorNode.Emulator.Chips;
using SensorNode.Platform;

namespace SensorNode.Emulator.Tests.Chips;

/// <summary>A driver of the device's world on the board's I2C adapter, stand-ins and bus, with a chip model at the far end.</summary>
/// <remarks>Everything a driver does happens inside <see cref="Run"/>: there its waits pass on the virtual clock.</remarks>
internal sealed class DriverBench : IDisposable
{
    public const int Ok = 0;
    public const int BusFault = 1;
    public const int Overrun = 2;
    public const int WrongChip = 3;
    public const int InvalidSetting = 4;
    public const int NotSupported = 5;

    private readonly FirmwareSandbox _sandbox;
    private readonly string _driver;
    private readonly int _address;
    private readonly int _clockHz;
    private object _instance = null!;
    private object _clock = null!;

    /// <param name="driver">Lsm6dso, Adxl345, or Bme280 for the adapter on the package.</param>
    /// <param name="address">7-bit address.</param>
    /// <param name="chip">The model.</param>
    /// <param name="clockHz">Speed of the bus.</param>
    public DriverBench(string driver, int address, IEmulatedI2cDevice chip, int clockHz = 400_000)
    {
        _driver = driver;
        _address = address;
        _clockHz = clockHz;
        Chip = chip;
        Bus = new EmulatedI2cBus();
        Bus.Attach(address, chip);
        Bus.PowerOn(0);
        _sandbox = new FirmwareSandbox(buses: new Dictionary<int, EmulatedI2cBus> { [1] = Bus });
        Run(() =>
        {
            MakeDriver();
            Sleep(30);
        });
    }

    public IEmulatedI2cDevice Chip { get; }

    public EmulatedI2cBus Bus { get; }

    public I2cFaultPlan? Faults
    {
        set => Bus.Faults = value;
    }

    public short[] X { get; } = new short[2048];

    public short[] Y { get; } = new short[2048];

    public short[] Z { get; } = new short[2048];

    public long NowNs => _sandbox.World.Scheduler.NowNs;

    public int OutputRateMilliHz => (int)Property("OutputRateMilliHz");

    public int NanoGPerCount => (int)Property("NanoGPerCount");

    public void Run(Action body) => _sandbox.Run(body, TimeSpan.FromDays(1));

    public void Sleep(int milliseconds) => Call(_clock, "Sleep", milliseconds);

    public int Configure(int rangeG, int rateHz) => (int)Call(_instance, "Configure", rangeG, rateHz)!;

    public int Start() => (int)Call(_instance, "Start")!;

    public int Stop() => (int)Call(_instance, "Stop")!;

    public int Drain(out int count, int capacity = 2048)
    {
        object?[] arguments = [X, Y, Z, 0, capacity, 0];
        int status = (int)Method(_instance, "DrainFifo").Invoke(_instance, arguments)!;
        count = (int)arguments[5]!;
        return status;
    }

    public int ReadTemperature(out int centiC)
    {
        object?[] arguments = [0];
        int status = (int)Method(_instance, _driver is "Bme280" or "Bmp280" ? "Read" : "ReadDieTemperature").Invoke(_instance, arguments)!;
        centiC = (int)arguments[0]!;
        return status;
    }

    /// <summary>The part's self-test.</summary>
    public int SelfTest(int[] changeMilliG) => (int)Call(_instance, "SelfTest", changeMilliG)!;

    public void Dispose() => _sandbox.Dispose();

    private static MethodInfo Method(object target, string name) => target.GetType().GetMethod(name)!;

    private static object? Call(object target, string name, params object[] arguments) => Method(target, name).Invoke(target, arguments);

    private object Property(string name) => _instance.GetType().GetProperty(name)!.GetValue(_instance)!;

    private void MakeDriver()
    {
        Assembly adapters = _sandbox.Context.LoadFirmware("SensorNode.Esp32");
        _clock = Activator.CreateInstance(adapters.GetType("SensorNode.Esp32.DeviceClock", true)!)!;
        object bus = Activator.CreateInstance(adapters.GetType("SensorNode.Esp32.I2cBus", true)!, 1, 21, 22, _clockHz)!;
        if (_driver is "Bme280" or "Bmp280")
        {
            _instance = Call(bus, "OpenTemperature", _driver == "Bmp280")!;
            return;
        }

        object registers = Call(bus, "OpenRegisters", _address, _address, (byte)0, (byte)0)!;
        Type type = _sandbox.Context.LoadFirmware("SensorNode.Drivers." + _driver).GetType("SensorNode.Drivers." + _driver, true)!;
        _instance = Activator.CreateInstance(type, registers, _clock)!;
    }
}
