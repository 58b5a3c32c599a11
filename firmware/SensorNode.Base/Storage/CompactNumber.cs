namespace SensorNode.Storage
{
    /// <summary>Whole numbers from 0 to 8,372,224 in 12 bits: four bits of exponent, eight of significand and a hidden one.</summary>
    /// <remarks>
    /// Codes:  0 to 255 are the numbers themselves; above, code = (exponent + 1) x 256 + significand for (256 + significand) x 2^exponent.
    ///         A larger code is a larger number. Error: none up to 511, at most 1/512 of the value above.
    /// Errors: none; a negative number becomes 0, one above the range the largest.
    /// </remarks>
    public static class CompactNumber
    {
        /// <summary>Largest number that has a code.</summary>
        public const int Max = 511 << 14;

        /// <summary>The code of the nearest number that has one, 0 to 4095.</summary>
        public static int Encode(int value)
        {
            if (value < 256)
            {
                return value < 0 ? 0 : value;
            }

            if (value >= Max)
            {
                return 4095;
            }

            int exponent = 0;
            int significand = value;
            while (significand > 511)
            {
                exponent++;
                significand = (value + (1 << exponent >> 1)) >> exponent;
            }

            return (exponent + 1 << 8) | (significand - 256);
        }

        /// <summary>The number of a code; bits above the twelfth are ignored.</summary>
        public static int Decode(int code)
        {
            int exponent = code >> 8 & 15;
            int significand = code & 255;
            return exponent == 0 ? significand : 256 + significand << exponent - 1;
        }
    }
}
