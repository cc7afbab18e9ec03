using Breakwater.Needs;
using Breakwater.Vocabulary;

namespace Breakwater.Publications;

/// <summary>The map, its equal table, and the needs by area and service.</summary>
internal static class WhoLacksWhat
{
    public static Section Section(Released released)
    {
        Walked walk = released.Walk;
        IReadOnlyList<Need> needs = walk.Assessment.Needs;
        var draft = new Draft("needs");
        if (needs.Count == 0)
        {
            draft.Say(released.None("needs.none", "need"), [Ids.OfScenario(walk)]);
            return draft.Section;
        }

        if (walk.Outline.Shapes.Count > 0)
        {
            IReadOnlyList<MapPoint> points =
            [
                .. walk.Outline.Points.Select(point => new MapPoint(
                    point.Name,
                    point.Longitude,
                    point.Latitude,
                    People.LargestGroupAt(needs, point.Place),
                    needs.Any(need =>
                        People.IsCivilian(need.Group) && need.Place.Equals(point.Place)
                    )
                )),
            ];
            draft.Draw(
                "map",
                needs.Where(need => People.IsCivilian(need.Group)).Select(need => need.Id),
                (id, inputs) => new MapFigure(id, walk.Outline, points, inputs)
            );
            MapTable(draft, walk);
        }

        draft.Say(
            new Said("needs.intro"),
            needs.Select(need => need.Id),
            needs.Select(need => need.Origin),
            Tone.Quiet
        );
        draft.Tabulate(
            "needs",
            [
                new("order", IsNumber: true),
                new("where"),
                new("service"),
                new("civilians-without", IsNumber: true),
                new("responders-without", IsNumber: true),
                new("since"),
                new("counted"),
            ],
            needs
                .GroupBy(need => need.Place)
                .OrderBy(group => group.Min(need => need.Priority))
                .ThenBy(group => group.Key.Key, StringComparer.Ordinal)
                .SelectMany(AreaRows)
        );
        Each(draft, needs, "needs.condition", need => need.Conditions);
        Each(draft, needs, "needs.unknown", need => need.Unknowns);
        return draft.Section;
    }

    /// <summary>The map in words, for whoever cannot see it.</summary>
    private static void MapTable(Draft draft, Walked walk)
    {
        IReadOnlyList<Need> needs = walk.Assessment.Needs;
        draft.Tabulate(
            "map",
            [new("place"), new("civilians-without", IsNumber: true)],
            walk.Outline.Points.Select(point =>
                {
                    var here = needs
                        .Where(need =>
                            People.IsCivilian(need.Group) && need.Place.Equals(point.Place)
                        )
                        .ToList();
                    CountRange? without = People.LargestGroupAt(needs, point.Place);
                    return (
                        Row: (
                            new Word[]
                            {
                                new Free(point.Name),
                                here.Count == 0 ? new Said("map.none") : People.Printed(without),
                            },
                            here.Count == 0
                                ? (IEnumerable<string>)[Ids.OfScenario(walk)]
                                : here.Select(need => need.Id),
                            here.Select(need => need.Origin)
                        ),
                        without
                    );
                })
                .OrderByDescending(each => each.without?.High ?? -1)
                .Select(each => each.Row)
        );
    }

    /// <summary>One row a service; services that exactly the same people lack share one.</summary>
    private static IEnumerable<(Word[], IEnumerable<string>, IEnumerable<Origin>)> AreaRows(
        IGrouping<Place, Need> area
    ) =>
        area.GroupBy(need => need.Service)
            .Select(service => (Service: service.Key, Needs: service.ToList()))
            .GroupBy(row => new Listed([Civilians(row.Needs), Responders(row.Needs)]).Stem)
            .OrderBy(rows => rows.Min(row => row.Needs.Min(need => need.Priority)))
            .Select(rows =>
            {
                var together = rows.SelectMany(row => row.Needs).ToList();
                Need first = together.MinBy(need => need.Priority)!;
                return (
                    new Word[]
                    {
                        new Count(first.Priority),
                        Area(first.Place, first.PlaceName, first.Pcode),
                        new Listed([
                            .. rows.Select(row => row.Service)
                                .Order()
                                .Select(service => Word.Of("service", service)),
                        ]),
                        Civilians(together),
                        Responders(together),
                        new Moment(together.Min(need => need.Since)),
                        new Lines([
                            new Free(first.PopulationSource),
                            new Free(first.Sum),
                            new Free(first.PriorityReason),
                        ]),
                    },
                    together.Select(need => need.Id),
                    together.Select(need => need.Origin)
                );
            });

    public static Word Area(Place place, string name, string? pcode) =>
        pcode is null
            ? Word.Of(place, name)
            : new Said("area.pcode", ("area", new Free(name)), ("pcode", new Code(pcode)));

    private static Word Civilians(IReadOnlyList<Need> needs)
    {
        var groups = needs
            .Where(need => People.IsCivilian(need.Group))
            .Select(need => need.Group)
            .Distinct()
            .Order()
            .ToList();
        return groups.Count switch
        {
            0 => new Said("unknown"),
            1 when groups[0] == PopulationGroup.Residents => Of(needs, groups[0]),
            _ => new Lines([
                .. groups.Select(group => new Said(
                    "needs.group",
                    ("group", Word.Of("group", group)),
                    ("people", Of(needs, group))
                )),
            ]),
        };
    }

    private static Word Responders(IReadOnlyList<Need> needs) =>
        Of(needs, PopulationGroup.Responders);

    private static Word Of(IReadOnlyList<Need> needs, PopulationGroup group) =>
        People.Printed(
            needs
                .Where(need => need.Group == group)
                .Select(need => People.At(needs, need.Place, group))
                .FirstOrDefault()
        );

    /// <summary>One sentence for each distinct wording, however many needs share it.</summary>
    private static void Each(
        Draft draft,
        IReadOnlyList<Need> needs,
        string key,
        Func<Need, IReadOnlyList<string>> wordings
    )
    {
        foreach (
            IGrouping<string, Need> wording in needs
                .SelectMany(need => wordings(need).Select(text => (need, text)))
                .GroupBy(pair => pair.text, pair => pair.need, StringComparer.Ordinal)
                .OrderByDescending(group => group.Count())
                .ThenBy(group => group.Key, StringComparer.Ordinal)
        )
        {
            int areas = wording.Select(need => need.Place).Distinct().Count();
            draft.Say(
                new Said(key, ("text", new Free(wording.Key)), ("n", new Count(areas))),
                wording.Select(need => need.Id),
                wording.Select(need => need.Origin)
            );
        }
    }
}
