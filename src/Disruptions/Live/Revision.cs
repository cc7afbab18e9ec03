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
                unmatched.Find(one => one.Id == now.Id) ?? unmatched.Find(one => IsSame(one, now));
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
                Of(
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

    /// <summary>Two tellings of one disruption: same kind, place and network, and stretches that overlap.</summary>
    private static bool IsSame(Disruption one, Disruption other) =>
        one.Kind == other.Kind
        && one.Network == other.Network
        && one.Place.Equals(other.Place)
        && one.Onset.Earliest <= (other.End?.Latest ?? Instant.MaxValue)
        && other.Onset.Earliest <= (one.End?.Latest ?? Instant.MaxValue);

    private static List<string> ChangesOf(Disruption was, Disruption now)
    {
        var changes = new List<string>();
        if (was.Start != now.Start)
        {
            changes.Add($"start {now.Start}, was {was.Start}");
        }

        if (was.End != now.End)
        {
            changes.Add($"end {EndOf(now)}, was {EndOf(was)}");
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
        return changes;
    }

    private static string EndOf(Disruption disruption) =>
        disruption.End is { } end ? end.Latest.ToString() : "not seen";

    private static string NameOf<T>(T value)
        where T : struct, Enum =>
        System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
