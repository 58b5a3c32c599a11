namespace SensorNode.Configuration
{
    /// <summary>The settings of a node. Starts with every default; what is set has been checked against the schema.</summary>
    /// <remarks>Memory: 4 bytes a setting, and 12 a text: an element of an array of references takes 12.</remarks>
    public sealed class NodeConfiguration
    {
        private const int TextCount = 11;

        private readonly int[] _numbers = new int[ConfigurationKey.Count];
        private readonly string[] _texts = new string[TextCount];

        /// <summary>Every setting at its default.</summary>
        public NodeConfiguration()
        {
            ConfigurationItem item = new ConfigurationItem();
            for (int key = 0; key < ConfigurationKey.Count; key++)
            {
                ConfigurationSchema.Describe(key, item);
                _numbers[key] = item.DefaultNumber;
                PutText(key, item.DefaultText);
            }
        }

        /// <summary>Value of a Number, or index of a Choice.</summary>
        public int Number(int key)
        {
            return _numbers[key];
        }

        /// <summary>Value of a Text; an empty string where it is not given, null where the setting is no Text.</summary>
        public string Text(int key)
        {
            int slot = TextSlot(key);
            return slot < 0 ? null : _texts[slot];
        }

        /// <summary>The broker's port, with the default of the security in force.</summary>
        public int MqttPortInForce
        {
            get
            {
                int port = _numbers[ConfigurationKey.MqttPort];
                return port != 0 ? port : _numbers[ConfigurationKey.MqttSecurity] == ConfigurationSchema.SecurityTls ? 8883 : 1883;
            }
        }

        /// <summary>A copy that can be changed and thrown away.</summary>
        public NodeConfiguration Copy()
        {
            NodeConfiguration copy = new NodeConfiguration();
            for (int key = 0; key < ConfigurationKey.Count; key++)
            {
                copy.Take(key, this);
            }

            return copy;
        }

        /// <summary>Takes one value over from a checked configuration.</summary>
        public void Take(int key, NodeConfiguration other)
        {
            _numbers[key] = other._numbers[key];
            PutText(key, other.Text(key));
        }

        /// <summary>True where both have the same value.</summary>
        public bool IsSame(int key, NodeConfiguration other)
        {
            return _numbers[key] == other._numbers[key] && Text(key) == other.Text(key);
        }

        /// <summary>The value as node.conf would have it.</summary>
        public string Show(int key)
        {
            ConfigurationItem item = new ConfigurationItem();
            ConfigurationSchema.Describe(key, item);
            switch (item.Kind)
            {
                case ConfigurationKind.Number: return _numbers[key].ToString();
                case ConfigurationKind.Choice: return item.ChoiceWords()[_numbers[key]];
                default: return Text(key);
            }
        }

        /// <summary>Checks one value and keeps it.</summary>
        /// <param name="key">Which setting.</param>
        /// <param name="value">As in node.conf, trimmed.</param>
        /// <returns>Null if it was kept; otherwise why not, and what would be right. Nothing is changed then. A secret is never repeated.</returns>
        public string TrySet(int key, string value)
        {
            if (value == null)
            {
                return "has no value";
            }

            ConfigurationItem item = new ConfigurationItem();
            ConfigurationSchema.Describe(key, item);
            switch (item.Kind)
            {
                case ConfigurationKind.Number: return TrySetNumber(key, item, value);
                case ConfigurationKind.Choice: return TrySetChoice(key, item, value);
                default: return TrySetText(key, item, value);
            }
        }

        /// <summary>Where a Text stands; -1 for other kinds.</summary>
        private static int TextSlot(int key)
        {
            switch (key)
            {
                case ConfigurationKey.MqttUser: return 5;
                case ConfigurationKey.MqttPassword: return 6;
                case ConfigurationKey.MqttCaFile: return 7;
                case ConfigurationKey.MqttCertificateFile: return 8;
                case ConfigurationKey.MqttKeyFile: return 9;
                case ConfigurationKey.TimeServer: return 10;
                default: return key <= ConfigurationKey.MqttHost ? key : -1;
            }
        }

        private void PutText(int key, string value)
        {
            int slot = TextSlot(key);
            if (slot >= 0)
            {
                _texts[slot] = value;
            }
        }

        private string TrySetNumber(int key, ConfigurationItem item, string value)
        {
            bool isAllowed = DecimalNumber.TryParse(value, out int number) && number >= item.Minimum && number <= item.Maximum;
            if (isAllowed && item.Choices != null)
            {
                isAllowed = Words.IndexOf(item.ChoiceWords(), value) >= 0;
            }

            if (!isAllowed)
            {
                string allowed = item.Choices != null ? "one of " + Words.Join(item.ChoiceWords()) : "a whole number from " + item.Minimum.ToString() + " to " + item.Maximum.ToString();
                return Words.Quote(value) + " is not " + allowed + (item.Unit.Length > 0 ? " (" + item.Unit + ")" : "");
            }

            _numbers[key] = number;
            return null;
        }

        private string TrySetChoice(int key, ConfigurationItem item, string value)
        {
            string[] words = item.ChoiceWords();
            int index = Words.IndexOf(words, value);
            if (index < 0)
            {
                return Words.Quote(value) + " is not one of " + Words.Join(words);
            }

            _numbers[key] = index;
            return null;
        }

        private string TrySetText(int key, ConfigurationItem item, string value)
        {
            if (value.Length < item.Minimum || value.Length > item.Maximum)
            {
                return "has " + value.Length.ToString() + " characters; " + item.Minimum.ToString() + " to " + item.Maximum.ToString() + " are allowed";
            }

            string reason = CheckCharacters(key, value);
            if (reason == null && key == ConfigurationKey.MqttHost)
            {
                reason = ServerList.Check(value);
            }

            if (reason == null)
            {
                PutText(key, value);
            }

            return reason;
        }

        private static string CheckCharacters(int key, string value)
        {
            bool isName = key == ConfigurationKey.SparkplugGroup || key == ConfigurationKey.SparkplugNode || key == ConfigurationKey.SparkplugPrimaryHost;
            bool isFile = key == ConfigurationKey.MqttCaFile || key == ConfigurationKey.MqttCertificateFile || key == ConfigurationKey.MqttKeyFile;
            for (int i = 0; i < value.Length; i++)
            {
                char c = value[i];
                if (c < ' ' || c > '~')
                {
                    return "has a character outside printable ASCII at position " + (i + 1).ToString();
                }

                if (isName && (c == '+' || c == '#' || c == '/'))
                {
                    return "has '" + c.ToString() + "'; + # and / have a meaning in topics and cannot be part of a name";
                }

                if (isFile && !IsFileCharacter(c))
                {
                    return "has '" + c.ToString() + "'; a file name has a to z, 0 to 9, '-', '_' and '.'";
                }
            }

            // node.conf would not give it back.
            bool hasOuterBlank = value.Length > 0 && (value[0] == ' ' || value[value.Length - 1] == ' ');
            return hasOuterBlank ? "begins or ends with a blank" : null;
        }

        private static bool IsFileCharacter(char c)
        {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
        }
    }
}
