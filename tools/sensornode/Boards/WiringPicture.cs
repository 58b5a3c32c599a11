using System.Globalization;
using System.Security;
using System.Text;

namespace SensorNode.Tool.Boards;

/// <summary>The wiring of a board as a picture: four lines from the board to accelerometer and temperature sensor, and the pull-ups.</summary>
public static class WiringPicture
{
    private const int Top = 70;
    private const int LineStep = 50;

    /// <summary>An SVG document.</summary>
    public static string Draw(BoardDescription board)
    {
        bool isFiveVolt = board.Name.StartsWith("m5stack", StringComparison.Ordinal);
        (string Signal, string Pin, string Colour)[] lines =
        [
            ("SDA", Gpio(board.I2cDataPin), "#1f6fb4"),
            ("SCL", Gpio(board.I2cClockPin), "#c98a00"),
            ("VDD", isFiveVolt ? "5V" : "3V3", "#c0392b"),
            ("GND", "GND", "#333333"),
        ];
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 800 340\" font-family=\"sans-serif\" font-size=\"15\" role=\"img\" aria-label=\"Wiring of {SecurityElement.Escape(board.Name)}\">\n");
        Box(text, 20, 30, 200, 240, board.Name);
        Box(text, 440, 30, 150, 240, "accelerometer");
        Box(text, 630, 30, 150, 240, "temperature");
        for (int i = 0; i < lines.Length; i++)
        {
            (string signal, string pin, string colour) = lines[i];
            int y = Top + 25 + (LineStep * i);
            text.Append(CultureInfo.InvariantCulture, $"  <path d=\"M220 {y} H440 M590 {y} H630\" stroke=\"{colour}\" stroke-width=\"3\" fill=\"none\"/>\n");
            text.Append(CultureInfo.InvariantCulture, $"  <text x=\"210\" y=\"{y + 5}\" text-anchor=\"end\">{pin}</text>\n");
            text.Append(CultureInfo.InvariantCulture, $"  <text x=\"450\" y=\"{y + 5}\">{signal}</text><text x=\"640\" y=\"{y + 5}\">{signal}</text>\n");
        }

        int supply = Top + 25 + (LineStep * 2);
        foreach ((int x, int line) in isFiveVolt ? [] : ((int, int)[])[(290, 0), (350, 1)])
        {
            int y = Top + 25 + (LineStep * line);
            text.Append(CultureInfo.InvariantCulture, $"  <path d=\"M{x} {y} V{supply}\" stroke=\"#777777\" fill=\"none\"/><circle cx=\"{x}\" cy=\"{y}\" r=\"4\"/><circle cx=\"{x}\" cy=\"{supply}\" r=\"4\"/>\n");
            text.Append(CultureInfo.InvariantCulture, $"  <rect x=\"{x - 7}\" y=\"{supply - 42}\" width=\"14\" height=\"30\" fill=\"white\" stroke=\"#777777\"/>\n");
        }

        string pullUps = isFiveVolt ? "Sensor boards with a regulator and pull-ups to 3.3 V of their own." : "Pull-ups 2.2 to 4.7 kOhm, once for the bus; most sensor boards carry them.";
        text.Append(CultureInfo.InvariantCulture, $"  <text x=\"20\" y=\"300\">{pullUps}</text>\n");
        text.Append("  <text x=\"20\" y=\"322\">Accelerometer: CS to its own supply of 3.3 V, which selects I2C. Temperature: BME280 or BMP280.</text>\n");
        return text.Append("</svg>\n").ToString();
    }

    private static string Gpio(int pin) => string.Create(CultureInfo.InvariantCulture, $"GPIO {pin}");

    private static void Box(StringBuilder text, int x, int y, int width, int height, string title)
    {
        text.Append(CultureInfo.InvariantCulture, $"  <rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"#f4f6f8\" stroke=\"#444444\"/>\n");
        text.Append(CultureInfo.InvariantCulture, $"  <text x=\"{x + (width / 2)}\" y=\"{y + 24}\" text-anchor=\"middle\" font-weight=\"bold\">{SecurityElement.Escape(title)}</text>\n");
    }
}
