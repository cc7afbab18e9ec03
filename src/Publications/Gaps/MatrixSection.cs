using Breakwater.Preparedness.Gaps;
using Breakwater.Vocabulary;

namespace Breakwater.Publications.Gaps;

/// <summary>Who covers what, for whom and when, in the country of a response: phase by actor by population group.</summary>
internal static class MatrixSection
{
    /// <summary>A cell can rest on thousands of records. It counts all and names so many.</summary>
    private const int NamedMax = 200;

    /// <summary>None where nobody worked it out.</summary>
    public static IReadOnlyList<Section> Sections(Released released) =>
        released.Walk.Covered is { } matrix ? [Section(matrix, Ids.OfScenario(released.Walk))] : [];

    /// <param name="whole">What the matrix is told of, for sentences that rest on all of it.</param>
    public static Section Section(GapMatrix matrix, string whole)
    {
        var draft = new Draft("matrix");
        draft.Say(
            new Said(
                "matrix.is",
                (
                    "where",
                    matrix.Country is { } country
                        ? Word.Of(Place.OfCountry(country))
                        : new Said("matrix.everywhere")
                )
            ),
            [whole],
            tone: Tone.Quiet
        );
        if (matrix.NotLookedAt.Count > 0)
        {
            draft.Say(
                new Said(
                    "matrix.not-looked-at",
                    (
                        "kinds",
                        new Listed([
                            .. matrix.NotLookedAt.Select(kind => Word.Of("matrix.kind", kind)),
                        ])
                    )
                ),
                [whole],
                tone: Tone.Caution
            );
        }

        Reach(draft, matrix, whole);
        foreach (IGrouping<Phase, GapCell> phase in matrix.Cells.GroupBy(cell => cell.Phase))
        {
            draft.Head(Word.Of("matrix.phase", phase.Key));
            Phase(draft, phase.Key, [.. phase], whole);
        }

        foreach (NotCounted left in matrix.NotCounted)
        {
            draft.Say(
                new Said(
                    "matrix.left-out",
                    ("kind", Word.Of("matrix.kind", left.Kind)),
                    (
                        "why",
                        new Said(
                            $"matrix.standing.{Checks.Word(left.Standing)}",
                            ("n", new Count(left.Ids.Count))
                        )
                    )
                ),
                left.Ids.Take(NamedMax)
            );
        }

        return draft.Section;
    }

    /// <summary>Civilians and responders in columns of their own, and no sum of them (INV-05).</summary>
    private static void Reach(Draft draft, GapMatrix matrix, string whole)
    {
        draft.Tabulate(
            "matrix-reach",
            [
                new("matrix-reach"),
                new("matrix-civilians", IsNumber: true),
                new("matrix-responders", IsNumber: true),
                new("matrix-unknown", IsNumber: true),
            ],
            new (string Key, CoverReach Reach)[]
            {
                ("offered", matrix.Offered),
                ("promised", matrix.Promised),
                ("working", matrix.Working),
            }.Select(each =>
                (
                    new Word[]
                    {
                        new Said($"matrix.reach.{each.Key}"),
                        Word.Of(each.Reach.Civilians),
                        Word.Of(each.Reach.Responders),
                        new Count(each.Reach.Unknown),
                    },
                    (IEnumerable<string>)[whole],
                    (IEnumerable<Origin>)[Origin.Reported]
                )
            )
        );
        draft.Say(new Said("matrix.reach.how"), [whole], tone: Tone.Quiet);
    }

    private static void Phase(
        Draft draft,
        Phase phase,
        IReadOnlyList<GapCell> cells,
        string whole
    ) =>
        draft.Tabulate(
            $"matrix-{Checks.Word(phase)}",
            [
                new("actor-class"),
                .. Enum.GetValues<PopulationGroup>()
                    .Select(group => new Column($"group-{Checks.Word(group)}")),
            ],
            cells
                .GroupBy(cell => cell.Actor)
                .Select(actor =>
                    (
                        new Word[] { Word.Of("class", actor.Key) }
                            .Concat(actor.Select(Cell))
                            .ToArray(),
                        actor.SelectMany(Records).Take(NamedMax).Append(whole),
                        (IEnumerable<Origin>)[Origin.Reported]
                    )
                )
        );

    private static IEnumerable<string> Records(GapCell cell) =>
        [
            .. cell.Offers,
            .. cell.Agreements,
            .. cell.Promised,
            .. cell.Working,
            .. cell.Needs,
            .. cell.Perhaps,
        ];

    /// <summary>Its state in words, and what there is of each kind. Empty was looked at; unknown was not, or cannot be placed.</summary>
    private static Word Cell(GapCell cell)
    {
        Word state = Word.Of("matrix.state", cell.State);
        Word[] counts =
        [
            .. new (string Key, int Count)[]
            {
                ("offers", cell.Offers.Count),
                ("agreements", cell.Agreements.Count),
                ("promised", cell.Promised.Count),
                ("working", cell.Working.Count),
                ("needs", cell.Needs.Count),
                ("perhaps", cell.Perhaps.Count),
            }
                .Where(each => each.Count > 0)
                .Select(each => new Said($"matrix.{each.Key}", ("n", new Count(each.Count)))),
        ];
        return counts.Length == 0 ? state : new Lines([state, .. counts]);
    }
}
