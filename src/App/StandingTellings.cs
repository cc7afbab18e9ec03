using Breakwater.Disruptions;

namespace Breakwater.App;

/// <summary>Which tellings on record still stand: one that was told again, or withdrawn, is kept and no longer counts.</summary>
internal sealed class StandingTellings
{
    /// <summary>A chain of tellings is followed this far.</summary>
    private const int ChainMax = 1_000;

    private readonly Dictionary<string, Revision> _over = new(StringComparer.Ordinal);

    /// <param name="revisions">In the order in which they were recorded.</param>
    public StandingTellings(IEnumerable<Revision> revisions)
    {
        foreach (Revision revision in revisions)
        {
            if (revision.Kind == RevisionKind.Withdrawn)
            {
                _over[revision.Id] = revision;
            }
            else if (revision.Earlier is { } earlier && earlier != revision.Id)
            {
                _over[earlier] = revision;
            }
        }
    }

    public bool Stands(string id) => !_over.ContainsKey(id);

    public bool IsWithdrawn(string id) =>
        _over.TryGetValue(id, out Revision? over) && over.Kind == RevisionKind.Withdrawn;

    /// <summary>The last telling of what is told under an id; the id itself when it was not told again.</summary>
    public string Latest(string id)
    {
        for (
            int i = 0;
            i < ChainMax
                && _over.TryGetValue(id, out Revision? over)
                && over.Kind != RevisionKind.Withdrawn;
            i++
        )
        {
            id = over.Id;
        }

        return id;
    }
}
