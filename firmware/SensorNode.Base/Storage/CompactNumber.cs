namespace SensorNode.Storage
{
    /// <summary>Whole numbers from 0 to 1,032,192 in 9 bits: four bits of exponent, five of significand and a hidden one.</summary>
    /// <remarks>
    /// Codes:  0 to 31 are the numbers themselves; above, code = (exponent + 1) x 32 + significand for (32 + significand) x 2^exponent.
    ///         A larger code is a larger number. Error: none up to 63, at most 1/64 of the value above.
    /// Errors: none; a negative number becomes 0, one above the range the largest.
    /// </remarks>
    public static class CompactNumber
    {
        /// <summary>Bits of a code.</summary>
        public const int BitCount = 9;

        /// <summary>Largest number that has a code.</summary>
        public const int Max = 63 << 14;

        /// <summary>The code of the nearest number that has one, 0 to 511.</summary>
        public static int Encode(int value)
        {
            if (value < 32)
            {
                return value < 0 ? 0 : value;
            }

            if (value >= Max)
            {
                return 511;
            }

            int exponent = 0;
            int significand = value;
            while (significand > 63)
            {
                exponent++;
                significand = (value + (1 << exponent >> 1)) >> exponent;
            }

            return (exponent + 1 << 5) | (significand - 32);
        }

        /// <summary>The number of a code; bits above the ninth are ignored.</summary>
        public static int Decode(int code)
        {
            int exponent = code >> 5 & 15;
            int significand = code & 31;
            return exponent == 0 ? significand : 32 + significand << exponent - 1;
        }
    }
}
