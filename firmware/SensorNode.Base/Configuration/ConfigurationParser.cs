using System.Collections;

namespace SensorNode.Configuration
{
    /// <summary>Reads node.conf: one `key = value` a line, '#' begins a comment line, empty lines are skipped. ASCII.</summary>
    /// <remarks>Any bytes give a configuration or a list of faults; none throw. The file is judged whole: with one fault nothing of it counts.</remarks>
    public static class ConfigurationParser
    {
        /// <summary>Longest file that is read, in bytes.</summary>
        public const int SizeBytesMax = 4096;

        /// <summary>Faults that are listed; later ones are left out.</summary>
        public const int FaultsMax = 20;

        /// <summary>Reads and checks a whole file.</summary>
        /// <param name="bytes">The file.</param>
        /// <param name="count">Bytes of it.</param>
        /// <param name="faults">Receives one string a fault: "line N, key: reason" or "key: reason". Empty if the result is not null.</param>
        /// <returns>The configuration, or null where there is a fault.</returns>
        public static NodeConfiguration TryParse(byte[] bytes, int count, ArrayList faults)
        {
            faults.Clear();
            if (count > SizeBytesMax)
            {
                faults.Add("node.conf has " + count.ToString() + " bytes; at most " + SizeBytesMax.ToString() + " are read");
                return null;
            }

            if (count > 2 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF)
            {
                faults.Add("line 1: begins with a byte order mark (UTF-8 BOM); save the file without it");
                return null;
            }

            NodeConfiguration configuration = new NodeConfiguration();
            int[] lineOfKey = new int[ConfigurationKey.Count];
            ParseLines(configuration, bytes, 0, count, lineOfKey, faults);
            AddMissing(lineOfKey, faults);
            if (faults.Count == 0)
            {
                ConfigurationRules.Check(configuration, faults);
            }

            return faults.Count == 0 ? configuration : null;
        }

        /// <summary>Reads lines of the same form over a configuration that is there already.</summary>
        /// <param name="configuration">Changed; of no use where there is a fault.</param>
        /// <param name="bytes">Holds the lines.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="end">Behind the last byte.</param>
        /// <param name="faults">As with TryParse.</param>
        public static bool TryOverlay(NodeConfiguration configuration, byte[] bytes, int offset, int end, ArrayList faults)
        {
            faults.Clear();
            ParseLines(configuration, bytes, offset, end, new int[ConfigurationKey.Count], faults);
            if (faults.Count == 0)
            {
                ConfigurationRules.Check(configuration, faults);
            }

            return faults.Count == 0;
        }

        private static void ParseLines(NodeConfiguration configuration, byte[] bytes, int start, int count, int[] lineOfKey, ArrayList faults)
        {
            ConfigurationItem item = new ConfigurationItem();
            int line = 0;
            while (start < count)
            {
                int end = start;
                while (end < count && bytes[end] != '\n')
                {
                    end++;
                }

                line++;
                ParseLine(configuration, bytes, start, end, line, lineOfKey, item, faults);
                start = end + 1;
            }
        }

        private static void ParseLine(NodeConfiguration configuration, byte[] bytes, int start, int end, int line, int[] lineOfKey, ConfigurationItem item, ArrayList faults)
        {
            char[] characters = new char[end - start];
            for (int i = start; i < end; i++)
            {
                // Control characters and bytes beyond ASCII become one character that no value may have.
                bool isText = (bytes[i] >= 32 && bytes[i] <= 126) || bytes[i] == '\t' || bytes[i] == '\r';
                characters[i - start] = isText ? (char)bytes[i] : Words.NoText;
            }

            string text = new string(characters).Trim();
            if (text.Length == 0 || text[0] == '#')
            {
                return;
            }

            int equals = text.IndexOf('=');
            if (equals <= 0)
            {
                // Only the first word is repeated: the rest may be a password.
                int blank = text.IndexOf(' ');
                string word = equals == 0 ? "it" : Words.Quote(blank < 0 ? text : text.Substring(0, blank));
                Add(faults, "line " + line.ToString() + ": " + word + (equals == 0 ? " has no key before '='" : " is not followed by '='; a line is 'key = value'"));
                return;
            }

            string name = text.Substring(0, equals).Trim();
            string value = text.Substring(equals + 1).Trim();
            int key = ConfigurationSchema.Find(name, item);
            if (key < 0)
            {
                Add(faults, "line " + line.ToString() + ", " + Words.Quote(name) + ": there is no such key");
                return;
            }

            if (lineOfKey[key] != 0)
            {
                Add(faults, "line " + line.ToString() + ", " + name + ": is already set in line " + lineOfKey[key].ToString());
                return;
            }

            lineOfKey[key] = line;
            string reason = configuration.TrySet(key, value);
            if (reason != null)
            {
                Add(faults, "line " + line.ToString() + ", " + name + ": " + reason);
            }
        }

        private static void AddMissing(int[] lineOfKey, ArrayList faults)
        {
            ConfigurationItem item = new ConfigurationItem();
            for (int key = 0; key < ConfigurationKey.Count; key++)
            {
                ConfigurationSchema.Describe(key, item);
                if (lineOfKey[key] == 0 && item.Kind == ConfigurationKind.Text && item.DefaultText.Length < item.Minimum)
                {
                    Add(faults, item.Name + ": is missing and has no default");
                }
            }
        }

        private static void Add(ArrayList faults, string fault)
        {
            if (faults.Count < FaultsMax)
            {
                faults.Add(fault);
            }
        }
    }
}
