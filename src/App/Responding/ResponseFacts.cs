using System.Text.Json;
using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Decisions.Fuel;
using Breakwater.Decisions.Missions;
using Breakwater.Decisions.Responding;
using Breakwater.Plans;
using Breakwater.Records;
using Breakwater.Restorations;
using Breakwater.Vocabulary;

namespace Breakwater.App.Responding;

/// <summary>What acts on a response rest on, read from the store as it stands: nobody who acts can say it otherwise.</summary>
internal static class ResponseFacts
{
    public static async Task<ProposeResponse> ForProposal(
        Act act,
        Response? state,
        ProposeResponse command
    ) =>
        command with
        {
            OnTheSame = await OnTheSame(act, command.DisruptionId).ConfigureAwait(false),
            OutOfScope = await ScopeFacts
                .WhyNot(act.Work.Records, command.DisruptionId)
                .ConfigureAwait(false),
        };

    public static async Task<AskActivation> ForAsking(
        Act act,
        Response? state,
        AskActivation command
    ) =>
        command with
        {
            Decision = await Decision(act, command.DecisionId).ConfigureAwait(false),
            OutOfScope = await ScopeFacts
                .WhyNot(act.Work.Records, state?.DisruptionId)
                .ConfigureAwait(false),
        };

    public static async Task<ActivateResponse> ForActivation(
        Act act,
        Response? state,
        ActivateResponse command
    ) =>
        command with
        {
            Decision = await Decision(act, state?.ActivationDecision).ConfigureAwait(false),
            OnTheSame = state is null
                ? []
                : await OnTheSame(act, state.DisruptionId).ConfigureAwait(false),
        };

    /// <summary>The decision on this plan, whose subject is the plan, and whether it bound anybody.</summary>
    public static async Task<AdoptPlan> ForAdoption(Act act, Response? state, AdoptPlan command)
    {
        Decision? decision = (
            await Parts<Decision, DecisionEvent>(act).ConfigureAwait(false)
        ).LastOrDefault(decision =>
            decision.Kind == DecisionKind.PlanAdoption && decision.Subject == command.PlanId
        );
        return command with
        {
            Decision = decision,
            IsUnpledged =
                decision?.Outcome == DecisionOutcome.Adopted
                && await Product<Plan>(act, "plan", command.PlanId).ConfigureAwait(false)
                    is { Lines.Count: > 0 }
                && !(await Parts<Commitment, CommitmentEvent>(act).ConfigureAwait(false)).Any(one =>
                    one.PlanId == command.PlanId
                ),
        };
    }

    public static async Task<MeetClock> ForClock(Act act, Response? state, MeetClock command) =>
        command with
        {
            Return = (
                await Measuring.OfResponse(act.Work.Records, act.Id).ConfigureAwait(false)
            ).FirstOrDefault(one => one.Id == command.RestorationId)
                is { } restoration
                ? MeasuredFromRestoration.Of(restoration)
                : null,
        };

    public static async Task<ProposeStandDown> ForStandDown(
        Act act,
        Response? state,
        ProposeStandDown command
    ) => command with { Decision = await Decision(act, command.DecisionId).ConfigureAwait(false) };

    public static async Task<StandDown> ForStandingDown(Act act, Response? state, StandDown command)
    {
        if (state is null)
        {
            return command;
        }

        return command with
        {
            Decision = await Decision(act, state.StandDownDecision).ConfigureAwait(false),
            Unfinished = await Unfinished(act.Work.Records, state).ConfigureAwait(false),
        };
    }

    /// <param name="decided">A decision whose outcome is newer than the store.</param>
    public static async Task<Unfinished> Unfinished(
        IRecords records,
        Response response,
        string? decided = null
    )
    {
        IReadOnlyList<Commitment> commitments = await Parts<Commitment, CommitmentEvent>(
                records,
                response.Id
            )
            .ConfigureAwait(false);
        return Decisions
            .Responding.Unfinished.Of(
                commitments,
                await Measuring.Unmeasured(records, response, commitments).ConfigureAwait(false)
            )
            .With(
                await Parts<Mission, MissionEvent>(records, response.Id).ConfigureAwait(false),
                await Parts<FuelRequest, FuelRequestEvent>(records, response.Id)
                    .ConfigureAwait(false),
                (
                    await Parts<Decision, DecisionEvent>(records, response.Id).ConfigureAwait(false)
                ).Where(decision => decision.Id != decided)
            );
    }

    /// <summary>Subjects of a kind that are part of the response.</summary>
    public static Task<IReadOnlyList<TState>> Parts<TState, TEvent>(Act act)
        where TState : class, ISubject<TState, TEvent>
        where TEvent : class => Parts<TState, TEvent>(act.Work.Records, act.Id);

    public static async Task<IReadOnlyList<TState>> Parts<TState, TEvent>(
        IRecords records,
        string response
    )
        where TState : class, ISubject<TState, TEvent>
        where TEvent : class =>
        [
            .. (
                await records.AllOf(TState.Kind, $"response/{response}").ConfigureAwait(false)
            ).Select(document => SubjectKind<TState, TEvent>.Read(document.Body)),
        ];

    /// <summary>Null when there is no such product, or another version of Breakwater wrote it.</summary>
    public static async Task<T?> Product<T>(Act act, string kind, string? id)
        where T : class
    {
        try
        {
            return
                id is not null
                && await act.Work.Records.Product(id).ConfigureAwait(false) is { } product
                && product.Kind == kind
                ? product.Body.Deserialize<T>(Json.Compact)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<Decision?> Decision(Act act, string? id) =>
        id is null
            ? null
            : (await act.Work.Load<Decision, DecisionEvent>(id).ConfigureAwait(false)).State;

    private static async Task<IReadOnlyList<Response>> OnTheSame(Act act, string disruption) =>
        [
            .. (await act.Work.Records.AllOf("response").ConfigureAwait(false))
                .Select(document => SubjectKind<Response, ResponseEvent>.Read(document.Body))
                .Where(response => response.DisruptionId == disruption),
        ];
}
