namespace SensorNode.Tool.Tests;

/// <summary>Runs the tool in this process and keeps what it prints. One run at a time: the console belongs to the process.</summary>
internal static class ToolRun
{
    private static readonly SemaphoreSlim s_turn = new(1, 1);

    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        await s_turn.WaitAsync();
        TextWriter output = Console.Out;
        TextWriter error = Console.Error;
        var newOutput = new StringWriter();
        var newError = new StringWriter();
        try
        {
            Console.SetOut(newOutput);
            Console.SetError(newError);
            int code = await Program.Main(arguments);
            return (code, newOutput.ToString(), newError.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
            s_turn.Release();
        }
    }
}
