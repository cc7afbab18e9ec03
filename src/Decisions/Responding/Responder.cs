using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Responding;

/// <summary>What every act on a response asks first.</summary>
internal static class Responder
{
    /// <summary>Joining the deliberation grants nothing on operations (INV-09).</summary>
    public static Refusal? WhyNot(Response response, Participant by, Instant now) =>
        by.Organisation is null
            ? Refusal.NotAllowed("only a member of an organisation can do this")
            : Checks.Order(response.ChangedAt, now);

    public static Refusal? WhyNotActive(Response response) =>
        response.State == ResponseState.Active
            ? null
            : Refusal.WrongState($"the response is {response.Standing}");

    /// <summary>Another response that runs to the same disruption; null for none.</summary>
    public static Response? ActiveOnTheSame(Response response, IReadOnlyList<Response> onTheSame) =>
        onTheSame.FirstOrDefault(other =>
            other.Id != response.Id
            && other.State == ResponseState.Active
            && other.DisruptionId == response.DisruptionId
        );

    /// <summary>A decision of the wanted kind that is about this response and no other.</summary>
    public static Refusal? WhyNotDecision(
        Decision? decision,
        DecisionKind kind,
        params ReadOnlySpan<string> subjects
    ) =>
        decision is null ? Refusal.Invalid("there is no such decision")
        : decision.Kind != kind ? Refusal.Invalid($"the decision is no {Checks.Word(kind)}")
        : !subjects.Contains(decision.Subject)
            ? Refusal.Invalid("the decision is about something else")
        : null;
}
