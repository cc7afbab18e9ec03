using Breakwater.Decisions.Continuity;
using Breakwater.Vocabulary;

namespace Breakwater.Publications;

/// <summary>Cases about the continuity of core resources: what is in doubt, by when, what keeps it going, what was seen to work.</summary>
internal static class CoreCases
{
    public static IReadOnlyList<Section> Sections(Released released) =>
        released.Walk.Cases.Count == 0 && !released.HoldsBackAny(ReleaseCheck.Cases)
            ? []
            : [Section(released)];

    private static Section Section(Released released)
    {
        Walked walk = released.Walk;
        var draft = new Draft("cases");
        if (walk.Cases.Count == 0)
        {
            draft.Say(new Said("none-released"), [Ids.OfScenario(walk)]);
            return draft.Section;
        }

        foreach (ContinuityCase one in walk.Cases)
        {
            Summary(draft, one);
        }

        Functions(draft, walk.Cases);
        Deadlines(draft, walk.Cases);
        Measures(draft, walk.Cases);
        Outcomes(draft, walk.Cases);
        return draft.Section;
    }

    internal static void Summary(Draft draft, ContinuityCase one)
    {
        draft.Say(
            new Said(
                "cases.what",
                ("name", new Free(one.Name)),
                ("type", Word.Of("case", one.Type)),
                ("place", new Code(one.Place.Key)),
                ("institution", new Free(one.Institution)),
                ("forum", one.Forum is { } forum ? new Free(forum) : new Said("unknown")),
                ("users", Word.Of(one.Users)),
                ("source", new Free(one.UsersSource))
            ),
            [one.Id],
            [one.Origin]
        );
        int answered = one.Answers.Count(answer => answer.Answer != ItemAnswered.Unknown);
        draft.Say(
            new Said(
                "cases.checklist",
                ("answered", new Count(answered)),
                ("all", new Count(CaseChecklists.Of(one.Type).Count)),
                ("no", new Count(one.Answers.Count(answer => answer.Answer == ItemAnswered.No)))
            ),
            [one.Id],
            [one.Origin]
        );
    }

    internal static void Functions(Draft draft, IReadOnlyList<ContinuityCase> cases) =>
        draft.Tabulate(
            "case-functions",
            [new("function"), new("state"), new("seen-at"), new("evidence"), new("source")],
            cases.SelectMany(one =>
                one.Functions.Select(seen =>
                    (
                        new Word[]
                        {
                            new Code(seen.Function.Key),
                            Word.Of("function", seen.State),
                            seen.SeenAt is { } at ? new Moment(at) : new Said("unknown"),
                            Text(seen.Evidence),
                            Text(seen.Source),
                        },
                        (IEnumerable<string>)[one.Id],
                        (IEnumerable<Origin>)[one.Origin]
                    )
                )
            )
        );

    internal static void Deadlines(Draft draft, IReadOnlyList<ContinuityCase> cases)
    {
        if (cases.All(one => one.Deadlines.Count == 0))
        {
            return;
        }

        draft.Tabulate(
            "case-deadlines",
            [new("due"), new("what"), new("state"), new("source")],
            cases
                .SelectMany(one => one.Deadlines.Select(due => (one, due)))
                .OrderBy(pair => pair.due.At)
                .Select(pair =>
                    (
                        new Word[]
                        {
                            new Moment(pair.due.At),
                            new Free(pair.due.What),
                            Word.Of("deadline", pair.due.State),
                            new Free(pair.due.Source),
                        },
                        (IEnumerable<string>)[pair.one.Id],
                        (IEnumerable<Origin>)[pair.one.Origin]
                    )
                )
        );
    }

    internal static void Measures(Draft draft, IReadOnlyList<ContinuityCase> cases)
    {
        if (cases.All(one => one.Measures.Count == 0))
        {
            return;
        }

        draft.Tabulate(
            "case-measures",
            [new("what"), new("who"), new("state"), new("evidence")],
            cases.SelectMany(one =>
                one.Measures.Select(measure =>
                    (
                        new Word[]
                        {
                            new Free(measure.What),
                            new Free(measure.By),
                            Word.Of("measure", measure.State),
                            Text(measure.Evidence),
                        },
                        (IEnumerable<string>)[one.Id],
                        (IEnumerable<Origin>)[one.Origin]
                    )
                )
            )
        );
    }

    internal static void Outcomes(Draft draft, IReadOnlyList<ContinuityCase> cases)
    {
        foreach (ContinuityCase one in cases)
        {
            foreach (CaseOutcome outcome in one.Outcomes)
            {
                draft.Say(
                    new Said(
                        "cases.outcome",
                        ("kind", Word.Of("decision", outcome.Kind)),
                        ("outcome", Word.Of("outcome", outcome.Outcome)),
                        ("at", new Moment(outcome.At)),
                        ("n", new Count(outcome.Dissents))
                    ),
                    [one.Id, outcome.Decision],
                    [one.Origin]
                );
            }
        }
    }

    private static Word Text(string text) =>
        text.Length == 0 ? new Said("not-of-this-row") : new Free(text);
}
