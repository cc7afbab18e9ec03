using Breakwater.Decisions.Clearances;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Missions;

/// <summary>Proposes a trip. It starts nothing.</summary>
/// <param name="Parent">The response, as <c>response/…</c>; null for none.</param>
public sealed record ProposeMission(
    string Id,
    string? Parent,
    MissionTerms Terms,
    Origin Origin,
    Marking Marking
)
{
    public static Decided<MissionEvent> Decide(
        Mission? state,
        ProposeMission command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            (state is null ? null : Refusal.WrongState("this mission was proposed already"))
            ?? Wanting.Name("the id", command.Id)
            ?? (command.Parent is null ? null : Wanting.Name("the response", command.Parent))
            ?? MissionRules.Terms(command.Terms, by, now)
            ?? Wanting.Known("the origin", command.Origin)
            ?? MissionRules.Marking(command.Marking);
        return no is not null
            ? no
            : new MissionProposed(
                command.Id,
                command.Parent,
                command.Terms,
                command.Terms.Fingerprint(),
                command.Origin,
                command.Marking,
                by.Organisation!,
                by.Person,
                now
            );
    }
}

/// <summary>
/// Changes the terms before the start. The approvals are void: they were given to something else. What is sealed in them nobody can
/// read back, so what is left out of it stays: the site, the crew and the vehicle.
/// </summary>
public sealed record ReviseMission(MissionTerms Terms, string Reason)
{
    public static Decided<MissionEvent> Decide(
        Mission? state,
        ReviseMission command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no = MissionRules.Own(state, by, MissionState.Proposed, MissionState.Approved);
        if (no is not null)
        {
            return no;
        }

        MissionTerms? terms = Kept(state!.Terms, command.Terms);
        no = MissionRules.Terms(terms, by, now) ?? Wanting.Text("the reason", command.Reason);
        return no is not null
            ? no
            : new MissionRevised(terms!, terms!.Fingerprint(), command.Reason, by.Person, now);
    }

    private static MissionTerms? Kept(MissionTerms before, MissionTerms? sent) =>
        sent is null
            ? null
            : sent with
            {
                Site = sent.Site ?? before.Site,
                Crew = sent.Crew is null or [] ? before.Crew : sent.Crew,
                Vehicle = sent.Vehicle ?? before.Vehicle,
            };
}
