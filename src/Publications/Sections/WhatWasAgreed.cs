using Breakwater.Preparedness.Agreements;
using Breakwater.Vocabulary;

namespace Breakwater.Publications;

/// <summary>Agreements made before, whose triggers were met: what is proposed, and what parties said. Nobody judges a refusal.</summary>
internal static class WhatWasAgreed
{
    /// <summary>None where no trigger was met: nothing follows from that.</summary>
    public static IReadOnlyList<Section> Sections(Released released) =>
        released.Walk.Activations is { } activations ? [Section(released, activations)] : [];

    private static Section Section(Released released, IReadOnlyList<ActivationTold> activations)
    {
        var draft = new Draft("agreements");
        if (activations.Count == 0)
        {
            draft.Say(
                released.None("agreements.none", ReleaseCheck.Activations),
                [Ids.OfScenario(released.Walk)]
            );
            return draft.Section;
        }

        draft.Say(new Said("agreements.people-decide"), activations.Select(told => told.Id));
        draft.Tabulate(
            "agreements",
            [
                new("agreement"),
                new("agreement-kind"),
                new("state"),
                new("not-known"),
                new("proposed-at"),
                new("parties-said"),
            ],
            activations
                .OrderBy(told => told.Kind)
                .ThenBy(told => told.Agreement, StringComparer.Ordinal)
                .Select(Row)
        );
        return draft.Section;
    }

    private static (Word[] Cells, IEnumerable<string> Inputs, IEnumerable<Origin> Origins) Row(
        ActivationTold told
    ) =>
        (
            [
                new Free(told.Name),
                Word.Of("agreement-kind", told.Kind),
                Word.Of("activation", told.State),
                told.NotKnown.Count == 0
                    ? new Said("nothing")
                    : new Listed([
                        .. told.NotKnown.Select(aspect => Word.Of("trigger-aspect", aspect)),
                    ]),
                told.ProposedAt is { } at ? new Moment(at) : new Said("nothing"),
                told.Answers.Count == 0
                    ? new Said("agreements.no-answer")
                    : new Lines([
                        .. told.Answers.Select(answer => new Said(
                            "agreements.answer",
                            ("party", new Free(answer.Party)),
                            ("choice", Word.Of("activation-choice", answer.Choice)),
                            ("reason", new Free(answer.Reason))
                        )),
                    ]),
            ],
            [told.Id, told.DisruptionId],
            [Origin.Reported]
        );
}
