namespace SensorNode.Configuration
{
    /// <summary>Reads whole numbers strictly: digits with an optional minus, no blanks, no plus, no other base.</summary>
    public static class DecimalNumber
    {
        /// <summary>Reads one number of up to nine digits.</summary>
        /// <returns>False where the text is anything else; the value is 0 then.</returns>
        public static bool TryParse(string text, out int value)
        {
            value = 0;
            int start = text.Length > 0 && text[0] == '-' ? 1 : 0;
            int digits = text.Length - start;
            if (digits < 1 || digits > 9)
            {
                return false;
            }

            int magnitude = 0;
            for (int i = start; i < text.Length; i++)
            {
                int digit = text[i] - '0';
                if (digit < 0 || digit > 9)
                {
                    return false;
                }

                magnitude = magnitude * 10 + digit;
            }

            value = start == 1 ? -magnitude : magnitude;
            return true;
        }
    }
}
