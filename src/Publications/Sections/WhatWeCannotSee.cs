using Breakwater.Disruptions;
using Breakwater.Needs;
using Breakwater.Vocabulary;

namespace Breakwater.Publications;

/// <summary>Blind feeds, counts that contradict each other, counts that nobody has, and what this reader may not see.</summary>
internal static class WhatWeCannotSee
{
    /// <summary>A file of rubbish must not become the report.</summary>
    private const int UnreadMax = 20;

    public static Section Section(Released released)
    {
        Walked walk = released.Walk;
        var draft = new Draft("unseen");
        Blindness(draft, released);
        Unread(draft, walk);
        Populations(draft, walk);
        Unknowns(draft, walk);
        HeldBack(draft, released);
        return draft.Section;
    }

    private static void Blindness(Draft draft, Released released)
    {
        IReadOnlyList<Blind> blind = released.Walk.Detection.Blind;
        if (blind.Count == 0)
        {
            draft.Say(
                new Said(
                    released.HoldsBackAny("blind", "signal")
                        ? "unseen.no-blind-shown"
                        : "unseen.no-blind"
                ),
                [Ids.OfScenario(released.Walk)]
            );
            return;
        }

        draft.Say(
            new Said(
                "unseen.blind",
                ("n", new Count(blind.Select(each => each.Feed).Distinct().Count()))
            ),
            blind.Select(Ids.Of),
            tone: Tone.Caution
        );
        draft.Tabulate(
            "blind",
            [new("feed"), new("from"), new("to"), new("reason")],
            blind
                .OrderBy(each => each.Feed, StringComparer.Ordinal)
                .ThenBy(each => each.From)
                .Select(each =>
                    (
                        new Word[]
                        {
                            new Free(each.Feed),
                            new Moment(each.From),
                            new Moment(each.To),
                            new Free(each.Reason),
                        },
                        (IEnumerable<string>)[Ids.Of(each)],
                        (IEnumerable<Origin>)[]
                    )
                )
        );
    }

    private static void Unread(Draft draft, Walked walk)
    {
        foreach (InputFault fault in (walk.Faults ?? []).Take(UnreadMax))
        {
            draft.Say(
                new Said("unseen.unread", ("what", new Free(fault.ToString()))),
                [Ids.OfScenario(walk)],
                tone: Tone.Caution
            );
        }
    }

    private static void Populations(Draft draft, Walked walk)
    {
        var conflicting = walk
            .Populations.GroupBy(count => (count.Place, count.Group))
            .Where(group => group.Select(count => count.Count).Distinct().Skip(1).Any())
            .OrderBy(group => group.Key.Place.Key, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Group)
            .SelectMany(group => group)
            .ToList();
        if (conflicting.Count == 0)
        {
            return;
        }

        draft.Say(
            new Said("unseen.conflicting"),
            conflicting.Select(Ids.Of),
            conflicting.Select(count => count.Origin)
        );
        draft.Tabulate(
            "populations",
            [new("where"), new("group"), new("people", IsNumber: true), new("used"), new("source")],
            conflicting.Select(count =>
                (
                    new Word[]
                    {
                        WhoLacksWhat.Area(count.Place, count.Name, count.Pcode),
                        Word.Of("group", count.Group),
                        People.Printed(count.Count),
                        new Said(count.IsUsed ? "yes" : "no"),
                        new Free(count.Source),
                    },
                    (IEnumerable<string>)[Ids.Of(count)],
                    (IEnumerable<Origin>)[count.Origin]
                )
            )
        );
    }

    private static void Unknowns(Draft draft, Walked walk)
    {
        foreach (
            IGrouping<PopulationGroup, Need> group in walk
                .Assessment.Needs.Where(need => need.WithoutService is null)
                .GroupBy(need => need.Group)
                .OrderBy(group => group.Key)
        )
        {
            draft.Say(
                new Said(
                    "unseen.unknown-count",
                    ("group", Word.Of("group", group.Key)),
                    ("n", new Count(group.Select(need => need.Place).Distinct().Count()))
                ),
                group.Select(need => need.Id),
                group.Select(need => need.Origin)
            );
        }

        if (walk.Assessment.Needs.All(need => need.Group != PopulationGroup.Responders))
        {
            draft.Say(new Said("unseen.no-responders"), [Ids.OfScenario(walk)]);
        }
    }

    private static void HeldBack(Draft draft, Released released)
    {
        foreach (Withheld withheld in released.Withheld)
        {
            draft.Say(
                new Said(
                    "unseen.withheld",
                    ("n", new Count(withheld.Count)),
                    ("kind", new Term("record", withheld.Kind))
                ),
                [Ids.OfWithheld(withheld.Kind)],
                tone: Tone.Caution
            );
        }

        if (released.Withheld.Count == 0)
        {
            draft.Say(new Said("unseen.nothing-withheld"), [Ids.OfScenario(released.Walk)]);
        }
    }
}
