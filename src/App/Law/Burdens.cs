using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;

namespace Breakwater.App.Law;

internal static class Burdens
{
    private static readonly Dictionary<string, bool> _none = [];

    /// <summary>Burdens count for breach and exceptions, and never for whether a rule applies.</summary>
    public static IReadOnlyDictionary<string, bool> Of(Assessed assessed, Rule rule, Part part) =>
        assessed.IsClosed && part.Name is not ("applies" or "holds") ? rule.Burden : _none;
}
