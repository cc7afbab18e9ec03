using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>Where an expectation comes from, the strongest first.</summary>
public enum ExpectationBasis : byte
{
    /// <summary>The holder of the prefix said so.</summary>
    Configured,

    /// <summary>The RPKI authorises this origin and not the other (RFC 6811).</summary>
    Rpki,

    /// <summary>Peers held it in a table dump that was read before.</summary>
    Baseline,

    /// <summary>Most peers announced it in the window read; nothing older is known.</summary>
    Window,
}

/// <summary>
/// One way in which a prefix is expected to be announced. A prefix may have several; an announcement is as expected when it
/// fits one of them.
/// </summary>
public sealed record Expectation
{
    public required IpPrefix Prefix { get; init; }

    /// <summary>Null allows every origin; empty expects nobody to announce the prefix (squatting otherwise).</summary>
    public IReadOnlyList<Asn>? Origins { get; init; }

    /// <summary>ASes next to the origin on the path; null allows every one.</summary>
    public IReadOnlyList<Asn>? Neighbours { get; init; }

    /// <summary>True when the neighbours were told not to export the route.</summary>
    public bool IsNotExported { get; init; }

    public ExpectationBasis Basis { get; init; } = ExpectationBasis.Configured;
}

/// <summary>Expectations by prefix, with the most specific one that covers an announcement.</summary>
public sealed class Expectations
{
    private readonly Dictionary<IpPrefix, List<Expectation>> byPrefix = [];
    private readonly SortedSet<byte> lengthsV4 = [];
    private readonly SortedSet<byte> lengthsV6 = [];

    public Expectations(IEnumerable<Expectation> expectations)
    {
        ArgumentNullException.ThrowIfNull(expectations);
        foreach (Expectation expectation in expectations)
        {
            if (!byPrefix.TryGetValue(expectation.Prefix, out List<Expectation>? rules))
            {
                byPrefix.Add(expectation.Prefix, rules = []);
                (expectation.Prefix.IsV6 ? lengthsV6 : lengthsV4).Add(expectation.Prefix.Length);
            }

            rules.Add(expectation);
        }
    }

    public static Expectations None { get; } = new([]);

    public int Count => byPrefix.Count;

    /// <summary>What is expected of the most specific known prefix that is or covers this one; empty when there is none.</summary>
    public IReadOnlyList<Expectation> Covering(IpPrefix prefix)
    {
        foreach (byte length in (prefix.IsV6 ? lengthsV6 : lengthsV4).Reverse())
        {
            if (length <= prefix.Length && byPrefix.TryGetValue(Cut(prefix, length), out var rules))
            {
                return rules;
            }
        }

        return [];
    }

    private static IpPrefix Cut(IpPrefix prefix, byte length) =>
        new(
            length == 0 ? 0 : prefix.Bits & (UInt128.MaxValue << (128 - length)),
            length,
            prefix.IsV6
        );
}
