namespace Breakwater.Preparedness.Agreements;

/// <summary>
/// Agreements whose triggers wait for each other in a circle: none of them could ever be the first. Each circle is named once,
/// beginning with the id that sorts first.
/// </summary>
public static class TriggerCycles
{
    /// <param name="waits">For each agreement the ids that its trigger names; ids that are not keys wait for nothing.</param>
    public static IReadOnlyList<IReadOnlyList<string>> Of(
        IReadOnlyDictionary<string, IReadOnlyList<string>> waits
    )
    {
        ArgumentNullException.ThrowIfNull(waits);
        var walk = new Walk(waits);
        foreach (string id in waits.Keys.Order(StringComparer.Ordinal))
        {
            walk.From(id);
        }

        return [.. walk.Found.OrderBy(cycle => string.Join('\n', cycle), StringComparer.Ordinal)];
    }

    /// <summary>A circle as people read it: <c>a → b → a</c>.</summary>
    public static string Named(IReadOnlyList<string> cycle) =>
        string.Join(" → ", cycle.Append(cycle[0]));

    /// <summary>
    /// Depth first, without recursion, since agreements may form a chain as long as there are agreements. At least one circle of
    /// every knot is found, so a node is free of circles exactly when none is found.
    /// </summary>
    private sealed class Walk(IReadOnlyDictionary<string, IReadOnlyList<string>> waits)
    {
        private readonly HashSet<string> _done = new(StringComparer.Ordinal);
        private readonly HashSet<string> _named = new(StringComparer.Ordinal);

        public List<IReadOnlyList<string>> Found { get; } = [];

        public void From(string start)
        {
            if (_done.Contains(start))
            {
                return;
            }

            var path = new List<string>();
            var at = new Dictionary<string, int>(StringComparer.Ordinal);
            var next = new Stack<IEnumerator<string>>();
            Enter(start);
            while (next.Count > 0)
            {
                if (!next.Peek().MoveNext())
                {
                    next.Pop().Dispose();
                    _done.Add(path[^1]);
                    at.Remove(path[^1]);
                    path.RemoveAt(path.Count - 1);
                }
                else if (next.Peek().Current is var id && at.TryGetValue(id, out int begin))
                {
                    Name([.. path.Skip(begin)]);
                }
                else if (!_done.Contains(id))
                {
                    Enter(id);
                }
            }

            void Enter(string id)
            {
                at[id] = path.Count;
                path.Add(id);
                next.Push(
                    (waits.GetValueOrDefault(id) ?? [])
                        .Order(StringComparer.Ordinal)
                        .GetEnumerator()
                );
            }
        }

        private void Name(IReadOnlyList<string> cycle)
        {
            int first = Enumerable
                .Range(0, cycle.Count)
                .MinBy(at => cycle[at], StringComparer.Ordinal);
            string[] turned = [.. cycle.Skip(first), .. cycle.Take(first)];
            if (_named.Add(string.Join('\n', turned)))
            {
                Found.Add(turned);
            }
        }
    }
}
