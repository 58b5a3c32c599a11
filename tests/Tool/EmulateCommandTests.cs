using Xunit;

namespace SensorNode.Tool.Tests;

public class EmulateCommandTests
{
    [Theory]
    [InlineData("--nodes 0", "--nodes 0 is not between 1 and 500")]
    [InlineData("--speed 1000", "--speed 1000 is not between 0.1 and 200")]
    [InlineData("--tls", "--tls needs --broker HOST:PORT")]
    [InlineData("--ca nothing.pem", "--ca, --cert and --key are of no use without --tls")]
    [InlineData("--broker a:1 --tls --cert nothing.pem", "--cert and --key belong together")]
    [InlineData("--broker a:1 --tls --ca nothing.pem", "there is no such file")]
    [InlineData("--broker a:1 --tls --ca sensornode.deps.json", "holds no certificate in PEM form")]
    [InlineData("--broker a:1 --tls --cert sensornode.deps.json --key sensornode.deps.json", "are not a certificate and its key")]
    [InlineData("--broker a:x", "is not HOST:PORT")]
    [InlineData("--broker a:1 --broker-fault no-connack", "leave --broker out")]
    [InlineData("--broker-fault boom", "'boom' is no kind of fault")]
    [InlineData("--fault fire", "'fire' not recognized")]
    [InlineData("--group a/b", "without + # /")]
    [InlineData("--broker a:1 --user me", "belong together")]
    [InlineData("--user me --password it", "--user needs --broker")]
    [InlineData("--broker a:1 --user me --password-file nothing.txt", "there is no such file")]
    [InlineData("--broker a:1 --user me --password a --password-file nothing.txt", "exclude each other")]
    public async Task WrongUse_IsNamed(string arguments, string expected)
    {
        (int code, _, string error) = await ToolRun.RunAsync(["emulate", "--plain", .. arguments.Split(' ')]);
        Assert.Equal(2, code);
        Assert.StartsWith("sensornode: ", error);
        Assert.Contains(expected, error);
    }

    [Fact]
    public async Task UnreachableBroker_IsOneLineAndCode1()
    {
        (int code, _, string error) = await ToolRun.RunAsync("emulate", "--plain", "--broker", "127.0.0.1:1");
        Assert.Equal((1, "sensornode: broker 127.0.0.1:1: Connection refused\n"), (code, error));
    }

    [Fact]
    public async Task ReleaseKeyThatIsNone_IsNamed()
    {
        string file = typeof(EmulateCommandTests).Assembly.Location;
        (int code, _, string error) = await ToolRun.RunAsync("emulate", "--plain", "--public", file);
        Assert.Equal((1, $"sensornode: --public {file}: not a public key, which is one line of 120 hexadecimal digits, or two for two keys\n"), (code, error));
    }

    [Fact]
    public async Task TwoNodes_AreBornAndBreakNoRule()
    {
        (int code, string output, string error) = await ToolRun.RunAsync("emulate", "--plain", "--nodes", "2", "--for", "20", "--speed", "3");
        Assert.True(code == 0, output + error);
        Assert.Contains("emulated/node-002", output);
        Assert.Contains("0 broken rules", output);
    }
}
