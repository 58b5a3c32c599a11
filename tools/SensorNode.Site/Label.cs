using System.Collections;
using System.Globalization;
using System.Net;
using System.Text;
using QRCoder;

namespace SensorNode.Site;

/// <summary>What is stuck on a node: who it is, for people and for a telephone's camera. No secrets.</summary>
public static class Label
{
    // The least white border that a reader may count on, ISO/IEC 18004.
    private const int QuietModules = 4;

    /// <summary>What the QR code says: sensornode:GROUP/NAME?mac=..&amp;cert=.. with the last 8 digits of the certificate's serial number.</summary>
    public static string Code(InventoryRow node) =>
        $"sensornode:{node.Group}/{node.Name}?mac={node.HardwareAddress}&cert={node.CertificateSerial[Math.Max(0, node.CertificateSerial.Length - 8)..]}";

    /// <summary>The lines of the label.</summary>
    public static string Text(string site, InventoryRow node) => string.Concat(Lines(site, node).Select(line => line + "\n"));

    /// <summary>The label as SVG, 62 x 29 mm: QR code at the left, lines at the right.</summary>
    public static string Svg(string site, InventoryRow node)
    {
        List<BitArray> rows = Modules(Code(node));
        double size = 29.0 / (rows.Count + (2 * QuietModules));
        var path = new StringBuilder();
        for (int y = 0; y < rows.Count; y++)
        {
            for (int x = 0; x < rows[y].Count; x++)
            {
                path.Append(rows[y][x] ? string.Create(CultureInfo.InvariantCulture, $"M{x + QuietModules} {y + QuietModules}h1v1h-1z") : "");
            }
        }

        var text = new StringBuilder();
        string[] lines = [.. Lines(site, node)];
        for (int i = 0; i < lines.Length; i++)
        {
            string weight = i == 0 ? " font-weight=\"bold\" font-size=\"4\"" : "";
            text.Append(CultureInfo.InvariantCulture, $"  <text x=\"30\" y=\"{6 + (i * 4)}\"{weight} textLength=\"{Math.Min(31, lines[i].Length * (i == 0 ? 2.2 : 1.45)):0.#}\" lengthAdjust=\"spacingAndGlyphs\">{WebUtility.HtmlEncode(lines[i])}</text>\n");
        }

        return string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="62mm" height="29mm" viewBox="0 0 62 29" font-family="sans-serif" font-size="2.8">
              <rect width="62" height="29" fill="white"/>
              <path transform="scale({size:0.#####})" d="{path}"/>
            {text}</svg>

            """);
    }

    /// <summary>The QR code's dark modules, row by row, without border.</summary>
    public static List<BitArray> Modules(string text)
    {
        using var generator = new QRCodeGenerator();
        using QRCodeData data = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        List<BitArray> all = data.ModuleMatrix;

        // The library's own border is taken off, whatever its width.
        int border = all.FindIndex(row => row.HasAnySet());
        int side = all.Count - (2 * border);
        return [.. all.GetRange(border, side).Select(row =>
        {
            var inner = new BitArray(side);
            for (int x = 0; x < side; x++)
            {
                inner[x] = row[x + border];
            }

            return inner;
        })];
    }

    private static IEnumerable<string> Lines(string site, InventoryRow node) =>
        new[] { node.Name, node.Group + (site == node.Group ? "" : ", " + site), node.Location, node.Board, Address(node.HardwareAddress), node.ExpiresUtc is { } end ? $"certificate to {end:yyyy-MM}" : "" }.Where(line => line.Length > 0);

    private static string Address(string digits) => string.Join(':', digits.Chunk(2).Select(pair => new string(pair)));
}
