using Breakwater.Norms.Expressions;
using Breakwater.Norms.Packs;
using Breakwater.Tests;
using Xunit;
using YamlDotNet.Serialization;

namespace Breakwater.Norms.Tests;

/// <summary>Nothing of the catalogue is lost in the pack, and nothing is said otherwise.</summary>
public sealed class CatalogueTests
{
    private static readonly Lazy<Dictionary<object, object>> _catalogue = new(() =>
        (Dictionary<object, object>)
            new DeserializerBuilder()
                .Build()
                .Deserialize(File.ReadAllText(SharedData.PathOf("norms/norms-rules.yaml")))!
    );

    [Fact]
    public void All_74_rules_are_there_with_every_field()
    {
        var rules = ((List<object>)_catalogue.Value["rules"])
            .Cast<Dictionary<object, object>>()
            .ToList();
        Assert.Equal(74, rules.Count);
        Assert.Equal(
            rules.Select(rule => Text(rule, "id")),
            Packs.Core.Rules.Select(rule => rule.Id)
        );
        foreach ((Dictionary<object, object> was, Rule rule) in rules.Zip(Packs.Core.Rules))
        {
            Assert.Equal(Text(was, "kind"), rule.Kind.ToString().ToLowerInvariant());
            Assert.Equal(Text(was, "regime"), rule.Regime);
            Assert.Equal(Text(was, "force"), rule.Force);
            Assert.Equal(Text(was, "title"), rule.Title);
            Assert.Equal(Text(was, "conf"), rule.Confidence.ToString().ToLowerInvariant());
            Assert.Equal(List(was, "src"), rule.Sources.Select(source => source.Cite));
            Assert.Equal(Text(was, "valid_from"), rule.Valid.From?.Text);
            Assert.Equal(Text(was, "valid_basis"), rule.ValidBasis);
            Assert.Equal(Text(was, "reading_from"), rule.ReadingFrom?.Text);
            Assert.Equal(Text(was, "reading_basis"), rule.ReadingBasis);
            Assert.Equal(
                Canonical(Text(was, "applies") ?? Text(was, "holds")),
                rule.Condition.ToString()
            );
            Assert.Equal(Canonical(Text(was, "breach")), rule.Breach?.ToString());
            Assert.Equal(List(was, "later"), rule.Later);
            Assert.Equal(List(was, "gap"), rule.Gaps);
            Assert.Equal(Text(was, "relation"), rule.Relation);
            Assert.Equal(Text(was, "consequence"), rule.Consequence);
            Assert.Equal(
                Map(was, "burden").Select(one => $"{one.Key} {one.Value}"),
                rule.Burden.Select(one => $"{one.Key} {(one.Value ? "true" : "false")}")
            );
            Assert.Equal(
                Map(was, "stances")
                    .Select(one =>
                        $"{one.Key} {Canonical((string)one.Value)} {Map(was, "stances_from")[one.Key]}"
                    ),
                rule.Stances.Select(stance => $"{stance.Profile} {stance.Clause} {stance.From}")
            );
            Assert.Equal(
                Maps(was, "exceptions")
                    .Select(one =>
                        $"{Text(one, "id")} {Canonical(Text(one, "when"))} {Text(one, "ignore_unknown") ?? "false"}"
                    ),
                rule.Exceptions.Select(one =>
                    $"{one.Id} {one.When} {(one.IgnoresUnknown ? "true" : "false")}"
                )
            );
            Assert.Equal(
                Map(was, "superseded").Select(one => (string)one.Value),
                rule.Superseded is { } gone ? [gone.From.Text, gone.By] : []
            );
        }
    }

    [Fact]
    public void All_facts_terms_profiles_instruments_and_gaps_are_there()
    {
        Dictionary<object, object> facts = Map(_catalogue.Value, "facts");
        Dictionary<object, object> context = Map(_catalogue.Value, "context_only");
        Assert.Equal(
            facts
                .Concat(context)
                .Select(one => $"{one.Key}: {one.Value}")
                .Order(StringComparer.Ordinal),
            Packs
                .Core.Facts.Select(fact => $"{fact.Id}: {fact.Gloss}")
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            List(_catalogue.Value, "evaluative").Order(StringComparer.Ordinal),
            Packs
                .Core.Facts.Where(fact => fact.IsEvaluative)
                .Select(fact => fact.Id)
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            List(_catalogue.Value, "guarded").Order(StringComparer.Ordinal),
            Packs
                .Core.Facts.Where(fact => fact.Safety == Safety.Guarded)
                .Select(fact => fact.Id)
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            Map(_catalogue.Value, "derived")
                .Select(one =>
                    $"{one.Key} = {Canonical(Text((Dictionary<object, object>)one.Value, "expr"))}; {string.Join("; ", Map((Dictionary<object, object>)one.Value, "stances").Select(stance => $"{stance.Key} {Canonical((string)stance.Value)} {Map((Dictionary<object, object>)one.Value, "stances_from")[stance.Key]}"))}"
                ),
            Packs.Core.Derived.Select(term =>
                $"{term.Id} = {term.Clause}; {string.Join("; ", term.Stances.Select(stance => $"{stance.Profile} {stance.Clause} {stance.From}"))}"
            )
        );
        Assert.Equal(
            Map(_catalogue.Value, "profiles")
                .Select(one =>
                    $"{one.Key} {Text((Dictionary<object, object>)one.Value, "body")} {Text((Dictionary<object, object>)one.Value, "valid_from")}"
                ),
            Packs.Core.Profiles.Select(profile =>
                $"{profile.Id} {profile.Body} {profile.Valid.From?.Text}"
            )
        );
        Assert.Equal(
            Map(_catalogue.Value, "instruments")
                .Select(one =>
                    $"{one.Key} {Text((Dictionary<object, object>)one.Value, "date")} {Text((Dictionary<object, object>)one.Value, "name")}"
                ),
            Packs.Core.Instruments.Select(one => $"{one.Id} {one.Date} {one.Name}")
        );
        Assert.Equal(
            Map(_catalogue.Value, "gaps").Select(one => $"{one.Key} {one.Value}"),
            Packs.Core.Gaps.Select(gap => $"{gap.Id} {gap.Text}")
        );
    }

    private static string? Canonical(string? expression) =>
        expression is null ? null : ExpressionText.Parse(expression).Expression!.ToString();

    private static string? Text(Dictionary<object, object> map, string key) =>
        map.GetValueOrDefault(key) is string { Length: > 0 } text && text != "null" ? text : null;

    private static IEnumerable<string> List(Dictionary<object, object> map, string key) =>
        ((List<object>?)map.GetValueOrDefault(key) ?? []).Cast<string>();

    private static IEnumerable<Dictionary<object, object>> Maps(
        Dictionary<object, object> map,
        string key
    ) => ((List<object>?)map.GetValueOrDefault(key) ?? []).Cast<Dictionary<object, object>>();

    private static Dictionary<object, object> Map(Dictionary<object, object> map, string key) =>
        (Dictionary<object, object>?)map.GetValueOrDefault(key) ?? [];
}
