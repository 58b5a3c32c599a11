using System.Globalization;
using System.Text;

namespace SensorNode.Replay;

/// <summary>A spectrum as CSV and as a picture.</summary>
public static class SpectrumWriter
{
    /// <summary>Header of the CSV.</summary>
    public const string Header = "bin,frequency_hz,re,im,exponent,amplitude";

    /// <summary>The CSV.</summary>
    public static string ToCsv(IEnumerable<SpectrumBin> bins)
    {
        var text = new StringBuilder(Header + "\n");
        foreach (SpectrumBin b in bins)
        {
            text.Append(CultureInfo.InvariantCulture, $"{b.Bin},{b.FrequencyHz:0.######},{b.Re},{b.Im},{b.Exponent},{b.Amplitude:0.######}\n");
        }

        return text.ToString();
    }

    /// <summary>A picture: amplitude over frequency, 100 dB of it.</summary>
    /// <param name="bins">The spectrum.</param>
    /// <param name="title">What it shows.</param>
    public static string ToSvg(IReadOnlyList<SpectrumBin> bins, string title)
    {
        const int Width = 900, Height = 420, Left = 60, Right = 20, Top = 40, Bottom = 50;
        double most = Math.Max(bins.Max(b => b.Amplitude), 1e-6);
        double top = Math.Ceiling(20 * Math.Log10(most) / 10) * 10;
        double last = bins[^1].FrequencyHz;
        double X(double hz) => Left + ((Width - Left - Right) * hz / last);
        double Y(double db) => Top + ((Height - Top - Bottom) * Math.Clamp((top - db) / 100, 0, 1));
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width}\" height=\"{Height}\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\">\n");
        text.Append(CultureInfo.InvariantCulture, $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"white\"/>\n<text x=\"{Left}\" y=\"24\">{System.Security.SecurityElement.Escape(title)}</text>\n");
        for (int i = 0; i <= 5; i++)
        {
            double db = top - (20 * i);
            double hz = last * i / 5;
            text.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" y1=\"{Y(db):0.##}\" x2=\"{Width - Right}\" y2=\"{Y(db):0.##}\" stroke=\"#ddd\"/><text x=\"{Left - 8}\" y=\"{Y(db) + 4:0.##}\" text-anchor=\"end\">{db:0} dB</text>\n");
            text.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(hz):0.##}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{hz:0.#}</text>\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 12}\" text-anchor=\"middle\">frequency in Hz; amplitude in dB over one count</text>\n<polyline fill=\"none\" stroke=\"#0b62a4\" points=\"");
        text.AppendJoin(' ', bins.Select(b => string.Create(CultureInfo.InvariantCulture, $"{X(b.FrequencyHz):0.##},{Y(20 * Math.Log10(Math.Max(b.Amplitude, 1e-9))):0.##}")));
        text.Append("\"/>\n</svg>\n");
        return text.ToString();
    }
}
