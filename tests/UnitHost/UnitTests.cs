using Xunit;
using Xunit.Abstractions;

namespace SensorNode.UnitHost.Tests;

/// <summary>Every test of tests/Unit.</summary>
public sealed class UnitTests(UnitTests.Classes classes, ITestOutputHelper output) : IClassFixture<UnitTests.Classes>
{
    public static TheoryData<string, string, string, int> Tests()
    {
        var tests = new TheoryData<string, string, string, int>();
        foreach ((string project, string type, string method, int row) in UnitAssembly.FindTests())
        {
            tests.Add(project, type, method, row);
        }

        return tests;
    }

    [SkippableTheory]
    [MemberData(nameof(Tests))]
    public void Passes(string project, string type, string method, int row)
    {
        UnitClass unit = classes.Get(project, type);
        int before = unit.Console.Text.Length;
        try
        {
            unit.Run(method, row);
        }
        catch (Exception exception) when (exception.GetType().FullName == "nanoFramework.TestFramework.SkipTestException")
        {
            Skip.If(true, string.IsNullOrEmpty(exception.Message) ? "the test gave no reason" : exception.Message);
        }
        finally
        {
            output.WriteLine(unit.Console.Text[before..]);
        }
    }

    [Fact]
    public void EveryProjectHasTests()
    {
        string[] without = UnitAssembly.List().Except(UnitAssembly.FindTests().Select(t => t.Project)).ToArray();
        Assert.Empty(without);
    }

    /// <summary>The classes in use; they end, with their Cleanup, after the last test.</summary>
    public sealed class Classes : IDisposable
    {
        private readonly Dictionary<(string, string), UnitClass> _classes = [];

        internal UnitClass Get(string project, string type)
        {
            if (!_classes.TryGetValue((project, type), out UnitClass? unit))
            {
                unit = new UnitClass(project, type);
                _classes.Add((project, type), unit);
            }

            return unit;
        }

        public void Dispose()
        {
            foreach (UnitClass unit in _classes.Values)
            {
                unit.Dispose();
            }
        }
    }
}
