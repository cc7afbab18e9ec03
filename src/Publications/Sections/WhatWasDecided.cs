using Breakwater.Decisions;
using Breakwater.Vocabulary;

namespace Breakwater.Publications;

/// <summary>Who said what on which question, who was silent, and how far each promise has come.</summary>
internal static class WhatWasDecided
{
    public static Section Decisions(Released released)
    {
        Walked walk = released.Walk;
        var draft = new Draft("decisions");
        if (walk.Decisions.Count == 0)
        {
            draft.Say(released.None("decisions.none", "decision"), [Ids.OfScenario(walk)]);
        }

        foreach (Decision decision in walk.Decisions)
        {
            Passage(draft, decision);
        }

        return draft.Section;
    }

    public static Section Commitments(Released released)
    {
        Walked walk = released.Walk;
        var draft = new Draft("commitments");
        if (walk.Commitments.Count == 0)
        {
            draft.Say(released.None("commitments.none", "commitment"), [Ids.OfScenario(walk)]);
            return draft.Section;
        }

        int working = walk.Commitments.Count(IsWorking);
        draft.Say(
            new Said(
                "commitments.intro",
                ("n", new Count(working)),
                ("all", new Count(walk.Commitments.Count))
            ),
            walk.Commitments.Select(commitment => commitment.Id)
        );
        draft.Tabulate(
            "commitments",
            [
                new("from-whom"),
                new("asset"),
                new("where"),
                new("commitment-state"),
                new("shown-by"),
                new("until"),
                new("plan-civilians", IsNumber: true),
                new("plan-responders", IsNumber: true),
            ],
            walk.Commitments.Select(commitment =>
                (
                    new Word[]
                    {
                        new Free(commitment.Stakeholder),
                        new Said(
                            "plans.units",
                            ("n", new Count(commitment.Units)),
                            ("asset", new Free(commitment.Asset))
                        ),
                        Word.Of(commitment.Place, commitment.PlaceName),
                        Word.Of("commitment", commitment.State),
                        commitment.History.Count == 0
                            ? new Said("unknown")
                            : new Lines([
                                new Moment(commitment.History[^1].At),
                                new Free(commitment.History[^1].Proof),
                            ]),
                        commitment.Until is { } until
                            ? new Moment(until)
                            : new Said("no-end-stated"),
                        new Count(commitment.Civilians),
                        new Count(commitment.Responders),
                    },
                    (IEnumerable<string>)[commitment.Id, commitment.PlanId, commitment.OfferId],
                    commitment.History.Select(step => step.Origin)
                )
            )
        );
        return draft.Section;
    }

    /// <summary>Only these two states are service (INV-06).</summary>
    public static bool IsWorking(Commitment commitment) =>
        commitment.State is CommitmentState.Working or CommitmentState.StillWorking;

    private static void Passage(Draft draft, Decision decision)
    {
        string[] id = [decision.Id];
        string[] about = [decision.Id, decision.Subject];
        Origin[] origin = [decision.Origin];
        draft.Head(new Said("decisions.title", ("kind", Word.Of("decision", decision.Kind))));
        draft.Say(
            new Said(
                "decisions.question",
                ("question", new Free(decision.Question)),
                ("opened", new Moment(decision.OpenedAt)),
                ("deadline", new Moment(decision.Deadline))
            ),
            about,
            origin
        );
        draft.Say(
            new Said(
                decision.DecidedAt is null ? "decisions.outcome-open" : "decisions.outcome",
                ("outcome", Word.Of("outcome", decision.Outcome)),
                ("at", Word.Of(decision.DecidedAt)),
                ("reason", new Free(decision.OutcomeReason)),
                ("appeal", new Moment(decision.AppealUntil))
            ),
            about,
            origin
        );
        if (decision is { FirstServiceDue: { } first, ExtendedServiceDue: { } extended })
        {
            draft.Say(
                new Said(
                    "decisions.clock",
                    ("first", new Moment(first)),
                    ("extended", new Moment(extended))
                ),
                id,
                origin
            );
        }

        draft.Tabulate(
            "positions",
            [new("class"), new("role"), new("stand"), new("reason"), new("at")],
            decision
                .Positions.OrderBy(position => position.Class)
                .ThenBy(position => position.Stakeholder, StringComparer.Ordinal)
                .Select(position =>
                    (
                        new Word[]
                        {
                            Word.Of("class", position.Class),
                            new Free(position.Stakeholder),
                            Word.Of("stand", position.Stand),
                            new Free(position.Reason),
                            new Moment(position.At),
                        },
                        (IEnumerable<string>)id,
                        (IEnumerable<Origin>)[position.Origin]
                    )
                )
        );
        Dissent(draft, decision);
        Silence(draft, decision);
        Consents(draft, decision);
    }

    /// <summary>Dissent is published with the outcome (INV-10).</summary>
    private static void Dissent(Draft draft, Decision decision)
    {
        var objections = decision
            .Positions.Where(position => position.Stand == Stand.Object)
            .ToList();
        foreach (Position objection in objections)
        {
            draft.Say(
                new Said(
                    "decisions.dissent",
                    ("who", new Free(objection.Stakeholder)),
                    ("class", Word.Of("class", objection.Class)),
                    ("reason", new Free(objection.Reason))
                ),
                [decision.Id],
                [objection.Origin],
                Tone.Caution
            );
        }

        if (objections.Count == 0)
        {
            draft.Say(new Said("decisions.no-dissent"), [decision.Id], [decision.Origin]);
        }
    }

    private static void Silence(Draft draft, Decision decision)
    {
        var classes = Enum.GetValues<StakeholderClass>()
            .Except(decision.Positions.Select(position => position.Class))
            .ToList();
        draft.Say(
            new Said(
                "decisions.quorum",
                ("n", new Count(decision.ClassesCounted.Count)),
                ("wanted", new Count(decision.QuorumClasses))
            ),
            [decision.Id],
            [decision.Origin]
        );
        if (classes.Count > 0)
        {
            draft.Say(
                new Said(
                    "decisions.silent",
                    ("classes", new Listed([.. classes.Select(each => Word.Of("class", each))]))
                ),
                [decision.Id],
                [decision.Origin]
            );
        }
    }

    private static void Consents(Draft draft, Decision decision)
    {
        draft.Tabulate(
            "consents",
            [new("party"), new("consent"), new("asked-at"), new("reason")],
            decision.Consents.Select(record =>
                (
                    new Word[]
                    {
                        new Free(record.Party),
                        Word.Of("consent", record.Consent),
                        record.AskedAt is { } at ? new Moment(at) : new Said("not-asked"),
                        new Free(record.Reason),
                    },
                    (IEnumerable<string>)[decision.Id],
                    (IEnumerable<Origin>)[record.Origin]
                )
            )
        );
        if (decision.Consents.Any(record => record.Consent == Consent.NoAnswer))
        {
            draft.Say(
                new Said(
                    "decisions.no-answer",
                    (
                        "n",
                        new Count(
                            decision.Consents.Count(record => record.Consent == Consent.NoAnswer)
                        )
                    )
                ),
                [decision.Id],
                [decision.Origin],
                Tone.Caution
            );
        }
    }
}
