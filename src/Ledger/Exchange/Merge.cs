namespace Breakwater.Ledger.Exchange;

/// <summary>What becomes of our course when theirs arrives.</summary>
public enum MergeKind
{
    /// <summary>Nothing: all of theirs is here, or was settled against, or gave way.</summary>
    Known,

    /// <summary>Their further steps follow ours.</summary>
    Continued,

    /// <summary>Theirs stands in place of ours from the trunk on: a person settled so, or nobody acted here.</summary>
    Replaced,

    /// <summary>Both went on from the trunk. Both are kept until a person settles.</summary>
    Diverged,
}

/// <param name="Trunk">How many steps are common.</param>
/// <param name="News">Settlements of theirs that are not here yet. They are kept whatever becomes of the steps.</param>
/// <param name="IsSettled">True when a person settled it, rather than nobody having acted.</param>
public sealed record Merged(
    MergeKind Kind,
    int Trunk,
    IReadOnlyList<Settlement> News,
    bool IsSettled = false
);

/// <summary>
/// Merges two courses of one subject. Both nodes that meet come to the same course, whoever imports first, or both hold the
/// conflict. No clock decides: only what is common, what a person settled, and whether anybody acted.
/// </summary>
public static class Merge
{
    public static Merged Of(Course ours, Course theirs)
    {
        ArgumentNullException.ThrowIfNull(ours);
        ArgumentNullException.ThrowIfNull(theirs);
        int trunk = 0;
        while (
            trunk < ours.Steps.Count
            && trunk < theirs.Steps.Count
            && ours.Steps[trunk].Id == theirs.Steps[trunk].Id
        )
        {
            trunk++;
        }

        Settlement[] news =
        [
            .. theirs.Settlements.Where(one => ours.Settlements.All(known => known.Id != one.Id)),
        ];
        if (trunk == theirs.Steps.Count)
        {
            return new Merged(MergeKind.Known, trunk, news);
        }

        if (trunk == ours.Steps.Count)
        {
            return new Merged(MergeKind.Continued, trunk, news);
        }

        Settlement[] all = [.. ours.Settlements, .. news];
        HashSet<string> over = [.. all.SelectMany(one => one.Over)];
        HashSet<string> dropped =
        [
            .. all.Where(one => !over.Contains(one.Id)).SelectMany(one => one.Dropped),
        ];
        // An id stands for all before it, so whoever dropped the last step had seen the whole branch.
        bool dropsOurs = dropped.Contains(ours.Steps[^1].Id);
        bool dropsTheirs = dropped.Contains(theirs.Steps[^1].Id);
        return dropsOurs != dropsTheirs
            ? new Merged(
                dropsOurs ? MergeKind.Replaced : MergeKind.Known,
                trunk,
                news,
                IsSettled: true
            )
            : new Merged(GivesWay(ours, theirs, trunk, dropsOurs), trunk, news);
    }

    /// <summary>
    /// What happened by itself gives way to what people did: reminders and lapses that followed from their absence happen anew
    /// where they are still due. Where nobody acted on either side the lower id stands, so that both nodes choose the same.
    /// </summary>
    private static MergeKind GivesWay(Course ours, Course theirs, int trunk, bool isDisputed)
    {
        bool weActed = ours.Steps.Skip(trunk).Any(step => !step.IsByItself);
        bool theyActed = theirs.Steps.Skip(trunk).Any(step => !step.IsByItself);
        return isDisputed || (weActed && theyActed) ? MergeKind.Diverged
            : weActed ? MergeKind.Known
            : theyActed ? MergeKind.Replaced
            : string.CompareOrdinal(ours.Steps[trunk].Id, theirs.Steps[trunk].Id) < 0
                ? MergeKind.Known
            : MergeKind.Replaced;
    }
}
