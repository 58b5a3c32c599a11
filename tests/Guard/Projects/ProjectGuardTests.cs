using SensorNode.DeviceApi.Projects;
using SensorNode.Guards;
using SensorNode.Guards.Projects;

namespace SensorNode.Guard.Tests.Projects;

/// <summary>The project files for the board agree with what the host builds; planted disagreements are found.</summary>
public sealed class ProjectGuardTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ProjectFilesOfThisRepository_Agree() =>
        NoFindings.In(new ProjectGuard(Repository.Layout, Repository.Catalog).Check());

    [Fact]
    public void SolutionOfThisRepository_HoldsEveryProjectAndBuildsItInItsConfigurations() =>
        NoFindings.In(new SolutionGuard(Repository.Layout).Check());

    [Fact]
    public void GeneratedFilesOfThisRepository_AreUpToDate()
    {
        IReadOnlyList<string> differing = ProjectFiles.Update(Repository.Layout.Root, Repository.Layout.PathOf("tools/SensorNode.DeviceApi/api"), check: true);

        Assert.True(differing.Count == 0, "run: dotnet run --project tools/SensorNode.DeviceApi -- nfproj; it would change " + string.Join(", ", differing));
    }

    [Fact]
    public void GeneratedFiles_HaveNoFindings()
    {
        PlantRepository();

        NoFindings.In(Check());
    }

    [Theory]
    [InlineData("firmware/SensorNode.Base/SensorNode.Base.nfproj", "<Compile Include=\"Clock.cs\" />", "", "firmware/SensorNode.Base/Clock.cs: is compiled on the host, but not for the board")]
    [InlineData("firmware/SensorNode.Base/SensorNode.Base.nfproj", "Clock.cs", "Gone.cs", "does not exist")]
    [InlineData("firmware/SensorNode.Base/SensorNode.Base.nfproj", "1.17.11", "1.17.10", "nanoFramework.CoreLibrary 1.17.11 is pinned")]
    [InlineData("firmware/SensorNode.Base/SensorNode.Base.nfproj", "lib\\mscorlib.dll", "mscorlib.dll", "its HintPath")]
    [InlineData("firmware/SensorNode.Base/packages.config", "1.17.11", "1.17.10", "but not in packages.config")]
    [InlineData("firmware/SensorNode.Base/packages.config", "netnano1.0", "net48", "targetFramework must be netnano1.0")]
    [InlineData("firmware/SensorNode.Base/SensorNode.Base.nfproj", "11A8DD76", "21A8DD76", "ProjectTypeGuids: must be")]
    [InlineData("firmware/SensorNode.Base/SensorNode.Base.nfproj", "<TargetFrameworkVersion>v1.0", "<TargetFrameworkVersion>v4.8", "TargetFrameworkVersion: must be 'v1.0'")]
    [InlineData("firmware/SensorNode.Base/SensorNode.Base.nfproj", "Condition=\"Exists('$(NanoFrameworkProjectSystemPath)NFProjectSystem.props')\"", "", "must be imported under the condition")]
    [InlineData("firmware/SensorNode.Base/SensorNode.Base.nfproj", "NFProjectSystem.CSharp.targets", "Other.targets", "Import: expected in this order")]
    [InlineData("firmware/SensorNode.Esp32/SensorNode.Esp32.nfproj", "nanoFramework.Runtime.Events\">", "nanoFramework.Other\">", "nanoFramework.Runtime.Events: is needed by System.Net")]
    [InlineData("firmware/SensorNode.Boot/SensorNode.Boot.nfproj", "<OutputType>Exe", "<OutputType>Library", "it must be an Exe")]
    [InlineData("firmware/SensorNode.Boot/SensorNode.Boot.nfproj", "<Reference Include=\"System.Net\">", "<Reference Include=\"System.Math\">", "System.Net: is referenced by SensorNode.Esp32.Device: it would not be deployed")]
    [InlineData("firmware/SensorNode.Boot/SensorNode.Boot.nfproj", "SensorNode.Base.nfproj", "Other.nfproj", "SensorNode.Base.nfproj: is referenced by the csproj, but not here")]
    [InlineData("firmware/SensorNode.Base/SensorNode.Base.nfproj", "<ProjectGuid>{", "<ProjectGuid>{0", "its ProjectGuid is not the one referenced")]
    [InlineData("tests/Unit/Base/SensorNode.Base.UnitTests.nfproj", "TestContainer", "Other", "a unit test project needs TestContainer")]
    [InlineData("tests/Unit/Base/SensorNode.Base.UnitTests.nfproj", "<AssemblyName>NFUnitTest", "<AssemblyName>Tests", "AssemblyName: must be 'NFUnitTest'")]
    [InlineData("tests/Unit/Base/SensorNode.Base.UnitTests.nfproj", "\"nanoFramework.UnitTestLauncher\"", "\"mscorlib\"", "references the launcher of the TestFramework package")]
    [InlineData("firmware/SensorNode.Base/SensorNode.Base.csproj", "\"mscorlib\"", "\"System.Net\"", "System.Net: a device library that SensorNode.Base may not reference")]
    [InlineData("firmware/SensorNode.Esp32/SensorNode.Esp32.csproj", "SensorNode.Base/SensorNode.Base", "SensorNode.Boot/SensorNode.Boot", "SensorNode.Boot: a project that SensorNode.Esp32 may not know")]
    [InlineData("firmware/SensorNode.Base/SensorNode.Base.csproj", "<DeviceReference Include=\"mscorlib\" />", "<PackageReference Include=\"Mono.Cecil\" />", "a package of the host")]
    [InlineData("SensorNode.sln", ".Device|Any CPU.Deploy.0 = Release|Any CPU", "", "Deploy.0 = Release|Any CPU' is missing")]
    [InlineData("SensorNode.sln", "Debug|Any CPU = Debug|Any CPU", "Debug|x86 = Debug|x86", "Debug: this solution configuration is missing")]
    [InlineData("SensorNode.sln", "\"SensorNode.Base.Device\"", "\"SensorNode.Base\"", "names two projects")]
    [InlineData("SensorNode.sln", "firmware\\SensorNode.Base\\SensorNode.Base.nfproj", "firmware\\Gone.nfproj", "firmware/SensorNode.Base/SensorNode.Base.nfproj: is not in the solution")]
    [InlineData("SensorNode.sln", "\"firmware\"", "\"elsewhere\"", "must be in the solution folder 'firmware', but is in 'elsewhere'")]
    public void PlantedDisagreement_IsFound(string file, string old, string replacement, string reason)
    {
        PlantRepository();
        string path = _folder.File(file);
        string text = File.ReadAllText(path);
        Assert.Contains(old, text);
        File.WriteAllText(path, text.Replace(old, replacement));

        Assert.Contains(Check(), f => f.ToString().Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void DeviceEntryThatTheDotnetToolWouldBuild_IsFound()
    {
        PlantRepository();
        string path = _folder.File("SensorNode.sln");
        string id = DeviceProject.IdOf("SensorNode.Base.Device");
        File.WriteAllText(path, File.ReadAllText(path).Replace($"\t\t{id}.Debug|Any CPU.ActiveCfg", $"\t\t{id}.Debug|Any CPU.Build.0 = Debug|Any CPU\n\t\t{id}.Debug|Any CPU.ActiveCfg"));

        Assert.Contains(Check(), f => f.What.EndsWith("SensorNode.Base.nfproj", StringComparison.Ordinal) && f.Reason.StartsWith("must not have the line", StringComparison.Ordinal));
    }

    [Fact]
    public void NewSourceFileOrProject_IsFoundUntilTheFilesAreWrittenAgain()
    {
        PlantRepository();
        _folder.Write("firmware/SensorNode.Base/More/Added.cs", "");
        _folder.Write("drivers/New/SensorNode.Drivers.New.csproj", Csproj("", ["mscorlib"]));

        IReadOnlyList<Finding> before = Check();
        ProjectFiles.Update(_folder.Path, _folder.File("tools/SensorNode.DeviceApi/api"), check: false);

        Assert.Contains(before, f => f.What == "firmware/SensorNode.Base/More/Added.cs");
        Assert.Contains(before, f => f.What == "SensorNode.Drivers.New.nfproj");
        NoFindings.In(Check());
    }

    [Fact]
    public void ProjectWithoutBoundary_IsFound()
    {
        PlantRepository();
        _folder.Write("firmware/SensorNode.Other/SensorNode.Other.csproj", Csproj("", ["mscorlib"]));

        Assert.Contains(Check(), f => f.Reason.StartsWith("nobody has said what this project may reference", StringComparison.Ordinal));
    }

    private static string Csproj(string properties, string[] libraries, params string[] projects) =>
        $"<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><RootNamespace>SensorNode</RootNamespace>{properties}</PropertyGroup><ItemGroup>"
        + string.Concat(libraries.Select(l => $"<DeviceReference Include=\"{l}\" />")) + string.Concat(projects.Select(p => $"<ProjectReference Include=\"{p}\" />"))
        + "</ItemGroup></Project>";

    private List<Finding> Check()
    {
        var layout = new RepositoryLayout(_folder.Path);
        return [.. new ProjectGuard(layout, Repository.Catalog).Check(), .. new SolutionGuard(layout).Check()];
    }

    /// <summary>A small repository with one project of each kind, whose generated files are right.</summary>
    private void PlantRepository()
    {
        foreach (string list in Directory.GetFiles(Repository.Layout.PathOf("tools/SensorNode.DeviceApi/api")))
        {
            _folder.Write("tools/SensorNode.DeviceApi/api/" + Path.GetFileName(list), File.ReadAllText(list));
        }

        _folder.Write("firmware/SensorNode.Base/Clock.cs", "");
        _folder.Write("firmware/SensorNode.Base/SensorNode.Base.csproj", Csproj("", ["mscorlib"]));
        _folder.Write("firmware/SensorNode.Esp32/SensorNode.Esp32.csproj", Csproj("", ["mscorlib", "System.Net"], "../SensorNode.Base/SensorNode.Base.csproj"));
        _folder.Write(
            "firmware/SensorNode.Boot/SensorNode.Boot.csproj",
            Csproj("<OutputType>Exe</OutputType>", ["mscorlib"], "../SensorNode.Base/SensorNode.Base.csproj", "../SensorNode.Esp32/SensorNode.Esp32.csproj"));
        _folder.Write(
            "tests/Unit/Base/SensorNode.Base.UnitTests.csproj",
            Csproj("<AssemblyName>NFUnitTest</AssemblyName>", ["mscorlib", "nanoFramework.TestFramework"], "../../../firmware/SensorNode.Base/SensorNode.Base.csproj"));
        ProjectFiles.Update(_folder.Path, _folder.File("tools/SensorNode.DeviceApi/api"), check: false);
    }
}
