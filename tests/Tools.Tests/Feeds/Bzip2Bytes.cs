namespace Breakwater.Tests.Feeds;

/// <summary>
/// Writes bzip2 streams symbol by symbol, which no compressor would do, and decodes what it writes slowly and plainly. Octets 0
/// to 253 are in use, so there are 256 symbols, and each has its own number as its code of eight bits: what is put into a
/// block stands in the stream as it is.
/// </summary>
internal sealed class Bzip2Bytes
{
    public const ulong BlockMagic = 0x314159265359;
    public const ulong EndMagic = 0x177245385090;
    private const int Used = 254;
    private const int EndOfBlock = Used + 1;

    private readonly List<bool> bits = [];
    private readonly List<byte> content = [];
    private uint streamCrc;

    public byte[] Content => [.. content];

    public byte[] Octets =>
        [
            .. bits.Chunk(8)
                .Select(eight => (byte)eight.Select((bit, index) => bit ? 128 >> index : 0).Sum()),
        ];

    public Bzip2Bytes Header(int level = 9)
    {
        streamCrc = 0;
        foreach (char letter in $"BZh{level}")
        {
            Put(letter, 8);
        }

        return this;
    }

    /// <param name="symbols">0 and 1 are digits of runs, others ranks plus one.</param>
    /// <param name="spareSelectors">More selectors than there are groups; moves what follows by as many bits.</param>
    public Bzip2Bytes Block(byte[] symbols, int origin = 0, int spareSelectors = 0)
    {
        byte[] decoded = Expand(Walk(LastColumn(symbols), origin));
        uint crc = Crc(decoded);
        streamCrc = uint.RotateLeft(streamCrc, 1) ^ crc;
        content.AddRange(decoded);
        Put(BlockMagic, 48).Put(crc, 32).Put(0, 1).Put((ulong)origin, 24);
        Put(0xFFFF, 16);
        for (int range = 0; range < 16; range++)
        {
            Put(range < 15 ? 0xFFFFu : 0xFFFC, 16);
        }

        int groups = (symbols.Length + 1 + 49) / 50;
        Put(2, 3).Put((ulong)(groups + spareSelectors), 15);

        // The first code, then the less recent of the two again and again; spare groups stay with theirs.
        Put(0, 1);
        for (int group = 1; group < groups; group++)
        {
            Put(0b10, 2);
        }

        bits.AddRange(new bool[spareSelectors]);
        for (int code = 0; code < 2; code++)
        {
            Put(8, 5);
            bits.AddRange(new bool[Used + 2]);
        }

        foreach (byte symbol in symbols)
        {
            Put(symbol, 8);
        }

        return Put(EndOfBlock, 8);
    }

    public Bzip2Bytes End()
    {
        Put(EndMagic, 48).Put(streamCrc, 32);
        bits.AddRange(new bool[(8 - bits.Count % 8) % 8]);
        return this;
    }

    private Bzip2Bytes Put(ulong value, int count)
    {
        for (int bit = count - 1; bit >= 0; bit--)
        {
            bits.Add((value >> bit & 1) == 1);
        }

        return this;
    }

    private static byte[] LastColumn(byte[] symbols)
    {
        List<byte> order = [.. Enumerable.Range(0, Used).Select(octet => (byte)octet)];
        var column = new List<byte>();
        int weight = 1;
        foreach (byte symbol in symbols)
        {
            if (symbol <= 1)
            {
                column.AddRange(Enumerable.Repeat(order[0], (symbol + 1) * weight));
                weight *= 2;
                continue;
            }

            weight = 1;
            byte octet = order[symbol - 1];
            order.RemoveAt(symbol - 1);
            order.Insert(0, octet);
            column.Add(octet);
        }

        return [.. column];
    }

    private static byte[] Walk(byte[] column, int origin)
    {
        int[] rows = [.. Enumerable.Range(0, column.Length).OrderBy(row => column[row])];
        byte[] walked = new byte[column.Length];
        for (int at = 0, row = rows[origin]; at < walked.Length; at++, row = rows[row])
        {
            walked[at] = column[row];
        }

        return walked;
    }

    private static byte[] Expand(byte[] packed)
    {
        var expanded = new List<byte>();
        int equal = 0;
        for (int at = 0; at < packed.Length; at++)
        {
            equal = at > 0 && equal > 0 && packed[at] == packed[at - 1] ? equal + 1 : 1;
            expanded.Add(packed[at]);
            if (equal == 4 && at + 1 < packed.Length)
            {
                expanded.AddRange(Enumerable.Repeat(packed[at], packed[++at]));
                equal = 0;
            }
        }

        return [.. expanded];
    }

    private static uint Crc(byte[] octets)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte octet in octets)
        {
            for (int bit = 7; bit >= 0; bit--)
            {
                bool carry = (crc >> 31) != (uint)(octet >> bit & 1);
                crc = unchecked(crc << 1) ^ (carry ? 0x04C11DB7u : 0);
            }
        }

        return ~crc;
    }
}
