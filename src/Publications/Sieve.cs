using Breakwater.Vocabulary;

namespace Breakwater.Publications;

/// <summary>
/// Lets through what an audience may see and counts the rest. Steps are sieved in the order of the walk: what is held
/// back pulls down everything made from it, because a derived record is as strict as its inputs, whatever it says itself.
/// </summary>
internal sealed class Sieve(Audience audience)
{
    private readonly HashSet<string> _heldBack = new(StringComparer.Ordinal);
    private readonly List<Withheld> _counts = [];

    public IReadOnlyList<Withheld> Counts => _counts;

    public bool HoldsBack(string id) => _heldBack.Contains(id);

    public IReadOnlyList<T> Keep<T>(
        string kind,
        IReadOnlyList<T> records,
        Func<T, string> id,
        Func<T, Marking> marking,
        Func<T, IEnumerable<string>> inputs
    )
    {
        var kept = new List<T>();
        foreach (T record in records)
        {
            if (
                ReleaseCheck.Allows(marking(record), audience)
                && !inputs(record).Any(_heldBack.Contains)
            )
            {
                kept.Add(record);
            }
            else
            {
                _heldBack.Add(id(record));
            }
        }

        Count(kind, records.Count - kept.Count);
        return kept;
    }

    public void Count(string kind, int number)
    {
        if (number > 0)
        {
            _counts.Add(new Withheld(kind, number));
        }
    }
}
