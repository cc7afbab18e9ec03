using Breakwater.App.Law;
using Breakwater.App.Subjects;
using Breakwater.Decisions.FactSheets;
using Breakwater.Disruptions;
using Breakwater.Norms.Facts;
using Breakwater.Norms.Packs;
using Breakwater.Vocabulary;

namespace Breakwater.App.Responding;

/// <summary>What fact sheets must know of the law pack's vocabulary and of the disruption that they are about.</summary>
internal static class FactSheetFacts
{
    public static async Task<OpenFactSheet> ForOpening(
        Act act,
        FactSheetFile? state,
        OpenFactSheet command
    ) =>
        command with
        {
            Read =
                command.Conduct is { } text && Conduct.Parse(text) is { } conduct
                    ? new ConductRead(conduct.First?.First)
                    : null,
            Disruption = await ResponseFacts
                .Product<Disruption>(act, "disruption", command.DisruptionId)
                .ConfigureAwait(false),
        };

    public static async Task<AnswerFact> ForAnswer(
        Act act,
        FactSheetFile? state,
        AnswerFact command
    )
    {
        LawPack? pack = LawAtHand.Read.Pack;
        FactTerm? fact = command.Fact is { } id ? pack?.FactOf(id) : null;
        return command with
        {
            Traits = fact is null
                ? null
                : new FactTraits(fact.IsEvaluative, fact.Safety == Safety.Guarded),
            Remedy =
                pack is null ? "The pack of this node cannot be read; ask whoever runs it"
                : command.Fact is { Length: <= 100 } word
                && Nearest.Of(word, pack.Facts.Select(one => one.Id)) is { } near
                    ? $"Did you mean '{near}'?"
                : "See /norms for what it has",
            IsAsProposed =
                state is null
                || await Proposals
                    .IsAsProposed(act.Work.Records, state, command)
                    .ConfigureAwait(false),
        };
    }
}
