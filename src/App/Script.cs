using Breakwater.Decisions;
using Breakwater.Decisions.Closing;
using Breakwater.Decisions.Committing;
using Breakwater.Decisions.Consenting;
using Breakwater.Decisions.Positioning;
using Breakwater.Feeds;
using Breakwater.Plans;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App;

/// <param name="Refusals">Acts that the rules refused, with the reason; a script gets no exemption.</param>
public sealed record ScriptPlayed(
    IReadOnlyList<Decision> Decisions,
    IReadOnlyList<Commitment> Commitments,
    IReadOnlyList<string> Refusals
);

/// <summary>Plays what people said and did in a scenario through the same commands that people use.</summary>
public static class Script
{
    public static ScriptPlayed Play(
        Scenario scenario,
        IReadOnlyList<Decision> open,
        IReadOnlyList<Plan> plans
    )
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(open);
        if (scenario.Script is not { } script)
        {
            return new ScriptPlayed(open, [], []);
        }

        var refusals = new List<string>();
        var stakeholders = scenario.Stakeholders.ToDictionary(stakeholder => stakeholder.Id);
        List<ScriptEntry> acts =
        [
            .. script.Where(act => act.At < scenario.AsOf).OrderBy(act => act.At),
        ];
        List<Decision> decisions =
        [
            .. open.Select(decision =>
                Decide(decision, acts, stakeholders, scenario.Origin, scenario.AsOf, refusals)
            ),
        ];
        IReadOnlyList<Commitment> commitments = Commitments(decisions, plans, scenario, refusals);
        refusals.AddRange(
            acts.OfType<ScriptedStep>()
                .Select(step => step.Offer)
                .Distinct()
                .Where(offer => commitments.All(commitment => commitment.OfferId != offer))
                .Select(offer =>
                    $"steps of {offer}: refused, nobody is committed to it under the adopted plan"
                )
        );
        return new ScriptPlayed(
            decisions,
            [.. commitments.Select(commitment => Advanced(commitment, acts, scenario, refusals))],
            refusals
        );
    }

    private static Decision Decide(
        Decision decision,
        List<ScriptEntry> acts,
        Dictionary<string, Stakeholder> stakeholders,
        Origin origin,
        Instant asOf,
        List<string> refusals
    )
    {
        string on = decision.Kind == DecisionKind.Activation ? "activation" : "plan";
        List<ScriptedPosition> positions =
        [
            .. acts.OfType<ScriptedPosition>().Where(act => act.On == on),
        ];
        foreach (ScriptedPosition act in positions)
        {
            var command = new TakePosition(
                stakeholders[act.By],
                Parse<Stand>(act.Stand),
                act.Reason,
                origin
            );
            (decision, DecisionRefused? refusal) = TakePosition.Take(decision, command, act.At);
            Note(refusals, $"{act.By} on {on}", refusal?.Reason);
        }

        foreach (
            ScriptedConsent act in acts.OfType<ScriptedConsent>()
                .Where(_ => decision.Kind == DecisionKind.Activation)
        )
        {
            var command = new RecordConsent(
                act.Party,
                Parse<Consent>(act.Answer),
                act.AskedAt,
                act.Reason,
                origin
            );
            (decision, DecisionRefused? refusal) = RecordConsent.Record(decision, command);
            Note(refusals, $"consent of {act.Party}", refusal?.Reason);
        }

        // Nobody waits for the deadline once the last expected view is in; without a quorum the deadline closes it.
        Instant closeAt = positions.Count > 0 ? positions[^1].At : decision.Deadline;
        (Decision closed, DecisionRefused? open) = Close.On(decision, closeAt);
        return open is not null && decision.Deadline < asOf
            ? Close.On(decision, decision.Deadline).Decision
            : closed;
    }

    private static IReadOnlyList<Commitment> Commitments(
        List<Decision> decisions,
        IReadOnlyList<Plan> plans,
        Scenario scenario,
        List<string> refusals
    )
    {
        Decision? activation = decisions.Find(decision => decision.Kind == DecisionKind.Activation);
        Decision? adoption = decisions.Find(decision => decision.Kind == DecisionKind.PlanAdoption);
        if (
            adoption is not { DecidedAt: { } decidedAt }
            || activation?.Outcome != DecisionOutcome.Adopted
        )
        {
            return [];
        }

        Plan plan = plans.First(plan => plan.Id == adoption.Subject);
        (IReadOnlyList<Commitment> commitments, CommitmentRefused? refusal) = Commit.To(
            adoption,
            plan,
            scenario.Offers,
            decidedAt
        );
        Note(refusals, "commitments", refusal?.Reason);
        return commitments;
    }

    private static Commitment Advanced(
        Commitment commitment,
        List<ScriptEntry> acts,
        Scenario scenario,
        List<string> refusals
    )
    {
        foreach (
            ScriptedStep act in acts.OfType<ScriptedStep>()
                .Where(act => act.Offer == commitment.OfferId)
        )
        {
            CommitmentState to = Parse<CommitmentState>(act.Step);
            if (to == CommitmentState.Pledged)
            {
                continue;
            }

            commitment = Advance.LapseIfOver(commitment, act.At);
            (commitment, CommitmentRefused? refusal) = Advance.Step(
                commitment,
                new Advance(to, act.By, act.Proof, scenario.Origin),
                act.At
            );
            Note(refusals, $"{act.Offer} at {commitment.PlaceName} to {act.Step}", refusal?.Reason);
        }

        return Advance.LapseIfOver(commitment, scenario.AsOf);
    }

    private static T Parse<T>(string kebab)
        where T : struct, Enum =>
        Enum.Parse<T>(kebab.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);

    private static void Note(List<string> refusals, string act, string? reason)
    {
        if (reason is not null)
        {
            refusals.Add($"{act}: refused, {reason}");
        }
    }
}
