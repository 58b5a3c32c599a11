namespace SensorNode.Configuration
{
    /// <summary>Short lists of words, as in "a|b|c", and words of others in messages of ours.</summary>
    internal static class Words
    {
        /// <summary>Stands for a byte that is no printable ASCII.</summary>
        internal const char NoText = '\u007f';

        private const int QuotedMax = 40;

        /// <summary>Index of a word, or -1.</summary>
        internal static int IndexOf(string[] words, string word)
        {
            for (int i = 0; i < words.Length; i++)
            {
                if (words[i] == word)
                {
                    return i;
                }
            }

            return -1;
        }

        /// <summary>"a, b, c" for people.</summary>
        internal static string Join(string[] words)
        {
            string text = words[0];
            for (int i = 1; i < words.Length; i++)
            {
                text += ", " + words[i];
            }

            return text;
        }

        /// <summary>'text' for a message: shortened, and printable whatever it holds.</summary>
        internal static string Quote(string text)
        {
            bool isLong = text.Length > QuotedMax;
            char[] characters = (isLong ? text.Substring(0, QuotedMax) : text).ToCharArray();
            for (int i = 0; i < characters.Length; i++)
            {
                if (characters[i] < ' ' || characters[i] > '~')
                {
                    characters[i] = '?';
                }
            }

            return "'" + new string(characters) + (isLong ? "'.." : "'");
        }
    }
}
