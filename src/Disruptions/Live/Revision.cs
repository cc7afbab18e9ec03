using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Disruptions;

public enum RevisionKind
{
    Opened,

    /// <summary>It is told again with other facts.</summary>
    Revised,

    /// <summary>What came in later leaves nothing of it.</summary>
    Withdrawn,
}

/// <summary>How what is known about a disruption changed. Nothing is revised in silence.</summary>
/// <param name="At">The moment of the sample, or of the knowledge, that changed it.</param>
/// <param name="Id">The disruption as it is told now; for one withdrawn, as it was told.</param>
/// <param name="Earlier">Its id as it was told before, when that was another.</param>
/// <param name="Changes">What changed, in words: <c>start 2026-01-08T16:30:00Z, was 2026-01-08T17:00:00Z</c>.</param>
public sealed record Revision(
    Instant At,
    RevisionKind Kind,
    string Id,
    string? Earlier,
    Place Place,
    string? Network,
    IReadOnlyList<string> Changes
)
{
    /// <summary>Smaller changes of confidence are told with the next greater one.</summary>
    private const double ConfidenceStep = 0.05;

    public static IReadOnlyList<Revision> Between(
        IReadOnlyList<Disruption> before,
        IReadOnlyList<Disruption> after,
        Instant at
    )
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var revisions = new List<Revision>();
        var unmatched = before.ToList();
        foreach (Disruption now in after)
        {
            Disruption? was =
                unmatched.Find(one => one.Id == now.Id) ?? unmatched.Find(now.IsToldAgainBy);
            if (was is null)
            {
                revisions.Add(
                    Of(
                        RevisionKind.Opened,
                        now,
                        null,
                        [$"start {now.Start}", $"confidence {now.Confidence.Probability}"],
                        at
                    )
                );
                continue;
            }

            unmatched.Remove(was);
            List<string> changes = ChangesOf(was, now);
            if (changes.Count > 0)
            {
                revisions.Add(
                    Of(RevisionKind.Revised, now, was.Id == now.Id ? null : was.Id, changes, at)
                );
            }
        }

        revisions.AddRange(
            unmatched.Select(gone =>
                after.FirstOrDefault(gone.IsToldAgainBy) is { } whole
                    ? Of(RevisionKind.Revised, whole, gone.Id, ChangesOf(gone, whole), at)
                    : Of(
                        RevisionKind.Withdrawn,
                        gone,
                        null,
                        ["nothing of it is left in what is known now"],
                        at
                    )
            )
        );
        return revisions;
    }

    private static Revision Of(
        RevisionKind kind,
        Disruption of,
        string? earlier,
        IReadOnlyList<string> changes,
        Instant at
    ) => new(at, kind, of.Id, earlier, of.Place, of.Network, changes);

    private static List<string> ChangesOf(Disruption was, Disruption now)
    {
        var changes = new List<string>();
        if (was.Kind != now.Kind)
        {
            changes.Add($"{NameOf(now.Kind)}, was {NameOf(was.Kind)}");
        }

        if (was.Start != now.Start)
        {
            changes.Add($"start {now.Start}, was {was.Start}");
        }
        else if (was.Onset != now.Onset)
        {
            changes.Add($"began {RangeOf(now.Onset)}, was {RangeOf(was.Onset)}");
        }

        if (was.End?.Latest != now.End?.Latest)
        {
            changes.Add($"end {EndOf(now)}, was {EndOf(was)}");
        }
        else if (was.End != now.End)
        {
            changes.Add($"ended {RangeOf(now.End!)}, was {RangeOf(was.End!)}");
        }

        if (was.State != now.State)
        {
            changes.Add($"{NameOf(now.State)}, was {NameOf(was.State)}");
        }

        if (Math.Abs(was.Confidence.Probability - now.Confidence.Probability) >= ConfidenceStep)
        {
            changes.Add(
                FormattableString.Invariant(
                    $"confidence {now.Confidence.Probability}, was {was.Confidence.Probability}"
                )
            );
        }

        changes.AddRange(
            now.Sources.Where(source =>
                    was.Sources.FirstOrDefault(one => one.Name == source.Name) is { } one
                    && one.Verdict != source.Verdict
                )
                .Select(source =>
                    $"{source.Name} {NameOf(source.Verdict)}, was {NameOf(was.Sources.First(one => one.Name == source.Name).Verdict)}"
                )
        );
        if (changes.Count == 0 && (was.Id != now.Id || !was.Signals.SequenceEqual(now.Signals)))
        {
            changes.Add(
                FormattableString.Invariant(
                    $"it rests on {now.Signals.Count} inputs, were {was.Signals.Count}; what it says is the same"
                )
            );
        }

        return changes;
    }

    private static string RangeOf(InstantRange range) =>
        $"between {range.Earliest} and {range.Latest}";

    private static string EndOf(Disruption disruption) =>
        disruption.End is { } end ? end.Latest.ToString() : "not seen";

    private static string NameOf<T>(T value)
        where T : struct, Enum =>
        System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
