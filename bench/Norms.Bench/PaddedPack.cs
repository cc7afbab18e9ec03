using Breakwater.Norms.Expressions;
using Breakwater.Norms.Packs;

namespace Breakwater.Bench.Norms;

/// <summary>
/// A pack as large as the targets are set for: 300 rules, 24 profiles, 250 facts. The rules of the product's pack are repeated with
/// other facts, and made-up profiles read terms and breaches in their own way, so that shapes are those of real law.
/// </summary>
internal static class PaddedPack
{
    public const int RulesWanted = 300;
    public const int ProfilesWanted = 24;
    public const int FactsWanted = 250;

    public static LawPack Of(LawPack core)
    {
        FactTerm[] facts =
        [
            .. core.Facts,
            .. Enumerable
                .Range(0, FactsWanted - core.Facts.Count)
                .Select(i => core.Facts[i] with { Id = $"x.{i}" }),
        ];
        Profile[] profiles =
        [
            .. core.Profiles,
            .. Enumerable
                .Range(0, ProfilesWanted - core.Profiles.Count)
                .Select(i => core.Profiles[1] with { Id = $"P{i}" }),
        ];
        string[] added = [.. profiles.Skip(core.Profiles.Count).Select(profile => profile.Id)];
        var derived = core.Derived.ToDictionary(term => term.Id, StringComparer.Ordinal);
        return core with
        {
            Facts = facts,
            Profiles = profiles,
            Derived =
            [
                .. core.Derived.Select(
                    (term, i) =>
                        term.Stances.Count == 0
                            ? term
                            : term with
                            {
                                Stances =
                                [
                                    .. term.Stances,
                                    .. added.Select(
                                        (profile, p) =>
                                            new Stance(
                                                profile,
                                                term.Stances[0].From,
                                                Period.Always,
                                                Shifted(
                                                    term.Stances[p % term.Stances.Count].Clause,
                                                    facts,
                                                    derived,
                                                    p + i
                                                )
                                            )
                                    ),
                                ],
                            }
                ),
            ],
            Rules =
            [
                .. core.Rules,
                .. Enumerable
                    .Range(0, RulesWanted - core.Rules.Count)
                    .Select(i => Copy(core.Rules[i % core.Rules.Count], i, facts, derived, added)),
            ],
        };
    }

    private static Rule Copy(
        Rule rule,
        int number,
        FactTerm[] facts,
        Dictionary<string, DerivedTerm> derived,
        string[] profiles
    ) =>
        rule with
        {
            Id = $"{rule.Id}-{number}",
            Condition = Shifted(rule.Condition, facts, derived, number),
            Breach = rule.Breach is null ? null : Shifted(rule.Breach, facts, derived, number),
            Exceptions =
            [
                .. rule.Exceptions.Select(one =>
                    one with
                    {
                        When = Shifted(one.When, facts, derived, number),
                    }
                ),
            ],
            Burden = new Dictionary<string, bool>(),
            Stances =
                rule.Breach is null || number % 5 != 0
                    ? []
                    :
                    [
                        new Stance(
                            profiles[number % profiles.Length],
                            rule.Valid.From!,
                            Period.Always,
                            Shifted(rule.Breach, facts, derived, number + 7)
                        ),
                    ],
        };

    /// <summary>Every second fact of a condition becomes another one; derived terms stay.</summary>
    private static Clause Shifted(
        Clause clause,
        FactTerm[] facts,
        Dictionary<string, DerivedTerm> derived,
        int by
    )
    {
        int seen = 0;
        return clause with { Expression = Of(clause.Expression) };

        Expression Of(Expression at) =>
            at switch
            {
                Not not => new Not(Of(not.Of)),
                All all => new All([.. all.Parts.Select(Of)]),
                Any any => new Any([.. any.Parts.Select(Of)]),
                Id id when !derived.ContainsKey(id.Name) && seen++ % 2 == 0 => new Id(
                    facts[
                        (Array.FindIndex(facts, fact => fact.Id == id.Name) + (by * 13) + 1)
                            % facts.Length
                    ].Id
                ),
                _ => at,
            };
    }
}
