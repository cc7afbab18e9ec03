using Breakwater.Decisions.Continuity;
using Breakwater.Publications.Releases;
using Breakwater.Vocabulary;

namespace Breakwater.Publications.Cases;

/// <summary>
/// A case about a core resource as a document of its own: what is in doubt, by when, what was seen to work, the whole checklist, who has
/// a part, and what nobody knows. It says nothing of who is right.
/// </summary>
public static class CaseReport
{
    public static Report Of(Front front, ContinuityCase one)
    {
        ArgumentNullException.ThrowIfNull(front);
        ArgumentNullException.ThrowIfNull(one);
        return new Report(
            front,
            [
                .. Correction.Sections(front.Corrects),
                What(one),
                Unknown(one),
                Told("case-deadlines", "case.no-deadlines", one, CoreCases.Deadlines),
                Told("case-functions", "case.no-functions", one, CoreCases.Functions),
                Checklist(one),
                Told("case-measures", "case.no-measures", one, CoreCases.Measures),
                Parties(one),
                Told("case-outcomes", "case.no-outcomes", one, CoreCases.Outcomes),
            ],
            []
        )
        {
            Form = "continuity-case",
        };
    }

    private static Section What(ContinuityCase one)
    {
        var draft = new Draft("case");
        CoreCases.Summary(draft, one);
        draft.Say(
            one.Ending is { } ending
                ? new Said(
                    "case.ended",
                    ("ending", Word.Of("case-ending", ending)),
                    ("why", new Free(one.EndingReason))
                )
                : new Said("case.open", ("at", new Moment(one.OpenedAt))),
            [one.Id],
            [one.Origin]
        );
        draft.Say(new Said("case.no-side"), [one.Id], tone: Tone.Quiet);
        return draft.Section;
    }

    private static Section Unknown(ContinuityCase one)
    {
        var draft = new Draft("case-unknown");
        Word[] functions =
        [
            .. one
                .Functions.Where(seen => seen.State == FunctionState.Unknown)
                .Select(seen => new Code(seen.Function.Key)),
        ];
        CaseItem[] items =
        [
            .. CaseChecklists.Of(one.Type).Where(item => Answer(one, item) == ItemAnswered.Unknown),
        ];
        (bool IsUnknown, Word Says)[] all =
        [
            (one.Users is null, new Said("case.unknown.users")),
            (one.Forum is null, new Said("case.unknown.forum")),
            (
                functions.Length > 0,
                new Said("case.unknown.functions", ("functions", new Listed(functions)))
            ),
            (
                items.Length > 0,
                new Said("case.unknown.items", ("items", new Lines([.. items.Select(Question)])))
            ),
        ];
        foreach ((_, Word says) in all.Where(each => each.IsUnknown))
        {
            draft.Say(says, [one.Id], [one.Origin]);
        }

        if (all.All(each => !each.IsUnknown))
        {
            draft.Say(new Said("case.unknown.none"), [one.Id], tone: Tone.Quiet);
        }

        return draft.Section;
    }

    /// <summary>Every question, also those that nobody has answered.</summary>
    private static Section Checklist(ContinuityCase one)
    {
        var draft = new Draft("case-checklist");
        draft.Tabulate(
            "case-checklist",
            [new("what"), new("case-answer"), new("evidence")],
            CaseChecklists
                .Of(one.Type)
                .Select(item =>
                    (
                        new Word[]
                        {
                            Question(item),
                            Word.Of("case-answer", Answer(one, item)),
                            one.Answers.FirstOrDefault(said => said.Item == item.Id)
                                is { Evidence.Length: > 0 } said
                                ? new Free(said.Evidence)
                                : new Said("not-of-this-row"),
                        },
                        (IEnumerable<string>)[one.Id],
                        (IEnumerable<Origin>)[one.Origin]
                    )
                )
        );
        return draft.Section;
    }

    private static Section Parties(ContinuityCase one)
    {
        var draft = new Draft("case-parties");
        if (one.Parties.Count + one.Contacts.Count == 0)
        {
            draft.Say(new Said("case.no-parties"), [one.Id]);
        }

        draft.Tabulate(
            "case-parties",
            [new("who"), new("class"), new("case-part")],
            one.Parties.Select(party =>
                (
                    new Word[]
                    {
                        new Free(party.Name),
                        Word.Of("class", party.Class),
                        new Free(party.Part),
                    },
                    (IEnumerable<string>)[one.Id],
                    (IEnumerable<Origin>)[one.Origin]
                )
            )
        );
        // Whose contact points are called, and never a contact point (INV-07).
        draft.Tabulate(
            "case-contacts",
            [new("case-resource"), new("why")],
            one.Contacts.Select(contact =>
                (
                    new Word[] { new Code(contact.Resource), new Free(contact.Why) },
                    (IEnumerable<string>)[one.Id],
                    (IEnumerable<Origin>)[one.Origin]
                )
            )
        );
        return draft.Section;
    }

    private static Section Told(
        string key,
        string none,
        ContinuityCase one,
        Action<Draft, IReadOnlyList<ContinuityCase>> tell
    )
    {
        var draft = new Draft(key);
        tell(draft, [one]);
        if (draft.Section.Blocks.Count == 0)
        {
            draft.Say(new Said(none), [one.Id]);
        }

        return draft.Section;
    }

    private static Translated Question(CaseItem item) => new(item.Text["en"], item.Text);

    internal static ItemAnswered Answer(ContinuityCase one, CaseItem item) =>
        one.Answers.FirstOrDefault(said => said.Item == item.Id)?.Answer ?? ItemAnswered.Unknown;
}
