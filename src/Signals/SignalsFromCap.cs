using System.Xml.Linq;
using Breakwater.Signals.Cap;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals;

/// <summary>
/// Alerts in the Common Alerting Protocol, 1.1 and 1.2. A failure of telecommunications is a claim of its sender, power, cables, curfews and
/// disasters are circumstances; exercises, tests and drafts are reported and never become a signal.
/// </summary>
public static class SignalsFromCap
{
    private const int FaultLimit = 200;

    private const int NotesMax = 200;

    public static bool IsCap(SourceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        ReadOnlySpan<byte> head = file.Content.Span[..Math.Min(1 << 14, file.Content.Length)];
        return head.TrimStart("\uFEFF \r\n\t"u8) is [(byte)'<', ..]
            && head.IndexOf("urn:oasis:names:tc:emergency:cap:1."u8) >= 0;
    }

    /// <param name="place">The country of areas whose country the message does not tell.</param>
    public static SignalsRead Read(SourceFile file, Place? place = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        var faults = new FaultList(file.Name, FaultLimit);
        List<CapAlert> alerts = [];
        foreach (XElement element in CapDocument.Alerts(file, faults))
        {
            (CapAlert? alert, string? fault) = CapAlert.Of(element);
            if (alert is null)
            {
                faults.Add($"line {CapAlert.Line(element)}", fault!, "The alert is left out");
            }
            else
            {
                alerts.Add(alert);
            }
        }

        var notes = new SortedSet<string>(StringComparer.Ordinal);
        Dictionary<string, CapAlert> ended = Ended(alerts, notes);
        List<Signal> signals = [];
        foreach (CapAlert alert in alerts.Where(alert => IsOfNow(alert, notes)))
        {
            ended.TryGetValue(alert.Key, out CapAlert? by);
            if (by?.Kind == "Update")
            {
                notes.Add($"CAP: {alert.Identifier} is replaced by {by.Identifier}");
                continue;
            }

            foreach (CapInfo info in OneLanguage(alert.Infos))
            {
                signals.AddRange(Signals(file, alert, info, by, place, faults, notes));
            }
        }

        return new SignalsRead(
            [.. signals.DistinctBy(signal => signal.Id)],
            faults.ToList(),
            [
                .. notes.Take(NotesMax),
                .. notes.Count > NotesMax
                    ? (string[])[$"CAP: {notes.Count - NotesMax} further notes"]
                    : [],
            ]
        );
    }

    /// <summary>Which messages later ones of the input replace or cancel. Only an actual message can end an actual one.</summary>
    private static Dictionary<string, CapAlert> Ended(
        List<CapAlert> alerts,
        SortedSet<string> notes
    )
    {
        HashSet<string> present = [.. alerts.Select(alert => alert.Key)];
        var ended = new Dictionary<string, CapAlert>(StringComparer.Ordinal);
        foreach (
            CapAlert alert in alerts
                .Where(alert => alert is { Kind: "Update" or "Cancel", Status: "Actual" })
                .OrderBy(alert => alert.Sent)
                .ThenBy(alert => alert.Key, StringComparer.Ordinal)
        )
        {
            foreach (string reference in alert.References.Where(key => key != alert.Key))
            {
                ended[reference] = alert;
                if (!present.Contains(reference))
                {
                    notes.Add(
                        $"CAP: {alert.Identifier} is an {alert.Kind} of {reference}, which is not in this input"
                    );
                }
            }
        }

        return ended;
    }

    private static bool IsOfNow(CapAlert alert, SortedSet<string> notes)
    {
        if (alert.Status != "Actual")
        {
            notes.Add(
                $"CAP: {alert.Identifier} has the status {alert.Status}: nothing in it has happened, so no signal is made of it"
            );
            return false;
        }

        if (alert.Kind is not ("Alert" or "Update"))
        {
            notes.Add($"CAP: {alert.Identifier} is a message of type {alert.Kind}");
            return false;
        }

        return true;
    }

    /// <summary>A message repeats itself in other languages: English where it is there, because events are told by English words, else the first.</summary>
    private static IEnumerable<CapInfo> OneLanguage(IReadOnlyList<CapInfo> infos)
    {
        string? language =
            infos
                .FirstOrDefault(info =>
                    info.Language.StartsWith("en", StringComparison.OrdinalIgnoreCase)
                )
                ?.Language
            ?? (infos.Count > 0 ? infos[0].Language : null);
        return infos.Where(info => info.Language == language);
    }

