using System.Globalization;
using Xunit;

namespace SensorNode.Tool.Tests;

public class ReplayCommandTests
{
    private const string PlanHeader = "action,file,from,to";

    [Fact]
    public async Task FaultyRecording_IsAlarmed_HealthyIsNot_AndTheBytesRepeat()
    {
        using RecordingFolder data = new RecordingFolder().Add("h.bin", 128 * 400).Add("f.bin", 128 * 50, 60, 0, 2, "faulty");
        string plan = data.WritePlan(PlanHeader, "learn,h.bin,0,0.8", "score,h.bin,0.8,1", "score,f.bin,0,1");
        string[] arguments = ["replay", "--data", data.Folder, "--plan", plan, "--window", "128"];
        (int code, string first, string error) = await ToolRun.RunAsync(arguments);
        Assert.True(code == 0, error);
        Assert.Equal("", error);
        (_, string second, _) = await ToolRun.RunAsync(arguments);
        Assert.Equal(first, second);
        string[] lines = first.TrimEnd('\n').Split('\n');
        Assert.Equal("file,decision,start_frame,running,state,score,alarm", lines[0]);
        Assert.Equal(1 + 80 + 50, lines.Length);
        Assert.DoesNotContain('\r', first);
        string[][] healthy = [.. lines.Where(l => l.StartsWith("h.bin", StringComparison.Ordinal)).Select(l => l.Split(','))];
        string[][] faulty = [.. lines.Where(l => l.StartsWith("f.bin", StringComparison.Ordinal)).Select(l => l.Split(','))];
        Assert.Equal(["h.bin", "0", (128 * 320).ToString(CultureInfo.InvariantCulture)], healthy[0][..3]);
        Assert.All(healthy, f => Assert.Equal("none", f[6]));
        Assert.Equal("alarm", faulty[^1][6]);
        Assert.All(healthy.Concat(faulty), f => Assert.Equal("1", f[3]));
        Assert.True(faulty.Min(Score) > healthy.Max(Score));
    }

    [Fact]
    public async Task Segments_AreNeverCrossed_AndShortGroupsAreDropped()
    {
        // 10 segments of 500 frames: windows at 0, 100, 200, 300 of each; groups of three, so one decision a segment.
        using RecordingFolder data = new RecordingFolder().Add("h.bin", 5000, 0, 500);
        string plan = data.WritePlan(PlanHeader, "learn,h.bin,0,0.5", "score,h.bin,0.5,0.79");
        (int code, string output, string error) = await ToolRun.RunAsync(
            "replay", "--data", data.Folder, "--plan", plan, "--window", "128", "--hop", "100", "--average", "3", "--channels", "z,0");
        Assert.True(code == 0, error);
        Assert.StartsWith("warning: learned from 5 running decisions", error);
        Assert.Equal(["2500", "3000"], output.TrimEnd('\n').Split('\n').Skip(1).Select(l => l.Split(',')[2]));
    }

    [Fact]
    public async Task WindowLongerThanASegment_IsNamed()
    {
        using RecordingFolder data = new RecordingFolder().Add("h.bin", 2000, 0, 200);
        (int code, _, string error) = await ToolRun.RunAsync("replay", "--data", data.Folder, "--plan", data.WritePlan(PlanHeader, "learn,h.bin,0,1"), "--window", "256");
        Assert.Equal(1, code);
        Assert.Contains("plan.csv:2: h.bin: a window of 256 frames does not fit, its segments have 200", error);
    }

    [Fact]
    public async Task RowTooShortForAGroup_IsSaidAndGivesNoLine()
    {
        using RecordingFolder data = new RecordingFolder().Add("h.bin", 128 * 100);
        string plan = data.WritePlan(PlanHeader, "learn,h.bin,0,1", "score,h.bin,0,0.03");
        (int code, string output, string error) = await ToolRun.RunAsync("replay", "--data", data.Folder, "--plan", plan, "--window", "128", "--average", "4");
        Assert.Equal(0, code);
        Assert.Single(output.TrimEnd('\n').Split('\n'));
        Assert.Contains("warning: line 3 of the plan, h.bin: too short for a decision of 4 windows of 128", error);
    }

