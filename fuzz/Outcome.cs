namespace Breakwater.Fuzz;

/// <summary>What came of an execution, as one number that is the same on every run (FNV-1a, 64 bits).</summary>
internal struct Outcome()
{
    private ulong hash = 14_695_981_039_346_656_037;

    public void Add(long value)
    {
        for (int shift = 0; shift < 64; shift += 8)
        {
            hash = unchecked((hash ^ (byte)(value >> shift & 0xFF)) * 1_099_511_628_211);
        }
    }

    public void Add(bool value) => Add(value ? 1 : 0);

    /// <summary>Digits count as one: offsets and sizes in a reason make no other behaviour.</summary>
    public void Add(string? reason)
    {
        foreach (char character in reason ?? "")
        {
            Add(char.IsAsciiDigit(character) ? '0' : character);
        }

        Add(-1);
    }

    /// <summary>How many, roughly: more than a few of anything is the same behaviour.</summary>
    public void AddCount(long count) => Add(Math.Min(count, 4));

    public readonly ulong Value => hash;
}
