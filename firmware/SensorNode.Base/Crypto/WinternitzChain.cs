namespace SensorNode.Crypto
{
    /// <summary>The hash chains of a one-time signature (RFC 8554, section 4.5): SHA-256 of I, q, i, j and the former value, over and over.</summary>
    /// <remarks>
    /// The 55 bytes and their padding are exactly one block:
    ///   words 0 to 3: I; word 4: q; word 5: i (16 bits), j (8), first byte of the value; 6 to 13: its rest, 8 bits out of step, and 0x80; 14: 0; 15: 440.
    /// Words 0 to 4 are the same for all chains of a signature, so Begin does the first five rounds, and what those words give to words 16 to 20, once for all of them.
    /// Method and names as in <see cref="Sha256Block"/>. No call and no array within a chain but the constants.
    /// Cost:   bench, lms.verify.il. Memory: nothing allocated after the constructor.
    /// </remarks>
    internal sealed class WinternitzChain
    {
        // What words 16 to 19 take from words 0 to 4, 14 and 15; and word 4.
        private readonly ulong[] _words = new ulong[5];

        // a to h after the first five rounds, doubled.
        private readonly ulong[] _state = new ulong[8];

        /// <summary>Sets the key pair that the chains belong to.</summary>
        /// <param name="bytes">Holds I; not changed.</param>
        /// <param name="offset">Where the 16 bytes of I begin.</param>
        /// <param name="q">Number of the leaf.</param>
        internal void Begin(byte[] bytes, int offset, int q)
        {
            ulong[] state = _state;
            for (int i = 0; i < 8; i++)
            {
                state[i] = Sha256.InitialState[i];
            }

            for (int t = 0; t < 5; t++)
            {
                int p = offset + 4 * t;
                uint word = t == 4 ? (uint)q : (uint)(bytes[p] << 24 | bytes[p + 1] << 16 | bytes[p + 2] << 8 | bytes[p + 3]);
                _words[t] = word * 0x100000001UL;
                Round(state, Sha256Block.RoundConstants[0][t] + word);
            }

            for (int i = 0; i < 8; i++)
            {
                state[i] *= 0x100000001UL;
            }

            ulong length = 440 * 0x100000001UL;
            for (int t = 0; t < 4; t++)
            {
                ulong next = _words[t + 1];
                _words[t] += next >> 7 ^ next >> 18 ^ next >> 35;
            }

            _words[1] += length >> 17 ^ length >> 19 ^ length >> 42;
        }

        /// <summary>One round in plain form; words of the state in the lower halves.</summary>
        private static void Round(ulong[] state, ulong constantAndWord)
        {
            ulong a = state[0] * 0x100000001UL;
            ulong e = state[4] * 0x100000001UL;
            ulong sum = state[7] + (e >> 6 ^ e >> 11 ^ e >> 25) + (state[6] ^ e & (state[5] ^ state[6])) + constantAndWord;
            ulong first = sum + (a >> 2 ^ a >> 13 ^ a >> 22) + ((state[1] ^ state[2]) & (a ^ state[1]) ^ state[1]);
            System.Array.Copy(state, 0, state, 1, 7);
            state[4] = (uint)(state[4] + sum);
            state[0] = (uint)first;
        }

        /// <summary>Goes along one chain.</summary>
        /// <param name="value">uint[8], big-endian words of the value; replaced.</param>
        /// <param name="chain">i in the RFC.</param>
        /// <param name="from">Number of the value given: the first j.</param>
        /// <param name="to">Number of the value wanted, 2^w - 1 for the end of a chain. Not above from: nothing is done.</param>
        internal void Run(uint[] value, int chain, int from, int to)
        {
            ulong m = 0x100000001;
            ulong[][] constants = Sha256Block.RoundConstants;
            ulong[] words = _words;
            ulong first0 = words[0], first1 = words[1], first2 = words[2], first3 = words[3], w4word = words[4];
            ulong[] state = _state;
            ulong a5 = state[0], b5 = state[1], c5 = state[2], d5 = state[3], e5 = state[4], f5 = state[5], g5 = state[6], h5 = state[7];
            ulong y5 = b5 ^ c5;
            ulong t0 = value[0], t1 = value[1], t2 = value[2], t3 = value[3], t4 = value[4], t5 = value[5], t6 = value[6], t7 = value[7];
            ulong head = (uint)chain << 16;
            ulong end = 0x80;
            ulong length = 440 * m;
            ulong ofLength = length >> 7 ^ length >> 18 ^ length >> 35;
            for (int j = from; j < to; j++)
            {
                ulong w5 = (head | (uint)(j << 8) | t0 >> 24) * m;
                ulong w6 = (uint)(t0 << 8 | t1 >> 24) * m;
                ulong w7 = (uint)(t1 << 8 | t2 >> 24) * m;
                ulong w8 = (uint)(t2 << 8 | t3 >> 24) * m;
                ulong w9 = (uint)(t3 << 8 | t4 >> 24) * m;
                ulong w10 = (uint)(t4 << 8 | t5 >> 24) * m;
                ulong w11 = (uint)(t5 << 8 | t6 >> 24) * m;
                ulong w12 = (uint)(t6 << 8 | t7 >> 24) * m;
                ulong w13 = (uint)(t7 << 8 | end) * m;
                ulong d = a5, e = b5, f = c5, g = d5, h = e5, a = f5, b = g5, c = h5;
                ulong x, y = y5, s;
                ulong[] k = constants[0];
                s = c + (h >> 6 ^ h >> 11 ^ h >> 25) + (b ^ h & (a ^ b)) + k[5] + w5; g = (uint)(g + s) * m; x = d ^ e; c = (uint)(s + (d >> 2 ^ d >> 13 ^ d >> 22) + (y & x ^ e)) * m;
                s = b + (g >> 6 ^ g >> 11 ^ g >> 25) + (a ^ g & (h ^ a)) + k[6] + w6; f = (uint)(f + s) * m; y = c ^ d; b = (uint)(s + (c >> 2 ^ c >> 13 ^ c >> 22) + (x & y ^ d)) * m;
                s = a + (f >> 6 ^ f >> 11 ^ f >> 25) + (h ^ f & (g ^ h)) + k[7] + w7; e = (uint)(e + s) * m; x = b ^ c; a = (uint)(s + (b >> 2 ^ b >> 13 ^ b >> 22) + (y & x ^ c)) * m;
                s = h + (e >> 6 ^ e >> 11 ^ e >> 25) + (g ^ e & (f ^ g)) + k[8] + w8; d = (uint)(d + s) * m; y = a ^ b; h = (uint)(s + (a >> 2 ^ a >> 13 ^ a >> 22) + (x & y ^ b)) * m;
                s = g + (d >> 6 ^ d >> 11 ^ d >> 25) + (f ^ d & (e ^ f)) + k[9] + w9; c = (uint)(c + s) * m; x = h ^ a; g = (uint)(s + (h >> 2 ^ h >> 13 ^ h >> 22) + (y & x ^ a)) * m;
                s = f + (c >> 6 ^ c >> 11 ^ c >> 25) + (e ^ c & (d ^ e)) + k[10] + w10; b = (uint)(b + s) * m; y = g ^ h; f = (uint)(s + (g >> 2 ^ g >> 13 ^ g >> 22) + (x & y ^ h)) * m;
                s = e + (b >> 6 ^ b >> 11 ^ b >> 25) + (d ^ b & (c ^ d)) + k[11] + w11; a = (uint)(a + s) * m; x = f ^ g; e = (uint)(s + (f >> 2 ^ f >> 13 ^ f >> 22) + (y & x ^ g)) * m;
                s = d + (a >> 6 ^ a >> 11 ^ a >> 25) + (c ^ a & (b ^ c)) + k[12] + w12; h = (uint)(h + s) * m; y = e ^ f; d = (uint)(s + (e >> 2 ^ e >> 13 ^ e >> 22) + (x & y ^ f)) * m;
                s = c + (h >> 6 ^ h >> 11 ^ h >> 25) + (b ^ h & (a ^ b)) + k[13] + w13; g = (uint)(g + s) * m; x = d ^ e; c = (uint)(s + (d >> 2 ^ d >> 13 ^ d >> 22) + (y & x ^ e)) * m;
                s = b + (g >> 6 ^ g >> 11 ^ g >> 25) + (a ^ g & (h ^ a)) + k[14]; f = (uint)(f + s) * m; y = c ^ d; b = (uint)(s + (c >> 2 ^ c >> 13 ^ c >> 22) + (x & y ^ d)) * m;
                s = a + (f >> 6 ^ f >> 11 ^ f >> 25) + (h ^ f & (g ^ h)) + k[15] + length; e = (uint)(e + s) * m; x = b ^ c; a = (uint)(s + (b >> 2 ^ b >> 13 ^ b >> 22) + (y & x ^ c)) * m;

                // Words 16 to 31, without what is zero or the same for all values.
                ulong w0 = (uint)(first0 + w9) * m;
                ulong w1 = (uint)(first1 + w10) * m;
                ulong w2 = (uint)(first2 + w11 + (w0 >> 17 ^ w0 >> 19 ^ w0 >> 42)) * m;
                ulong w3 = (uint)(first3 + w12 + (w1 >> 17 ^ w1 >> 19 ^ w1 >> 42)) * m;
                ulong w4 = (uint)(w4word + (w5 >> 7 ^ w5 >> 18 ^ w5 >> 35) + w13 + (w2 >> 17 ^ w2 >> 19 ^ w2 >> 42)) * m;
                w5 = (uint)(w5 + (w6 >> 7 ^ w6 >> 18 ^ w6 >> 35) + (w3 >> 17 ^ w3 >> 19 ^ w3 >> 42)) * m;
                w6 = (uint)(w6 + (w7 >> 7 ^ w7 >> 18 ^ w7 >> 35) + length + (w4 >> 17 ^ w4 >> 19 ^ w4 >> 42)) * m;
                w7 = (uint)(w7 + (w8 >> 7 ^ w8 >> 18 ^ w8 >> 35) + w0 + (w5 >> 17 ^ w5 >> 19 ^ w5 >> 42)) * m;
                w8 = (uint)(w8 + (w9 >> 7 ^ w9 >> 18 ^ w9 >> 35) + w1 + (w6 >> 17 ^ w6 >> 19 ^ w6 >> 42)) * m;
                w9 = (uint)(w9 + (w10 >> 7 ^ w10 >> 18 ^ w10 >> 35) + w2 + (w7 >> 17 ^ w7 >> 19 ^ w7 >> 42)) * m;
                w10 = (uint)(w10 + (w11 >> 7 ^ w11 >> 18 ^ w11 >> 35) + w3 + (w8 >> 17 ^ w8 >> 19 ^ w8 >> 42)) * m;
                w11 = (uint)(w11 + (w12 >> 7 ^ w12 >> 18 ^ w12 >> 35) + w4 + (w9 >> 17 ^ w9 >> 19 ^ w9 >> 42)) * m;
                w12 = (uint)(w12 + (w13 >> 7 ^ w13 >> 18 ^ w13 >> 35) + w5 + (w10 >> 17 ^ w10 >> 19 ^ w10 >> 42)) * m;
                w13 = (uint)(w13 + w6 + (w11 >> 17 ^ w11 >> 19 ^ w11 >> 42)) * m;
                ulong w14 = (uint)(ofLength + w7 + (w12 >> 17 ^ w12 >> 19 ^ w12 >> 42)) * m;
                ulong w15 = (uint)(length + (w0 >> 7 ^ w0 >> 18 ^ w0 >> 35) + w8 + (w13 >> 17 ^ w13 >> 19 ^ w13 >> 42)) * m;

                for (int row = 1; ; row++)
                {
                    k = constants[row];
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

                t0 = (uint)(a + 0x6A09E667);
                t1 = (uint)(b + 0xBB67AE85);
                t2 = (uint)(c + 0x3C6EF372);
                t3 = (uint)(d + 0xA54FF53A);
                t4 = (uint)(e + 0x510E527F);
                t5 = (uint)(f + 0x9B05688C);
                t6 = (uint)(g + 0x1F83D9AB);
                t7 = (uint)(h + 0x5BE0CD19);
            }

            value[0] = (uint)t0;
            value[1] = (uint)t1;
            value[2] = (uint)t2;
            value[3] = (uint)t3;
            value[4] = (uint)t4;
            value[5] = (uint)t5;
            value[6] = (uint)t6;
            value[7] = (uint)t7;
        }
    }
}
