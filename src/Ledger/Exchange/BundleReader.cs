using System.Text;
using System.Text.Json;
using Breakwater.Vocabulary;

namespace Breakwater.Ledger.Exchange;

/// <summary>An event that came through quarantine, with the line it stands on.</summary>
public sealed record Quarantined(int Line, BundledEvent Bundled);

/// <summary>A bundle as far as it can be believed.</summary>
/// <param name="Made">Null when the first line does not say so in a way that can be checked; then nothing else was read.</param>
/// <param name="Node">Of the node that made it: its key is the one that the first line names, which need not be trusted.</param>
public sealed record BundleRead(
    BundleMade? Made,
    Verifier? Node,
    IReadOnlyList<Quarantined> Events,
    IReadOnlyList<InputFault> Faults
)
{
    /// <summary>Whole files whose octets are what their hash says. Whether an event names them is not asked here.</summary>
    public IReadOnlyList<CarriedOctets> Octets { get; init; } = [];
}

/// <summary>
/// Quarantine: checks each line by itself (size, canonical form, payload, signature, origin, marking) and each subject's versions
/// without a gap. What fails is named by its line, and the rest is read.
/// </summary>
public sealed class BundleReader
{
    private const string Again = "Ask for the bundle again; the other lines were read";

    private readonly string _name;
    private readonly List<InputFault> _faults = [];
    private readonly List<Quarantined> _events = [];
    private readonly PartsOfFiles _parts = new();
    private readonly Dictionary<string, long> _versions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _broken = new(StringComparer.Ordinal);

    private BundleReader(string name) => _name = name;

    public static BundleRead Read(string name, ReadOnlySpan<byte> octets)
    {
        var reader = new BundleReader(name);
        if (octets.Length > Bundle.OctetsMax)
        {
            reader.Fault(
                0,
                $"it has {octets.Length} octets, and a bundle at most {Bundle.OctetsMax}",
                "Ask for fewer subjects in one bundle"
            );
            return new BundleRead(null, null, [], reader._faults);
        }

        return reader.Lines(octets);
    }

    private BundleRead Lines(ReadOnlySpan<byte> octets)
    {
        BundleMade? made = null;
        Verifier? node = null;
        int at = 0;
        while (octets.Length > 0)
        {
            int end = octets.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? octets : octets[..end];
            octets = end < 0 ? default : octets[(end + 1)..];
            at++;
            if (at > Bundle.EventsMax + 1)
            {
                Fault(
                    at,
                    $"a bundle has at most {Bundle.EventsMax} events",
                    "The rest was not read"
                );
                break;
            }

            if (at > 1 && Bundle.Part.Is(line))
            {
                if (_parts.Take(line) is { } damage)
                {
                    Fault(at, damage, Again);
                }
            }
            else if (Parse(at, line) is not { } one)
            {
                if (at == 1)
                {
                    break;
                }
            }
            else if (at > 1)
            {
                Take(at, one, node!);
            }
            else
            {
                (made, node) = First(one);
                if (made is null)
                {
                    break;
                }
            }
        }

        if (made is null && _faults.Count == 0)
        {
            Fault(1, "it is empty", "Give a file that 'breakwater bundle export' wrote");
        }
        else if (made is not null && (long)made.Events + made.Parts != at - 1)
        {
            Fault(
                0,
                $"it should hold {made.Events} events{(made.Parts > 0 ? $" and {made.Parts} parts of files" : "")}, and {at - 1} lines follow: it was cut off or put together",
                "Ask for it again; what is here was read"
            );
        }

        if (made is not null && _parts.WhyNotWhole is { } broken)
        {
            Fault(at, broken, Again);
        }

        return new BundleRead(made, node, _events, _faults)
        {
            Octets = made is null ? [] : _parts.Files,
        };
    }

    /// <summary>The octets of a line as an event; what cannot be one is a fault.</summary>
    private BundledEvent? Parse(int at, ReadOnlySpan<byte> line)
    {
        if (line.Length > Bundle.LineOctetsMax)
        {
            Fault(at, $"a line has at most {Bundle.LineOctetsMax} octets", Again);
            return null;
        }

        try
        {
            Bundle.Line? read = JsonSerializer.Deserialize<Bundle.Line>(line, Json.Compact);
            if (
                read is { Envelope: not null, Payload: not null, Signature: not null }
                && Event.TryRead(
                    Encoding.UTF8.GetBytes(read.Envelope),
                    Encoding.UTF8.GetBytes(read.Payload),
                    Convert.FromBase64String(read.Signature),
                    out Event? entry
                )
            )
            {
                return new BundledEvent(entry, read.Origin);
            }
        }
        catch (Exception fault) when (fault is JsonException or FormatException) { }

        Fault(at, "it is no event: the line is damaged or cut off", Again);
        return null;
    }

