using SensorNode.KernelGenerator.Emission;
using Xunit;

namespace SensorNode.Dsp.Tests;

public sealed class KernelFilesTests
{
    [Fact]
    public void Kernels_AreWhatTheGeneratorWrites()
    {
        string folder = Path.Combine(Firmware.Root, "firmware/SensorNode.Dsp/Kernels");
        var expected = KernelFiles.All().ToDictionary(f => f.Name, f => f.Text);
        Assert.Equal(expected.Keys.Order(), Directory.GetFiles(folder, "*.cs").Select(f => Path.GetFileName(f)!).Order());
        foreach ((string name, string text) in expected)
            Assert.True(File.ReadAllText(Path.Combine(folder, name)) == text, $"{name} differs: run `dotnet run --project tools/SensorNode.KernelGenerator -- write`.");
    }
}
