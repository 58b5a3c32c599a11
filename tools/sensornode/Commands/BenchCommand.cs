using System.CommandLine;
using System.Globalization;
using SensorNode.Bench;
using SensorNode.CostMeter;
using Spectre.Console;

namespace SensorNode.Tool.Commands;

/// <summary>sensornode bench: the figures that the project promises, measured on the firmware's own IL.</summary>
public static class BenchCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var json = new Option<string?>("--json")
        {
            Description = "Write the figures as one flat JSON object into this file; without a file name to standard output, instead of the table.",
            HelpName = "FILE",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("bench", """
            Measures what the firmware costs on the device: IL instructions, heap bytes, transform accuracy, message sizes.
            The figures are exact and the same on every machine. Milliseconds are estimates.
            Example: sensornode bench --json figures.json
            """);
        command.Options.Add(json);
        command.SetAction(parsed => Run(parsed, parsed.GetResult(json) != null, parsed.GetValue(json)));
        return command;
    }

    private static int Run(ParseResult parsed, bool wantsJson, string? file)
    {
        OutputFile.Check("--json", file);
        BenchReport report;
        try
        {
            report = Measure(parsed);
        }
        catch (Exception e) when (e is CostMeterException or DirectoryNotFoundException)
        {
            throw new ToolException("bench: " + e.Message);
        }

        if (wantsJson && file == null)
        {
            Console.Out.Write(report.ToJson());
            return ExitCode.Success;
        }

        Print(parsed, report);
        if (file != null)
        {
            OutputFile.Write("--json", file, report.ToJson());
        }

        return ExitCode.Success;
    }

    private static BenchReport Measure(ParseResult parsed)
    {
        // Progress goes to standard error, so that standard output holds figures only.
        if (CommonOptions.IsPlain(parsed))
        {
            return Benchmark.Run(step => Console.Error.WriteLine("measuring: " + step));
        }

        IAnsiConsole errors = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return errors.Status().Start("measuring", status => Benchmark.Run(step => status.Status(Markup.Escape("measuring: " + step))));
    }

    private static void Print(ParseResult parsed, BenchReport report)
    {
        string rate = (Benchmark.AssumedInstructionsPerSecond / 1e6).ToString("0.0", CultureInfo.InvariantCulture);
        if (CommonOptions.IsPlain(parsed))
        {
            foreach (BenchFigure figure in report.Figures)
            {
                Console.Out.WriteLine($"{figure.Name,-34} {Value(figure),10} {figure.Unit,-5} {Estimate(figure),10}  {figure.Note}");
            }
        }
        else
        {
            var table = new Table().Border(TableBorder.Rounded).AddColumns("figure", "value", "unit", "estimate", "what");
            table.Columns[1].RightAligned();
            table.Columns[3].RightAligned();
            foreach (BenchFigure figure in report.Figures)
            {
                table.AddRow(Markup.Escape(figure.Name), Value(figure), figure.Unit, Estimate(figure), Markup.Escape(figure.Note));
            }

            CommonOptions.CreateConsole(parsed).Write(table);
        }

        Console.Out.WriteLine($"Milliseconds are estimates for an ESP32 at 240 MHz that interprets {rate} million IL instructions a second; 1 to 2 million are likely, nobody has published a measurement.");
        foreach (string remark in report.Remarks)
        {
            Console.Out.WriteLine("Note: " + remark);
        }
    }

    private static string Value(BenchFigure figure) => figure.Value.ToString(figure.Unit == "dB" ? "0.0" : "#,0", CultureInfo.InvariantCulture);

    private static string Estimate(BenchFigure figure) => figure.Unit == "IL"
        ? "~" + (figure.Value * 1000 / Benchmark.AssumedInstructionsPerSecond).ToString("0.0", CultureInfo.InvariantCulture) + " ms"
        : "";
}