    private (BundleMade? Made, Verifier? Node) First(BundledEvent first)
    {
        BundleMade? made = null;
        try
        {
            made = JsonSerializer.Deserialize<BundleMade>(first.Entry.Payload.Span, Json.Compact);
        }
        catch (JsonException) { }

        if (
            first.Entry.Envelope.Type != nameof(BundleMade)
            || made
                is not { Node: not null, To: not null, Organisation: not null, Subjects: not null }
            || made.Format != Bundle.Format
        )
        {
            Fault(
                1,
                $"it does not begin as a {Bundle.Format}",
                "Give a file that 'breakwater bundle export' of this or an older version wrote"
            );
            return (null, null);
        }

        if (
            !Verifier.TryParse(made.Node, out Verifier? node)
            || !node.IsNamedByKey
            || WhyDamaged(first.Entry, node) is not null
        )
        {
            Fault(1, "the node that it names did not sign it", "Do not use it; ask for it again");
            return (null, null);
        }

        return (made, node);
    }

    private void Take(int at, BundledEvent one, Verifier node)
    {
        string subject = one.Entry.Envelope.Subject;
        long due = _versions.GetValueOrDefault(subject) + 1;
        string? reason = WhyDamaged(one.Entry, node) ?? WhyNoOrigin(one) ?? WhyPractice(one, node);
        if (reason is not null)
        {
            Fault(at, reason, Again);
            _broken.Add(subject);
        }
        else if (one.Entry.Envelope.SubjectVersion < due)
        {
            Fault(at, $"version {due - 1} of {subject} came before", "Nothing is lost by it");
        }
        else if (one.Entry.Envelope.SubjectVersion > due)
        {
            if (_broken.Add(subject) || due == 1)
            {
                Fault(
                    at,
                    $"version {one.Entry.Envelope.SubjectVersion} of {subject} comes where {due} was due",
                    "Ask for the whole subject in one bundle; what stands before the gap was read"
                );
            }
        }
        else if (due > Bundle.EventsOfOneMax)
        {
            Fault(at, $"a subject has at most {Bundle.EventsOfOneMax} events in a bundle", Again);
        }
        else
        {
            _versions[subject] = due;
            _events.Add(new Quarantined(at, one));
        }
    }

    /// <summary>Practice that was handed on as if it had happened, or the reverse (INV-13).</summary>
    private static string? WhyPractice(BundledEvent one, Verifier node) =>
        one.Origin is { } origin
        && Verifier.TryParse(origin.Verifier, out Verifier? first)
        && first.IsExercise != node.IsExercise
            ? first.IsExercise
                ? $"it happened in the exercise {first.Name}, and nothing of an exercise goes on from a node that is none"
                : $"it happened on {first.Name}, which is no exercise, and this is one"
            : null;

    private static string? WhyDamaged(Event entry, Verifier node)
    {
        if (
            Verification.OfEvent(entry, new Dictionary<string, Verifier> { [node.Name] = node })
            is [var damage, ..]
        )
        {
            return damage.Kind switch
            {
                DamageKind.NodeUnknown =>
                    $"it was signed by {entry.Envelope.Node}, and not by the node that made the bundle",
                DamageKind.SignatureBad =>
                    "its signature is not of this event: somebody changed it",
                DamageKind.PayloadChanged => "its payload is not the one that was signed",
                _ => damage.Detail,
            };
        }

        try
        {
            return CanonicalJson.Of(entry.PayloadJson).AsSpan().SequenceEqual(entry.Payload.Span)
                ? null
                : "its payload is not in canonical form";
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return "its payload is no JSON";
        }
    }

    /// <summary>An event that happened on a third node must be what that node signed, and be marked no wider.</summary>
    private static string? WhyNoOrigin(BundledEvent one)
    {
        Envelope carried = one.Entry.Envelope;
        string? kept = SignedOrigin.KeptBy(carried);
        if (kept is null)
        {
            return one.Origin is null ? null : "it names an origin that it was not signed with";
        }

        if (
            one.Origin is not { Verifier: not null, Envelope: not null, Signature: not null } origin
            || origin.Kept().Sha256 != kept
        )
        {
            return "its origin is missing or another one";
        }

        if (!origin.IsSigned(out Envelope? signed))
        {
            return "its origin was not signed by the node that it names";
        }

        if (
            (signed.Subject, signed.Type, signed.Schema, signed.Author, signed.PayloadSha256)
            != (
                carried.Subject,
                carried.Type,
                carried.Schema,
                carried.Author,
                carried.PayloadSha256
            )
        )
        {
            return "it says something else than its origin";
        }

        return
            signed.Marking.AfterHop(carried.Marking.Organisation ?? "") is { } hop
            && carried.Marking.IsAtMostAsWideAs(hop)
            ? null
            : "it is marked wider than its origin lets it be";
    }

    private void Fault(int line, string reason, string remedy)
    {
        if (_faults.Count < Bundle.EventsMax)
        {
            _faults.Add(new InputFault(_name, line == 0 ? "" : $"line {line}", reason, remedy));
        }
    }
}
