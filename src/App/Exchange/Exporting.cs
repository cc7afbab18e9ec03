using Breakwater.App.Subjects;
using Breakwater.Ledger;
using Breakwater.Ledger.Exchange;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Exchange;

/// <summary>What stays here: how many events of how many subjects, and the rule that keeps them.</summary>
internal sealed record Withheld(string Reason, int Subjects, int Events);

/// <param name="File">Null when nothing may go.</param>
internal sealed record Exported(
    byte[]? File,
    int Subjects,
    int Events,
    IReadOnlyList<Withheld> Withheld
)
{
    /// <summary>Files of publications that go with them.</summary>
    public int Files { get; init; }
}

/// <summary>
/// Writes a bundle of subjects for one peer. Of each subject go its events from the first on, up to the first that may not: a
/// state cannot be made from events with one missing.
/// </summary>
internal static class Exporting
{
    public const int SubjectsMax = 1_000;
    private const string Stays = "this kind does not travel";
    private const string FileStays =
        "files of a publication are larger than a bundle carries, or than is left in this one";
    private const string TooLarge = "an event is larger than a line of a bundle may be";

    /// <summary>The first line goes before them.</summary>
    private const int OctetsMax = Bundle.OctetsMax - Bundle.LineOctetsMax;
    private const string TooLong = "more events than a bundle takes of one subject";
    private const string Author = "operator";
    private static readonly Marking _marking = new(Distribution.Community, Tlp.Green);

    public static async Task<(Exported? Exported, Refusal? Refusal)> Do(
        IRecords records,
        IReadOnlyList<string> subjects,
        Peer peer,
        Instant now,
        CancellationToken cancel
    )
    {
        if (subjects.Count > SubjectsMax)
        {
            return (null, Refusal.TooMuch($"a bundle takes at most {SubjectsMax} subjects"));
        }

        if (Peers.WhyApart(records, peer.Node) is { } apart)
        {
            return (null, apart);
        }

        subjects =
        [
            .. subjects,
            .. await Publishing
                .Recipients.Owed(records, peer.Node.Name, cancel)
                .ConfigureAwait(false),
        ];
        Audience audience = await Audience.Of(records, peer, now).ConfigureAwait(false);
        using var lines = new MemoryStream();
        int events = 0;
        var gone = new List<string>();
        var cut = new List<string>();
        var withheld = new List<(string Reason, int Events)>();
        foreach (string subject in subjects.Distinct(StringComparer.Ordinal))
        {
            if (await records.Document(subject).ConfigureAwait(false) is null)
            {
                return (
                    null,
                    Refusal.Invalid($"there is no {subject} here; check the name: kind/id")
                );
            }

            (int written, string? reason, int kept) = await Write(
                    records,
                    subject,
                    audience,
                    lines,
                    cancel
                )
                .ConfigureAwait(false);
            if (reason is not null)
            {
                withheld.Add((reason, kept));
                cut.Add(subject);
            }

            if (written > 0)
            {
                gone.Add(subject);
                events += written;
            }

            if (events > Bundle.EventsMax || lines.Length > OctetsMax)
            {
                return (
                    null,
                    Refusal.TooMuch(
                        $"up to {subject} there is more than one bundle takes; name fewer subjects, and the others in another one"
                    )
                );
            }
        }

        (IReadOnlyList<CarriedOctets> files, int stay) = await CarriedFiles
            .For(
                records,
                // Whole subjects alone: a publication that is not there cannot be shown.
                gone.Except(cut, StringComparer.Ordinal),
                OctetsMax - lines.Length
            )
            .ConfigureAwait(false);
        byte[][] parts = [.. files.SelectMany(Bundle.Write)];
        if (stay > 0)
        {
            withheld.Add((FileStays, 0));
        }

        Withheld[] stays =
        [
            .. withheld
                .GroupBy(one => one.Reason, StringComparer.Ordinal)
                .Select(group => new Withheld(
                    group.Key,
                    group.Count(),
                    group.Sum(one => one.Events)
                )),
        ];
        return (
            new Exported(
                events == 0
                    ? null
                    :
                    [
                        .. await Made(records, peer, events, gone, parts.Length, cancel)
                            .ConfigureAwait(false),
                        .. lines.ToArray(),
                        .. parts.SelectMany(part => part),
                    ],
                gone.Count,
                events,
                stays
            )
            {
                Files = files.Count,
            },
            null
        );
    }

    /// <returns>How many may go, and why not all of them and how many stay.</returns>
    private static async Task<(int Written, string? Reason, int Kept)> Write(
        IRecords records,
        string subject,
        Audience audience,
        MemoryStream lines,
        CancellationToken cancel
    )
    {
        bool travels = Catalogue.Known.Of(subject.Split('/')[0]) is { Travels: true };
        string? reason = null;
        (int written, int kept) = (0, 0);
        await foreach (
            Event entry in records.EventsOf(subject, cancel: cancel).ConfigureAwait(false)
        )
        {
            reason ??=
                !travels ? Stays
                : written == Bundle.EventsOfOneMax ? TooLong
                : audience.WhyNot(entry);
            byte[] line = reason is null
                ? Bundle.Write(
                    new BundledEvent(entry, await Origin(records, entry).ConfigureAwait(false))
                )
                : [];
            reason ??= line.Length > Bundle.LineOctetsMax ? TooLarge : null;
            if (reason is not null)
            {
                kept++;
                continue;
            }

            lines.Write(line);
            written++;
            if (lines.Length > OctetsMax)
            {
                break;
            }
        }

        return (written, reason, kept);
    }

    private static async Task<SignedOrigin?> Origin(IRecords records, Event entry) =>
        SignedOrigin.KeptBy(entry.Envelope) is { } sha256
        && await records.Evidence(sha256).ConfigureAwait(false) is { } octets
            ? SignedOrigin.Read(octets)
            : null;

    /// <summary>The first line. It is an event: what left, and for whom, is in the ledger before it is written out.</summary>
    private static async Task<byte[]> Made(
        IRecords records,
        Peer peer,
        int events,
        IReadOnlyList<string> subjects,
        int parts,
        CancellationToken cancel
    )
    {
        string ledger = $"bundles/{peer.Node.Name}";
        var made = new BundleMade(
            Bundle.Format,
            records.Node.ToString(),
            peer.Node.Name,
            peer.Organisation,
            events,
            subjects
        )
        {
            Parts = parts,
        };
        while (true)
        {
            AppendOutcome outcome = await records
                .Append(
                    ledger,
                    await records.Version(ledger).ConfigureAwait(false),
                    [Draft.Of(nameof(BundleMade), made, _marking, Author)],
                    cancel
                )
                .ConfigureAwait(false);
            if (outcome is Appended appended)
            {
                return Bundle.Write(new BundledEvent(appended.Events[0]));
            }
        }
    }
}
