namespace SensorNode.Configuration
{
    /// <summary>Short lists of words, as in "a|b|c".</summary>
    internal static class Words
    {
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
    }
}
