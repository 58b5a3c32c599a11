using System;
using System.Globalization;
using SensorNode.Fakes;
using Xunit;
using Xunit.Abstractions;

namespace SensorNode.Storage.Tests;

/// <summary>More of what tests/Unit/Base does in small.</summary>
public sealed class JournalLongTests(ITestOutputHelper output)
{
    [Fact]
    public void RandomLives_KeepOrderAndMeaning()
    {
        int lives = CountOf("SENSORNODE_JOURNAL_LIVES", 600);
        for (int seed = 1; seed <= lives; seed++)
        {
            try
            {
                JournalLives.Live(seed, 200);
            }
            catch (Exception problem)
            {
                throw new InvalidOperationException($"seed {seed}: {problem.Message}", problem);
            }
        }

        output.WriteLine($"{lives} lives");
    }

    [Fact]
    public void DamagedFiles_GiveValidRecordsOrNone()
    {
        int damages = CountOf("SENSORNODE_JOURNAL_DAMAGES", 20000);
        var random = new SeededRandom(78);
        for (int i = 0; i < damages; i++)
        {
            try
            {
                JournalLives.DamageAndRead(random);
            }
            catch (Exception problem)
            {
                throw new InvalidOperationException($"damage {i}: {problem.Message}", problem);
            }
        }

        output.WriteLine($"{damages} damaged journals");
    }

    private static int CountOf(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : usual;
}