    private static IEnumerable<Signal> Signals(
        SourceFile file,
        CapAlert alert,
        CapInfo info,
        CapAlert? cancelledBy,
        Place? given,
        FaultList faults,
        SortedSet<string> notes
    )
    {
        CapMeaning meaning = CapMeanings.Of(info);
        string title = info.Event.Length > 0 ? info.Event : "an event without a name";
        if (meaning.IsNothing || info.ResponseTypes.Contains("AllClear"))
        {
            notes.Add(
                $"CAP: {alert.Identifier}, '{title}' ({info.Certainty}), bears on no connection known here"
            );
            yield break;
        }

        if (info.Areas.Sum(area => area.Shapes) is > 0 and var shapes)
        {
            notes.Add(
                $"CAP: {alert.Identifier}: {shapes} outlines are not kept, only names of areas"
            );
        }

        Instant start = info.Onset ?? info.Effective ?? alert.Sent;
        Instant? until = cancelledBy is null ? info.Expires : cancelledBy.Sent;
        if (until <= start)
        {
            notes.Add($"CAP: {alert.Identifier}, '{title}', was over before it began");
            yield break;
        }

        IReadOnlyList<CapArea> areas = info.Areas.Count > 0 ? info.Areas : [new CapArea("", [], 0)];
        foreach (CapArea area in areas)
        {
            if (CapPlaces.Of(area, given) is not { } place)
            {
                faults.Add(
                    $"lines {alert.FirstLine}-{alert.LastLine}",
                    $"the country of '{Wording.Shorten(area.Description, 60)}' cannot be told",
                    "State it with --place"
                );
                continue;
            }

            yield return Signal(file, alert, info, meaning, place, start, until, cancelledBy);
        }
    }

    private static Signal Signal(
        SourceFile file,
        CapAlert alert,
        CapInfo info,
        CapMeaning meaning,
        Place place,
        Instant start,
        Instant? until,
        CapAlert? cancelledBy
    )
    {
        string id = ContentId.Of(
            "signal",
            new
            {
                file.Sha256,
                alert.Key,
                sent = alert.Sent,
                info.Event,
                start,
                place,
            }
        );
        // An address without its first part names an office and no person.
        string source = info.SenderName ?? alert.Sender[(alert.Sender.IndexOf('@') + 1)..];
        string text = Wording.Shorten(
            $"{info.Headline ?? info.Event}; {info.Certainty.ToLowerInvariant()}, {info.Severity.ToLowerInvariant()}; {(cancelledBy is null ? until is null ? "no expiry given" : "the end is when the message expires" : $"cancelled by {cancelledBy.Identifier}")}",
            500
        );
        var range = new InstantRange(start, start);
        InstantRange? end = until is { } over ? new InstantRange(over, over) : null;
        Evidence[] evidence =
        [
            new(file.Sha256, file.Name, $"{alert.FirstLine}-{alert.LastLine}", alert.Identifier),
        ];
        return meaning.What is { } what
            ? new ClaimSignal
            {
                Id = id,
                Source = source,
                Family = SignalFamily.Context,
                Place = place,
                Origin = Origin.Reported,
                Marking = MarkingOf(alert),
                Evidence = evidence,
                Claim = new Claim(
                    what,
                    null,
                    Actor.Unknown,
                    source,
                    text,
                    range,
                    end,
                    Origin.Reported
                ),
            }
            : new ContextSignal
            {
                Id = id,
                Source = source,
                Family = SignalFamily.Context,
                Place = place,
                Origin = Origin.Reported,
                Marking = MarkingOf(alert),
                Evidence = evidence,
                Circumstance = meaning.Circumstance!.Value,
                Start = range,
                End = end,
                Text = text,
            };
    }

    /// <summary>CAP 1.2, scope: Restricted and Private messages are not for the public.</summary>
    private static Marking MarkingOf(CapAlert alert) =>
        alert.Scope switch
        {
            "Public" => Marking.Public,
            "Restricted" => new Marking(Distribution.Group, Tlp.Amber),
            _ => Marking.Sealed,
        };
}
