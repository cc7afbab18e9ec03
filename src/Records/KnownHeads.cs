namespace Breakwater.Records;

/// <summary>
/// Where subjects stand that were written lately, so that the store need not be asked again: nobody else writes to it. In the
/// writer's turn only.
/// </summary>
internal sealed class KnownHeads(IJournal journal)
{
    /// <summary>When more are known, all are forgotten; the store knows them.</summary>
    private const int KnownMax = 50_000;

    private readonly Dictionary<string, SubjectHead> known = new(StringComparer.Ordinal);

    public Dictionary<string, SubjectHead> Of(IEnumerable<string> subjects)
    {
        var heads = new Dictionary<string, SubjectHead>(StringComparer.Ordinal);
        var asked = new HashSet<string>(StringComparer.Ordinal);
        foreach (string subject in subjects)
        {
            if (known.TryGetValue(subject, out SubjectHead head))
            {
                heads[subject] = head;
            }
            else
            {
                asked.Add(subject);
            }
        }

        if (asked.Count > 0)
        {
            foreach ((string subject, SubjectHead head) in journal.Heads(asked))
            {
                heads[subject] = head;
            }
        }

        return heads;
    }

    /// <summary>Only what is committed.</summary>
    public void Keep(IReadOnlyDictionary<string, SubjectHead> heads)
    {
        if (known.Count + heads.Count > KnownMax)
        {
            known.Clear();
        }

        foreach ((string subject, SubjectHead head) in heads)
        {
            known[subject] = head;
        }
    }

    /// <summary>After a commit whose end is not known.</summary>
    public void Forget() => known.Clear();
}
