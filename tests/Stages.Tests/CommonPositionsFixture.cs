using Breakwater.Decisions.Interpreting;
using Breakwater.Vocabulary;
using NodaTime;
using static Breakwater.Stages.Tests.SubjectAsserts;

namespace Breakwater.Stages.Tests;

/// <summary>A common position and people around it.</summary>
internal static class CommonPositionsFixture
{
    public static readonly Instant Now = Instant.FromUtc(2026, 3, 1, 0, 0);

    public static Participant Of(
        string? organisation,
        StakeholderClass of = StakeholderClass.Academia,
        string person = "somebody",
        params IReadOnlyList<Role> roles
    ) =>
        new(
            $"{person} of {organisation}",
            organisation,
            of,
            (roles.Count == 0 ? [Role.LegalAnalyst, Role.Representative] : roles).ToHashSet()
        );

    public static Participant Pen { get; } = Of("clinic");

    public static ParagraphDraft Words(string text, string? id = null) =>
        new(text, ["IHRL-19-NECPROP"], [], ["G-09"], id);

    public static CommonPosition Drafted(params IReadOnlyList<string> texts) =>
        After<CommonPosition, CommonPositionEvent>(
            null,
            DraftCommonPosition.Decide(
                null,
                new DraftCommonPosition(
                    "position-1",
                    "On cuts during elections",
                    [.. texts.Select(text => Words(text))]
                ),
                Pen,
                Now
            )
        );

    public static CommonPosition Consulted(params IReadOnlyList<string> texts)
    {
        CommonPosition drafted = Drafted(texts);
        return After(drafted, OpenConsultation.Decide(drafted, new OpenConsultation(), Pen, Now));
    }

    public static CommonPosition Put(
        CommonPosition state,
        params IReadOnlyList<ParagraphDraft> paragraphs
    ) => After(state, PutVersion.Decide(state, new PutVersion(paragraphs, "as asked"), Pen, Now));

    public static CommonPosition Endorse(
        CommonPosition state,
        string organisation,
        StakeholderClass of,
        params IReadOnlyList<string> excluding
    ) =>
        After(
            state,
            EndorseVersion.Decide(
                state,
                new EndorseVersion(state.Hash, excluding),
                Of(organisation, of),
                Now
            )
        );

    public static Decided<CommonPositionEvent> Object(CommonPosition state, Participant by) =>
        ObjectToParagraph.Decide(
            state,
            new ObjectToParagraph("p-1", "it forgets operators", "States and operators"),
            by,
            Now
        );

    public static Decided<CommonPositionEvent> Dissenting(
        CommonPosition state,
        Participant by,
        string paragraph = "p-1",
        int? objection = null
    ) => Dissent.Decide(state, new Dissent(paragraph, "we read it otherwise", objection), by, Now);

    public static Decided<CommonPositionEvent> Adopt(CommonPosition state) =>
        AdoptCommonPosition.Decide(state, new AdoptCommonPosition(), Pen, Now);
}
