using System.Reflection;
using System.Runtime.CompilerServices;
using SensorNode.Emulator;

namespace SensorNode.UnitHost.Tests;

/// <summary>One test class of one unit-test assembly, loaded as a node would load it. Setup runs before the first test, Cleanup after the last.</summary>
internal sealed class UnitClass : IDisposable
{
    private readonly FirmwareSandbox _sandbox;
    private readonly Type _type;
    private readonly object? _instance;
    private bool _isSetUp;

    public UnitClass(string assembly, string type)
    {
        Console = new TextConsole();
        _sandbox = UnitAssembly.Open(assembly, Console);
        _type = _sandbox.Context.LoadFirmware(UnitAssembly.Name).GetType(type, true)!;

        // The device calls test methods without an object; here they get one that no constructor has seen.
        _instance = _type.IsAbstract ? null : RuntimeHelpers.GetUninitializedObject(_type);
    }

    public TextConsole Console { get; }

    /// <summary>Runs one test; what it throws comes out.</summary>
    /// <param name="method">Name of the method.</param>
    /// <param name="row">Index of its DataRow, or -1 where it has none.</param>
    public void Run(string method, int row)
    {
        if (!_isSetUp)
        {
            _isSetUp = true;
            RunAll("SetupAttribute");
        }

        MethodInfo test = UnitAssembly.MethodsOf(_type).Single(m => m.Name == method);
        Invoke(test, row < 0 ? [] : UnitAssembly.RowsOf(test)[row]);
    }

    public void Dispose()
    {
        if (_isSetUp)
        {
            RunAll("CleanupAttribute");
        }

        _sandbox.Dispose();
    }

    private void RunAll(string attribute)
    {
        foreach (MethodInfo method in UnitAssembly.MethodsOf(_type).Where(m => UnitAssembly.Has(m, attribute)))
        {
            Invoke(method, []);
        }
    }

    private void Invoke(MethodInfo method, object?[] row)
    {
        ParameterInfo[] parameters = method.GetParameters();
        if (parameters.Length != row.Length)
        {
            throw new InvalidOperationException($"{method.Name} wants {parameters.Length} arguments, its DataRow has {row.Length}.");
        }

        object?[] arguments = row.Select((value, i) => value is IConvertible && value is not string && !parameters[i].ParameterType.IsEnum && parameters[i].ParameterType != typeof(object)
            ? Convert.ChangeType(value, parameters[i].ParameterType) : value).ToArray();
        _sandbox.Run(() => method.Invoke(method.IsStatic ? null : _instance, BindingFlags.DoNotWrapExceptions, null, arguments, null));
    }
}
