using System.Globalization;
using Breakwater.Disruptions;
using Breakwater.Vocabulary;

namespace Breakwater.App.Verbs.Following;

/// <summary>What <c>detect --follow</c> prints: each revision at once, and at the end what is known.</summary>
internal sealed class FollowOutput(Printing print, bool isJson)
{
    /// <param name="known">The disruptions of the place as they are told now.</param>
    public void Tell(IReadOnlyList<Revision> revisions, IReadOnlyList<Disruption> known)
    {
        foreach (Revision revision in revisions)
        {
            Disruption? now = known.FirstOrDefault(disruption => disruption.Id == revision.Id);
            if (isJson)
            {
                print.JsonLine(new { revision, disruption = now is null ? null : Brief(now) });
            }
            else
            {
                print.LineNow(
                    $"{revision.At}  {Tables.Word(revision.Kind).ToUpperInvariant(), -9}  {revision.Place}{(revision.Network is null ? "" : $", network {revision.Network}")}{(now?.Target is null ? "" : $", service {now.Target}")}: {string.Join("; ", revision.Changes)}{(now is null ? "" : Seen(now))}"
                );
            }
        }
    }

    /// <summary>A feed that went blind, or sees again: silence of it would read as normal.</summary>
    public void Tell(IReadOnlyList<FeedSight> turns)
    {
        foreach (FeedSight turn in turns)
        {
            if (isJson)
            {
                print.JsonLine(new { sight = turn });
            }
            else
            {
                print.LineNow(
                    $"{turn.At}  {(turn.Blind is null ? "SEES" : "BLIND"), -9}  {turn.Place}: {turn.Feed}{(turn.Blind is null ? " can be judged" : $", {turn.Blind}")}"
                );
            }
        }
    }

    public void End(
        FollowedSamples followed,
        Detection detection,
        IReadOnlyList<InputFault> faults,
        List<string> notes
    )
    {
        FollowedCounts counts = followed.Counts;
        if (isJson)
        {
            print.JsonLine(
                DetectDocument.Of(detection, followed.Watched, [], faults, notes) with
                {
                    Followed = counts,
                }
            );
            return;
        }

        print.Line();
        DetectOutput.Show(print, false, detection, [], [], notes, [], followed.SeriesCount > 0);
        print.Line();
        print.Line(Summary(counts));
    }

    /// <summary>How deep, by whom, and the id to ask for.</summary>
    private static string Seen(Disruption now)
    {
        string depth =
            now.Severity.Count == 0
                ? ""
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"; lost up to {now.Severity.Max(severity => severity.DropShare) * 100:0} %"
                );
        string by = string.Join(
            ", ",
            now.Sources.Where(source => source.Verdict == Verdict.Agrees)
                .Select(source => source.Name)
        );
        return $"{depth}{(by.Length == 0 ? "" : $", seen by {by}")} ({now.Id})";
    }

    private static string Summary(FollowedCounts counts)
    {
        (int Count, string Word)[] refused =
        [
            (counts.Unread, "held no sample that can be used"),
            (counts.Late, "came too late"),
            (counts.AheadOfClock, "were ahead of the clock"),
            (counts.NotKept, "had no room"),
            (counts.Held, "leapt ahead of all others and were never confirmed"),
        ];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"FOLLOWED  {counts.Lines} lines, {counts.Taken} samples taken{string.Concat(refused.Where(one => one.Count > 0).Select(one => $"; {one.Count.ToString(CultureInfo.InvariantCulture)} {one.Word}"))}"
        );
    }

    /// <summary>What moves while it is followed. Its kind is weighed at the end.</summary>
    private static object Brief(Disruption disruption) =>
        new
        {
            disruption.Id,
            disruption.State,
            disruption.Place,
            disruption.Network,
            disruption.Target,
            disruption.Start,
            disruption.Onset,
            disruption.End,
            disruption.Confidence,
            disruption.Severity,
            disruption.Sources,
            disruption.Notes,
            disruption.SubjectTo,
        };
}
