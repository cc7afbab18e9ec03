using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>Dense numbers, from 0 in the order of first sight, for the ASes that originate routes.</summary>
public sealed class AsnNumbers
{
    private readonly Dictionary<uint, int> numbers = [];
    private readonly List<Asn> asns = [];
    private readonly int max;

    internal AsnNumbers(int max) => this.max = max;

    public int Count => asns.Count;

    public Asn this[int number] => asns[number];

    /// <returns>The number, or -1 when the AS was never seen.</returns>
    public int Find(Asn asn) => numbers.GetValueOrDefault(asn.Number, -1);

    /// <returns>The number, or -1 when no more are kept.</returns>
    internal int Add(Asn asn)
    {
        if (numbers.TryGetValue(asn.Number, out int number))
        {
            return number;
        }

        if (asns.Count == max)
        {
            return -1;
        }

        numbers.Add(asn.Number, asns.Count);
        asns.Add(asn);
        return asns.Count - 1;
    }
}
