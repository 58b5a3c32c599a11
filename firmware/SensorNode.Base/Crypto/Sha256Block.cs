namespace SensorNode.Crypto
{
    /// <summary>The compression function of SHA-256 (FIPS 180-4, section 6.2.2), laid out for an interpreter that pays by the instruction.</summary>
    /// <remarks>
    /// A 32-bit word x is kept as x * 0x100000001, that is in both halves of a ulong: a rotation is one shift, and a shift by n of
    /// the schedule is a shift by 32 + n. Sums carry rubbish above bit 31 and are cut and doubled once, when a word is kept.
    /// Variables change their roles instead of their values: after eight rounds each is back. x and y hold b ^ c and a ^ b in turn
    /// (the a ^ b of a round is the b ^ c of the next), because Maj(a, b, c) = (b ^ c) &amp; (a ^ b) ^ b.
    /// Cost:   bench, sha256.block.il; a round is 64 IL instructions, a word of the schedule 32.
    /// Memory: nothing allocated; the constants are 64 ulong.
    /// </remarks>
    internal static class Sha256Block
    {
        /// <summary>The constants of the rounds, 16 to a row: the first 32 bits of the fractions of the cube roots of the first 64 primes (FIPS 180-4, section 4.2.2).</summary>
        internal static readonly ulong[][] RoundConstants =
        {
            new ulong[]
            {
                0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1, 0x923F82A4, 0xAB1C5ED5,
                0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3, 0x72BE5D74, 0x80DEB1FE, 0x9BDC06A7, 0xC19BF174
            },
            new ulong[]
            {
                0xE49B69C1, 0xEFBE4786, 0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F, 0x4A7484AA, 0x5CB0A9DC, 0x76F988DA,
                0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7, 0xC6E00BF3, 0xD5A79147, 0x06CA6351, 0x14292967
            },
            new ulong[]
            {
                0x27B70A85, 0x2E1B2138, 0x4D2C6DFC, 0x53380D13, 0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85,
                0xA2BFE8A1, 0xA81A664B, 0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070
            },
            new ulong[]
            {
                0x19A4C116, 0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A, 0x5B9CCA4F, 0x682E6FF3,
                0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208, 0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7, 0xC67178F2
            }
        };

        /// <summary>Takes one block of 64 bytes into the state.</summary>
        /// <param name="state">uint[8], changed.</param>
        /// <param name="bytes">Not changed.</param>
        /// <param name="p">Offset of the block; 64 bytes from there must exist.</param>
        internal static void Compress(uint[] state, byte[] bytes, int p)
        {
            ulong m = 0x100000001;
            ulong w0 = (uint)(bytes[p] << 24 | bytes[p + 1] << 16 | bytes[p + 2] << 8 | bytes[p + 3]) * m;
            ulong w1 = (uint)(bytes[p + 4] << 24 | bytes[p + 5] << 16 | bytes[p + 6] << 8 | bytes[p + 7]) * m;
            ulong w2 = (uint)(bytes[p + 8] << 24 | bytes[p + 9] << 16 | bytes[p + 10] << 8 | bytes[p + 11]) * m;
            ulong w3 = (uint)(bytes[p + 12] << 24 | bytes[p + 13] << 16 | bytes[p + 14] << 8 | bytes[p + 15]) * m;
            ulong w4 = (uint)(bytes[p + 16] << 24 | bytes[p + 17] << 16 | bytes[p + 18] << 8 | bytes[p + 19]) * m;
            ulong w5 = (uint)(bytes[p + 20] << 24 | bytes[p + 21] << 16 | bytes[p + 22] << 8 | bytes[p + 23]) * m;
            ulong w6 = (uint)(bytes[p + 24] << 24 | bytes[p + 25] << 16 | bytes[p + 26] << 8 | bytes[p + 27]) * m;
            ulong w7 = (uint)(bytes[p + 28] << 24 | bytes[p + 29] << 16 | bytes[p + 30] << 8 | bytes[p + 31]) * m;
            ulong w8 = (uint)(bytes[p + 32] << 24 | bytes[p + 33] << 16 | bytes[p + 34] << 8 | bytes[p + 35]) * m;
            ulong w9 = (uint)(bytes[p + 36] << 24 | bytes[p + 37] << 16 | bytes[p + 38] << 8 | bytes[p + 39]) * m;
            ulong w10 = (uint)(bytes[p + 40] << 24 | bytes[p + 41] << 16 | bytes[p + 42] << 8 | bytes[p + 43]) * m;
            ulong w11 = (uint)(bytes[p + 44] << 24 | bytes[p + 45] << 16 | bytes[p + 46] << 8 | bytes[p + 47]) * m;
            ulong w12 = (uint)(bytes[p + 48] << 24 | bytes[p + 49] << 16 | bytes[p + 50] << 8 | bytes[p + 51]) * m;
            ulong w13 = (uint)(bytes[p + 52] << 24 | bytes[p + 53] << 16 | bytes[p + 54] << 8 | bytes[p + 55]) * m;
            ulong w14 = (uint)(bytes[p + 56] << 24 | bytes[p + 57] << 16 | bytes[p + 58] << 8 | bytes[p + 59]) * m;
            ulong w15 = (uint)(bytes[p + 60] << 24 | bytes[p + 61] << 16 | bytes[p + 62] << 8 | bytes[p + 63]) * m;

            ulong a = state[0] * m;
            ulong b = state[1] * m;
            ulong c = state[2] * m;
            ulong d = state[3] * m;
            ulong e = state[4] * m;
            ulong f = state[5] * m;
            ulong g = state[6] * m;
            ulong h = state[7] * m;
            ulong x = b ^ c;
            ulong y, s;

            // 16 rounds at a time, flat: a call or an index for each would cost more than the round's own work.
            for (int row = 0; ; row++)
            {
                ulong[] k = RoundConstants[row];
                s = h + (e >> 6 ^ e >> 11 ^ e >> 25) + (g ^ e & (f ^ g)) + k[0] + w0; d = (uint)(d + s) * m; y = a ^ b; h = (uint)(s + (a >> 2 ^ a >> 13 ^ a >> 22) + (x & y ^ b)) * m;
                s = g + (d >> 6 ^ d >> 11 ^ d >> 25) + (f ^ d & (e ^ f)) + k[1] + w1; c = (uint)(c + s) * m; x = h ^ a; g = (uint)(s + (h >> 2 ^ h >> 13 ^ h >> 22) + (y & x ^ a)) * m;
                s = f + (c >> 6 ^ c >> 11 ^ c >> 25) + (e ^ c & (d ^ e)) + k[2] + w2; b = (uint)(b + s) * m; y = g ^ h; f = (uint)(s + (g >> 2 ^ g >> 13 ^ g >> 22) + (x & y ^ h)) * m;
                s = e + (b >> 6 ^ b >> 11 ^ b >> 25) + (d ^ b & (c ^ d)) + k[3] + w3; a = (uint)(a + s) * m; x = f ^ g; e = (uint)(s + (f >> 2 ^ f >> 13 ^ f >> 22) + (y & x ^ g)) * m;
                s = d + (a >> 6 ^ a >> 11 ^ a >> 25) + (c ^ a & (b ^ c)) + k[4] + w4; h = (uint)(h + s) * m; y = e ^ f; d = (uint)(s + (e >> 2 ^ e >> 13 ^ e >> 22) + (x & y ^ f)) * m;
                s = c + (h >> 6 ^ h >> 11 ^ h >> 25) + (b ^ h & (a ^ b)) + k[5] + w5; g = (uint)(g + s) * m; x = d ^ e; c = (uint)(s + (d >> 2 ^ d >> 13 ^ d >> 22) + (y & x ^ e)) * m;
                s = b + (g >> 6 ^ g >> 11 ^ g >> 25) + (a ^ g & (h ^ a)) + k[6] + w6; f = (uint)(f + s) * m; y = c ^ d; b = (uint)(s + (c >> 2 ^ c >> 13 ^ c >> 22) + (x & y ^ d)) * m;
                s = a + (f >> 6 ^ f >> 11 ^ f >> 25) + (h ^ f & (g ^ h)) + k[7] + w7; e = (uint)(e + s) * m; x = b ^ c; a = (uint)(s + (b >> 2 ^ b >> 13 ^ b >> 22) + (y & x ^ c)) * m;
                s = h + (e >> 6 ^ e >> 11 ^ e >> 25) + (g ^ e & (f ^ g)) + k[8] + w8; d = (uint)(d + s) * m; y = a ^ b; h = (uint)(s + (a >> 2 ^ a >> 13 ^ a >> 22) + (x & y ^ b)) * m;
                s = g + (d >> 6 ^ d >> 11 ^ d >> 25) + (f ^ d & (e ^ f)) + k[9] + w9; c = (uint)(c + s) * m; x = h ^ a; g = (uint)(s + (h >> 2 ^ h >> 13 ^ h >> 22) + (y & x ^ a)) * m;
                s = f + (c >> 6 ^ c >> 11 ^ c >> 25) + (e ^ c & (d ^ e)) + k[10] + w10; b = (uint)(b + s) * m; y = g ^ h; f = (uint)(s + (g >> 2 ^ g >> 13 ^ g >> 22) + (x & y ^ h)) * m;
                s = e + (b >> 6 ^ b >> 11 ^ b >> 25) + (d ^ b & (c ^ d)) + k[11] + w11; a = (uint)(a + s) * m; x = f ^ g; e = (uint)(s + (f >> 2 ^ f >> 13 ^ f >> 22) + (y & x ^ g)) * m;
                s = d + (a >> 6 ^ a >> 11 ^ a >> 25) + (c ^ a & (b ^ c)) + k[12] + w12; h = (uint)(h + s) * m; y = e ^ f; d = (uint)(s + (e >> 2 ^ e >> 13 ^ e >> 22) + (x & y ^ f)) * m;
                s = c + (h >> 6 ^ h >> 11 ^ h >> 25) + (b ^ h & (a ^ b)) + k[13] + w13; g = (uint)(g + s) * m; x = d ^ e; c = (uint)(s + (d >> 2 ^ d >> 13 ^ d >> 22) + (y & x ^ e)) * m;
                s = b + (g >> 6 ^ g >> 11 ^ g >> 25) + (a ^ g & (h ^ a)) + k[14] + w14; f = (uint)(f + s) * m; y = c ^ d; b = (uint)(s + (c >> 2 ^ c >> 13 ^ c >> 22) + (x & y ^ d)) * m;
                s = a + (f >> 6 ^ f >> 11 ^ f >> 25) + (h ^ f & (g ^ h)) + k[15] + w15; e = (uint)(e + s) * m; x = b ^ c; a = (uint)(s + (b >> 2 ^ b >> 13 ^ b >> 22) + (y & x ^ c)) * m;
                if (row == 3)
                {
                    break;
                }

                w0 = (uint)(w0 + (w1 >> 7 ^ w1 >> 18 ^ w1 >> 35) + w9 + (w14 >> 17 ^ w14 >> 19 ^ w14 >> 42)) * m;
                w1 = (uint)(w1 + (w2 >> 7 ^ w2 >> 18 ^ w2 >> 35) + w10 + (w15 >> 17 ^ w15 >> 19 ^ w15 >> 42)) * m;
                w2 = (uint)(w2 + (w3 >> 7 ^ w3 >> 18 ^ w3 >> 35) + w11 + (w0 >> 17 ^ w0 >> 19 ^ w0 >> 42)) * m;
                w3 = (uint)(w3 + (w4 >> 7 ^ w4 >> 18 ^ w4 >> 35) + w12 + (w1 >> 17 ^ w1 >> 19 ^ w1 >> 42)) * m;
                w4 = (uint)(w4 + (w5 >> 7 ^ w5 >> 18 ^ w5 >> 35) + w13 + (w2 >> 17 ^ w2 >> 19 ^ w2 >> 42)) * m;
                w5 = (uint)(w5 + (w6 >> 7 ^ w6 >> 18 ^ w6 >> 35) + w14 + (w3 >> 17 ^ w3 >> 19 ^ w3 >> 42)) * m;
                w6 = (uint)(w6 + (w7 >> 7 ^ w7 >> 18 ^ w7 >> 35) + w15 + (w4 >> 17 ^ w4 >> 19 ^ w4 >> 42)) * m;
                w7 = (uint)(w7 + (w8 >> 7 ^ w8 >> 18 ^ w8 >> 35) + w0 + (w5 >> 17 ^ w5 >> 19 ^ w5 >> 42)) * m;
                w8 = (uint)(w8 + (w9 >> 7 ^ w9 >> 18 ^ w9 >> 35) + w1 + (w6 >> 17 ^ w6 >> 19 ^ w6 >> 42)) * m;
                w9 = (uint)(w9 + (w10 >> 7 ^ w10 >> 18 ^ w10 >> 35) + w2 + (w7 >> 17 ^ w7 >> 19 ^ w7 >> 42)) * m;
                w10 = (uint)(w10 + (w11 >> 7 ^ w11 >> 18 ^ w11 >> 35) + w3 + (w8 >> 17 ^ w8 >> 19 ^ w8 >> 42)) * m;
                w11 = (uint)(w11 + (w12 >> 7 ^ w12 >> 18 ^ w12 >> 35) + w4 + (w9 >> 17 ^ w9 >> 19 ^ w9 >> 42)) * m;
                w12 = (uint)(w12 + (w13 >> 7 ^ w13 >> 18 ^ w13 >> 35) + w5 + (w10 >> 17 ^ w10 >> 19 ^ w10 >> 42)) * m;
                w13 = (uint)(w13 + (w14 >> 7 ^ w14 >> 18 ^ w14 >> 35) + w6 + (w11 >> 17 ^ w11 >> 19 ^ w11 >> 42)) * m;
                w14 = (uint)(w14 + (w15 >> 7 ^ w15 >> 18 ^ w15 >> 35) + w7 + (w12 >> 17 ^ w12 >> 19 ^ w12 >> 42)) * m;
                w15 = (uint)(w15 + (w0 >> 7 ^ w0 >> 18 ^ w0 >> 35) + w8 + (w13 >> 17 ^ w13 >> 19 ^ w13 >> 42)) * m;
            }

            state[0] += (uint)a;
            state[1] += (uint)b;
            state[2] += (uint)c;
            state[3] += (uint)d;
            state[4] += (uint)e;
            state[5] += (uint)f;
            state[6] += (uint)g;
            state[7] += (uint)h;
        }
    }
}
