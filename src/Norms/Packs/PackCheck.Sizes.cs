using Breakwater.Norms.Assessing;
using Breakwater.Norms.Expressions;

namespace Breakwater.Norms.Packs;

public static partial class PackCheck
{
    private const int TermsMax = 500;

    private const long UnfoldedMax = 5_000;

    private sealed partial class Check
    {
        public void Sizes()
        {
            if (pack.Profiles.Count > Programme.ProfilesMax)
            {
                Add(
                    pack.Profiles[Programme.ProfilesMax].At,
                    $"the pack has {pack.Profiles.Count} profiles, more than {Programme.ProfilesMax}",
                    "Remove some, or split the pack"
                );
            }

            if (pack.Derived.Count > TermsMax)
            {
                Add(
                    pack.Derived[TermsMax].At,
                    $"the pack has {pack.Derived.Count} derived terms, more than {TermsMax}",
                    "Remove some, or split the pack"
                );
            }
        }

        /// <summary>A term that unfolds without bound could not be explained to anybody, nor worked out in time.</summary>
        public void Unfolding()
        {
            var sizes = new Dictionary<string, long>(StringComparer.Ordinal);
            foreach (
                Clause clause in Clauses()
                    .Where(clause => SizeOf(clause.Expression, sizes) > UnfoldedMax)
            )
            {
                Add(
                    clause.At,
                    $"unfolds to more than {UnfoldedMax} facts",
                    "Use fewer derived terms within each other"
                );
            }
        }

        private long SizeOf(Expression expression, Dictionary<string, long> sizes)
        {
            switch (expression)
            {
                case Not not:
                    return SizeOf(not.Of, sizes);
                case All all:
                    return Math.Min(UnfoldedMax + 1, all.Parts.Sum(part => SizeOf(part, sizes)));
                case Any any:
                    return Math.Min(UnfoldedMax + 1, any.Parts.Sum(part => SizeOf(part, sizes)));
                case Id id when derived.TryGetValue(id.Name, out DerivedTerm? term):
                    if (!sizes.TryGetValue(id.Name, out long size))
                    {
                        size = Readings(term).Max(clause => SizeOf(clause.Expression, sizes));
                        sizes[id.Name] = size;
                    }

                    return size;
                default:
                    return 1;
            }
        }
    }
}
