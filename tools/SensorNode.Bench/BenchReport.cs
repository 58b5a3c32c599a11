using System.Text.Encodings.Web;
using System.Text.Json;

namespace SensorNode.Bench;

/// <summary>The figures in the order in which they were measured, and what has to be said about them.</summary>
public sealed class BenchReport
{
    private readonly List<BenchFigure> _figures = [];
    private readonly List<string> _remarks = [];

    /// <summary>All figures.</summary>
    public IReadOnlyList<BenchFigure> Figures => _figures;

    /// <summary>What limits the figures: platform members charged by default, parts that could not be measured.</summary>
    public IReadOnlyList<string> Remarks => _remarks;

    /// <summary>Adds a figure; a name stands once.</summary>
    public void Add(string name, double value, string unit, string note)
    {
        if (_figures.Any(figure => figure.Name == name))
        {
            throw new InvalidOperationException($"figure {name} stands twice");
        }

        _figures.Add(new BenchFigure(name, value, unit, note));
    }

    /// <summary>Adds a remark, once.</summary>
    public void Remark(string text)
    {
        if (!_remarks.Contains(text))
        {
            _remarks.Add(text);
        }
    }

    /// <summary>The value of a figure, or null where it was not measured.</summary>
    public double? Find(string name) => _figures.Find(figure => figure.Name == name)?.Value;

    /// <summary>One flat JSON object of name to number.</summary>
    public string ToJson()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            foreach (BenchFigure figure in _figures)
            {
                if (figure.Unit == "dB")
                {
                    // JSON has no infinity: a transform without any error has 999 dB.
                    writer.WriteNumber(figure.Name, Math.Round(Math.Min(figure.Value, 999), 2));
                }
                else
                {
                    writer.WriteNumber(figure.Name, (long)figure.Value);
                }
            }

            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }
}
