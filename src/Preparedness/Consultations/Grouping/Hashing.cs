namespace Breakwater.Preparedness.Consultations.Grouping;

/// <summary>Numbers for texts, the same on every machine and in every run.</summary>
internal static class Hashing
{
    // FNV-1a, 64 bits (Fowler, Noll, Vo).
    private const ulong Basis = 14_695_981_039_346_656_037;
    private const ulong Prime = 1_099_511_628_211;

    public static ulong Of(ReadOnlySpan<char> text)
    {
        ulong hash = Basis;
        foreach (char letter in text)
        {
            hash = unchecked((hash ^ letter) * Prime);
        }

        return Mixed(hash);
    }

    public static ulong Of(IEnumerable<Term> terms)
    {
        ulong hash = Basis;
        foreach (Term term in terms)
        {
            hash = unchecked((hash ^ term.Hash) * Prime);
        }

        return Mixed(hash);
    }

    /// <summary>The last step of splitmix64 (Steele, Lea, Flood 2014): every bit depends on every bit.</summary>
    public static ulong Mixed(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
            value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
            return value ^ (value >> 31);
        }
    }
}
