using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>What one AS is to another.</summary>
public enum AsRelationship : byte
{
    /// <summary>Nothing is known of them as neighbours, which does not mean that they are none.</summary>
    Unknown,
    Provider,
    Customer,
    Peer,
}

/// <summary>
/// Inferred relationships between neighbouring ASes, as CAIDA publishes them: <c>provider|customer|-1</c> and
/// <c>peer|peer|0</c>, in serial-2 with a source after it. Inferences, and wrong for some: what rests on them alone is weak.
/// </summary>
public sealed class AsRelationships
{
    /// <summary>Beyond this a file is no table of the Internet, which has some 600,000 links in view.</summary>
    private const int LinksMax = 20_000_000;

    private const int FaultsMax = 100;

    private readonly ulong[] pairs;
    private readonly AsRelationship[] ofFirst;

    private AsRelationships(
        ulong[] pairs,
        AsRelationship[] ofFirst,
        IReadOnlyList<InputFault> faults
    )
    {
        this.pairs = pairs;
        this.ofFirst = ofFirst;
        Faults = faults;
    }

    public static AsRelationships None { get; } = new([], [], []);

    /// <summary>Links known.</summary>
    public int Count => pairs.Length;

    /// <summary>Lines that could not be used.</summary>
    public IReadOnlyList<InputFault> Faults { get; }

    /// <summary>What <paramref name="one"/> is to <paramref name="other"/>.</summary>
    public AsRelationship Of(Asn one, Asn other)
    {
        int at = pairs.AsSpan().BinarySearch(Pair(one.Number, other.Number));
        return at < 0 ? AsRelationship.Unknown
            : one.Number <= other.Number ? ofFirst[at]
            : Turned(ofFirst[at]);
    }

    /// <param name="file">Decompressed. Lines that begin with # are comments.</param>
    public static AsRelationships Read(SourceFile file)
    {
        var links = new Dictionary<ulong, AsRelationship>();
        var faults = new List<InputFault>();
        ReadOnlySpan<byte> rest = file.Content.Span;
        for (long line = 1; !rest.IsEmpty; line++)
        {
            int end = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> text = (end < 0 ? rest : rest[..end]).Trim(" \r\t"u8);
            rest = end < 0 ? [] : rest[(end + 1)..];
            if (text.IsEmpty || text[0] == '#')
            {
                continue;
            }

            string? reason =
                links.Count == LinksMax ? $"more than {LinksMax} links"
                : !TryLink(text, out ulong pair, out AsRelationship first)
                    ? "not provider|customer|-1 or peer|peer|0"
                : links.TryAdd(pair, first) || links[pair] == first ? null
                : "contradicts an earlier line, which is kept";
            if (reason is not null && faults.Count < FaultsMax)
            {
                faults.Add(
                    new InputFault(
                        file.Name,
                        $"line {line}",
                        reason,
                        "Correct the line or fetch the file again"
                    )
                );
            }
        }

        ulong[] pairs = [.. links.Keys];
        AsRelationship[] ofFirst = [.. links.Values];
        Array.Sort(pairs, ofFirst);
        return new AsRelationships(pairs, ofFirst, faults);
    }

    private static bool TryLink(ReadOnlySpan<byte> text, out ulong pair, out AsRelationship first)
    {
        pair = 0;
        first = AsRelationship.Unknown;
        Span<Range> fields = stackalloc Range[4];
        int count = 0;
        foreach (Range field in text.Split((byte)'|'))
        {
            if (count == fields.Length)
            {
                break;
            }

            fields[count++] = field;
        }

        if (
            count < 3
            || !PrefixText.TryNumber(text[fields[0]], out uint one)
            || !PrefixText.TryNumber(text[fields[1]], out uint other)
            || one == other
        )
        {
            return false;
        }

        ReadOnlySpan<byte> relation = text[fields[2]];
        if (relation.SequenceEqual("-1"u8))
        {
            first = one < other ? AsRelationship.Provider : AsRelationship.Customer;
        }
        else if (relation.SequenceEqual("0"u8))
        {
            first = AsRelationship.Peer;
        }

        pair = Pair(one, other);
        return first != AsRelationship.Unknown;
    }

    private static ulong Pair(uint one, uint other) =>
        one < other ? (ulong)one << 32 | other : (ulong)other << 32 | one;

    private static AsRelationship Turned(AsRelationship relationship) =>
        relationship switch
        {
            AsRelationship.Provider => AsRelationship.Customer,
            AsRelationship.Customer => AsRelationship.Provider,
            _ => relationship,
        };
}