    [Fact]
    public async Task EachRow_StartsAfresh()
    {
        using RecordingFolder data = new RecordingFolder().Add("h.bin", 128 * 350).Add("f.bin", 128 * 30, 60, 0, 2, "faulty");
        string plan = data.WritePlan(PlanHeader, "learn,h.bin,0,1", "score,f.bin,0,1", "score,f.bin,0,1");
        (_, string output, _) = await ToolRun.RunAsync("replay", "--data", data.Folder, "--plan", plan, "--window", "128");
        string[] lines = output.TrimEnd('\n').Split('\n')[1..];
        Assert.Equal(lines[..30], lines[30..]);
        Assert.EndsWith("none", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoudRecordingWithACoarserScale_IsLearnedWhole()
    {
        // As wav files are: each scaled to its own largest sample. In the counts of the quiet one the loud one would be clipped.
        using RecordingFolder data = new RecordingFolder().Add("quiet.bin", 128 * 200).Add("loud.bin", 128 * 400, 0, 0, 3, loud: 60);
        string plan = data.WritePlan(PlanHeader, "learn,quiet.bin,0,1", "learn,loud.bin,0,0.8", "score,loud.bin,0.8,1", "score,quiet.bin,0,0.2");
        (int code, string output, string error) = await ToolRun.RunAsync("replay", "--data", data.Folder, "--plan", plan, "--window", "128");
        Assert.True(code == 0, error);
        Assert.Equal("warning: quiet.bin has 244000 nano-g a count, others of the plan have 14640000: converted to that\n", error);
        Assert.All(output.TrimEnd('\n').Split('\n').Skip(1), l => Assert.EndsWith(",none", l, StringComparison.Ordinal));
    }

    [Fact]
    public async Task LearnRowsThatAreClipped_AreCounted()
    {
        using RecordingFolder data = new RecordingFolder().Add("h.bin", 128 * 400).Add("clipped.bin", 128 * 50, 40000);
        string plan = data.WritePlan(PlanHeader, "learn,h.bin,0,1", "learn,clipped.bin,0,1", "score,h.bin,0,0.2");
        (int code, _, string error) = await ToolRun.RunAsync("replay", "--data", data.Folder, "--plan", plan, "--window", "128");
        Assert.Equal(0, code);
        Assert.Contains("warning: 50 of 450 decisions in the learn rows were not learned: clipped", error);
    }

    [Theory]
    [InlineData("--window 100", 2, "--window 100: must be 128, 256, 512, 1024 or 2048")]
    [InlineData("--window 128 --hop 0", 2, "--hop 0: must be 1 or more")]
    [InlineData("--window 128 --average 65", 2, "--average 65: must be 1 to 64")]
    [InlineData("--window 128 --channels q", 2, "h.bin has no channel q; it has x, y, z or 0 to 2")]
    [InlineData("--window 128 --channels x,0", 2, "channel 0 is chosen twice")]
    [InlineData("--window 128 --channels 0,1,2,x", 2, "at most three")]
    [InlineData("--window two", 2, "--window 'two' is not a whole number")]
    [InlineData("--window 128 --hop 9999999999", 2, "--hop '9999999999' is not a whole number")]
    [InlineData("--window 128 --speed 3", 2, "'--speed'")]
    [InlineData("--window 128 --out nowhere/s.csv", 2, "nowhere does not exist")]
    [InlineData("--window 2048", 1, "plan.csv: not one of 0 decisions in the learn rows could be learned: the rows are too short")]
    public async Task WrongUse_IsNamed(string arguments, int expectedCode, string expected)
    {
        using RecordingFolder data = new RecordingFolder().Add("h.bin", 2560);
        string plan = data.WritePlan(PlanHeader, "learn,h.bin,0,0.5", "score,h.bin,0.5,1");
        (int code, _, string error) = await ToolRun.RunAsync(["replay", "--data", data.Folder, "--plan", plan, .. arguments.Split(' ')]);
        Assert.Equal(expectedCode, code);
        Assert.StartsWith("sensornode: ", error);
        Assert.Contains(expected, error);
    }

    [Theory]
    [InlineData("\0\u0001\uFFFD", "plan.csv:1: the header must be \"action,file,from,to\", found \"???\"")]
    [InlineData("learn,h.bin,0,0.5", "plan.csv:1: the header must be \"action,file,from,to\"")]
    [InlineData(PlanHeader + "\nlearn,h.bin,0", "plan.csv:2: 3 fields, the header has 4")]
    [InlineData(PlanHeader + "\nteach,h.bin,0,1", "plan.csv:2: action is \"teach\", must be learn or score")]
    [InlineData(PlanHeader + "\nlearn,g.bin,0,1", "plan.csv:2: file is \"g.bin\", must be a file of ")]
    [InlineData(PlanHeader + "\n\nlearn,h.bin,0,1.5", "plan.csv:3: to is \"1.5\", must be a number from 0 to 1")]
    [InlineData(PlanHeader + "\nlearn,h.bin,0.5,0.5", "plan.csv:2: to is \"0.5\", must be greater than from, 0.5")]
    [InlineData(PlanHeader + "\nscore,h.bin,0,1", "plan.csv: no learn row")]
    [InlineData(PlanHeader + "\nlearn,\"h.bin,0,1", "plan.csv:2: a quote is opened and not closed")]
    public async Task WrongPlan_IsNamedByLine(string plan, string expected)
    {
        using RecordingFolder data = new RecordingFolder().Add("h.bin", 2560);
        (int code, _, string error) = await ToolRun.RunAsync("replay", "--data", data.Folder, "--plan", data.WritePlan(plan), "--window", "128");
        Assert.Equal(1, code);
        Assert.Contains(expected, error);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
    }

    [Theory]
    [InlineData("file,label", "index.csv:1: the header must be")]
    [InlineData(RecordingFolder.IndexHeader + "\nh.bin,good,,,,,,800,3,x|y|z,2560,0,g,0.1,", "index.csv:2: label is \"good\", must be healthy or faulty")]
    [InlineData(RecordingFolder.IndexHeader + "\nh.bin,healthy,,,,,,-1,3,x|y|z,2560,0,g,0.1,", "index.csv:2: fs_hz is \"-1\", must be a number from 0.1")]
    [InlineData(RecordingFolder.IndexHeader + "\nh.bin,healthy,,,,,,800,3,x|y,2560,0,g,0.1,", "index.csv:2: channel_names is \"x|y\", must be 3 names separated by |")]
    [InlineData(RecordingFolder.IndexHeader + "\nh.bin,healthy,,,,,,800,3,x|y|z,2560,9999,g,0.1,", "index.csv:2: segment_len is \"9999\", must be a whole number from 0 to 2560")]
    [InlineData(RecordingFolder.IndexHeader + "\n../h.bin,healthy,,,,,,800,3,x|y|z,2560,0,g,0.1,", "index.csv:2: file is \"../h.bin\", must be a name within the folder")]
    [InlineData(RecordingFolder.IndexHeader + "\nh.bin,healthy,,,,,,800,3,x|y|z,2561,0,g,0.1,", "15360 bytes, index.csv says 2561 frames x 3 channels x 2 = 15366: truncated, or another file")]
    [InlineData(RecordingFolder.IndexHeader + "\nh.bin,healthy,,,,,,800,3,x|y|z,2560,0,g,0,", "index.csv:2: scale is \"0\"")]
    public async Task WrongIndex_IsNamedByLine(string index, string expected)
    {
        using RecordingFolder data = new RecordingFolder().Add("h.bin", 2560);
        data.WriteIndex(index);
        string plan = data.WritePlan(PlanHeader, "learn,h.bin,0,1");
        (int code, _, string error) = await ToolRun.RunAsync("replay", "--data", data.Folder, "--plan", plan, "--window", "128");
        Assert.Equal(1, code);
        Assert.Contains(expected, error);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task MissingFolderOrFile_IsNamed()
    {
        (int code, _, string error) = await ToolRun.RunAsync("replay", "--data", "/nowhere", "--plan", "p.csv", "--window", "128");
        Assert.Equal((1, "sensornode: --data /nowhere: there is no such folder; give a folder with index.csv and the recordings\n"), (code, error));
        using RecordingFolder data = new RecordingFolder().Add("h.bin", 2560);
        (code, _, error) = await ToolRun.RunAsync("replay", "--data", data.Folder, "--plan", "p.csv", "--window", "128");
        Assert.Equal((1, "sensornode: --plan p.csv: there is no such file; give a CSV file with the columns action,file,from,to\n"), (code, error));
        File.Delete(Path.Combine(data.Folder, "h.bin"));
        (code, _, error) = await ToolRun.RunAsync("replay", "--data", data.Folder, "--plan", data.WritePlan(PlanHeader, "learn,h.bin,0,1"), "--window", "128");
        Assert.Equal(1, code);
        Assert.Contains("h.bin: there is no such file; index.csv in its folder names it", error);
    }

    [Fact]
    public async Task NothingToLearnFrom_SaysWhy()
    {
        using RecordingFolder data = new RecordingFolder().Add("h.bin", 2560);
        File.WriteAllBytes(Path.Combine(data.Folder, "h.bin"), new byte[15360]);
        (int code, _, string error) = await ToolRun.RunAsync("replay", "--data", data.Folder, "--plan", data.WritePlan(PlanHeader, "learn,h.bin,0,1"), "--window", "128");
        Assert.Equal(1, code);
        Assert.Contains("not one of 20 decisions in the learn rows could be learned: 20 have bad samples (a channel is constant)", error);
    }

    private static double Score(string[] fields) => double.Parse(fields[5], CultureInfo.InvariantCulture);
}
