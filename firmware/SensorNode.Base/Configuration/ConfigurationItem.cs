namespace SensorNode.Configuration
{
    /// <summary>Describes one setting. Filled by <see cref="ConfigurationSchema.Describe"/>, one object for all in turn, so that the schema needs no heap of its own.</summary>
    public sealed class ConfigurationItem
    {
        /// <summary>Key as in node.conf and, with "Config/" before it, as a metric.</summary>
        public string Name;

        /// <summary>What the value may look like.</summary>
        public ConfigurationKind Kind;

        /// <summary>Number: smallest value. Text: shortest length; 1 or more means that it must be given.</summary>
        public int Minimum;

        /// <summary>Number: largest value. Text: longest length.</summary>
        public int Maximum;

        /// <summary>Number: default. Choice: index of the default.</summary>
        public int DefaultNumber;

        /// <summary>Text: default.</summary>
        public string DefaultText;

        /// <summary>Choice: the words, separated by '|'. Number: the only values allowed, likewise, or null.</summary>
        public string Choices;

        /// <summary>Engineering unit, or an empty string.</summary>
        public string Unit;

        /// <summary>True for what is never shown, logged or published.</summary>
        public bool IsSecret;

        /// <summary>The words of <see cref="Choices"/>, in order.</summary>
        public string[] ChoiceWords()
        {
            return Choices.Split('|');
        }

        internal void SetNumber(string name, int defaultNumber, int minimum, int maximum, string unit)
        {
            Set(name, ConfigurationKind.Number, minimum, maximum, unit);
            DefaultNumber = defaultNumber;
        }

        internal void SetText(string name, string defaultText, int minimum, int maximum)
        {
            Set(name, ConfigurationKind.Text, minimum, maximum, "");
            DefaultText = defaultText;
        }

        internal void SetChoice(string name, int defaultIndex, string choices)
        {
            Set(name, ConfigurationKind.Choice, 0, 0, "");
            DefaultNumber = defaultIndex;
            Choices = choices;
        }

        private void Set(string name, ConfigurationKind kind, int minimum, int maximum, string unit)
        {
            Name = name;
            Kind = kind;
            Minimum = minimum;
            Maximum = maximum;
            Unit = unit;
            DefaultNumber = 0;
            DefaultText = "";
            Choices = null;
            IsSecret = false;
        }
    }
}
