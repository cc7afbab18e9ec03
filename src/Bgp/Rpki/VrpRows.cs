using System.Text;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Bgp;

/// <summary>Payloads and faults of one file while it is read.</summary>
internal sealed class VrpRows(SourceFile file)
{
    /// <summary>Enough to see every kind of damage of a file; a file of nothing but faults must not fill the memory.</summary>
    private const int FaultsMax = 1000;

    private const string FixRow =
        "Correct the row or export the file again; the other rows are used";

    private readonly List<Vrp> vrps = [];
    private readonly List<Aspa> aspas = [];
    private readonly List<RouterKey> routerKeys = [];
    private readonly List<InputFault> faults = [];
    private readonly List<byte[]> anchorOctets = [];
    private readonly List<string> anchors = [];
    private long faultsLeftOut;
    private int skipped;
    private int lineAt;
    private int line = 1;

    public Instant? GeneratedAt { get; set; }

    /// <summary>Octets before what the readers are given.</summary>
    public void Skip(int octets) => skipped = octets;

    public ReadOnlySpan<byte> Octets => file.Content.Span[skipped..];

    public void Add(Vrp vrp) => vrps.Add(vrp);

    public void Add(Aspa aspa) => aspas.Add(aspa);

    public void Add(RouterKey key) => routerKeys.Add(key);

    /// <summary>Adds a VRP, or the fault that its values have.</summary>
    /// <param name="maxLength">Null when the row does not give it: then it is the prefix's (RFC 6482 section 3.3).</param>
    /// <param name="at">Where the row begins.</param>
    public void Add(
        ReadOnlySpan<byte> prefixText,
        Asn asn,
        uint? maxLength,
        string? trustAnchor,
        Instant? notBefore,
        Instant? notAfter,
        int at
    )
    {
        if (PrefixText.Read(prefixText, out IpPrefix prefix) is { } reason)
        {
            Fault(at, $"{Shown(prefixText)} {reason}");
        }
        else if (maxLength < prefix.Length || maxLength > prefix.MaxLength)
        {
            Fault(
                at,
                $"the maximum length {maxLength} of {prefix} is not from {prefix.Length} to {prefix.MaxLength}"
            );
        }
        else
        {
            vrps.Add(
                new Vrp(prefix, (byte)(maxLength ?? prefix.Length), asn, trustAnchor)
                {
                    NotBefore = notBefore,
                    NotAfter = notAfter,
                }
            );
        }
    }

    /// <summary>A name of a trust anchor, each made once. A file with more of them than any could have is told by null.</summary>
    public string? Anchor(ReadOnlySpan<byte> text)
    {
        for (int at = 0; at < anchors.Count; at++)
        {
            if (text.SequenceEqual(anchorOctets[at]))
            {
                return anchors[at];
            }
        }

        const int anchorsMax = 256;
        if (text.IsEmpty || text.SequenceEqual("N/A"u8) || anchors.Count == anchorsMax)
        {
            return null;
        }

        anchorOctets.Add(text.ToArray());
        anchors.Add(Shown(text));
        return anchors[^1];
    }

    public void Fault(int at, string reason, string remedy = FixRow)
    {
        if (faults.Count == FaultsMax)
        {
            faultsLeftOut++;
            return;
        }

        // Faults come in the order of the file, so that the whole of it is counted through once.
        if (at >= lineAt)
        {
            line += Octets[lineAt..at].Count((byte)'\n');
            lineAt = at;
        }

        faults.Add(
            new InputFault(file.Name, $"line {line}, offset {at + skipped}", reason, remedy)
        );
    }

    public bool IsFull => faults.Count == FaultsMax;

    public VrpExport Export(Instant? receivedAt)
    {
        if (faultsLeftOut > 0)
        {
            faults.Add(
                new InputFault(file.Name, "", $"{faultsLeftOut} more rows have faults", FixRow)
            );
        }

        return new VrpExport(
            new VrpSource(file.Name, file.Sha256, GeneratedAt ?? receivedAt, vrps.Count)
            {
                StatesTime = GeneratedAt is not null,
            },
            vrps,
            aspas,
            routerKeys,
            faults
        );
    }

    /// <summary>Text of the input, short enough for a fault.</summary>
    public static string Shown(ReadOnlySpan<byte> text)
    {
        const int octetsMax = 60;
        return string.Concat(
            Encoding
                .UTF8.GetString(text.Length > octetsMax ? text[..octetsMax] : text)
                .Select(character => char.IsControl(character) ? ' ' : character)
        );
    }
}
