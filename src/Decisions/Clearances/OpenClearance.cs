using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Clearances;

/// <summary>Opens the file of a permit that somebody needs. Nobody has been asked yet.</summary>
/// <param name="Authority">Which role must answer, in words.</param>
/// <param name="AuthorityOrganisation">Its id when it takes part here.</param>
/// <param name="About">What is to be allowed.</param>
/// <param name="Waiting">Ledger subjects that wait for it.</param>
/// <param name="RemindAfterDays">Days of silence between reminders, 1 to 365.</param>
/// <param name="EscalateAfterDays">Days of silence after which it goes to <paramref name="EscalateTo"/>, 1 to 365.</param>
public sealed record OpenClearance(
    string Id,
    string? Parent,
    ClearanceKind Permit,
    string Authority,
    string? AuthorityOrganisation,
    string About,
    Place Place,
    IReadOnlyList<string> Waiting,
    int RemindAfterDays,
    int EscalateAfterDays,
    string EscalateTo,
    Origin Origin,
    Marking Marking
)
{
    private const int DaysMax = 365;

    public static Decided<ClearanceEvent> Decide(
        ClearanceFile? state,
        OpenClearance command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        return state is not null ? Refusal.WrongState("this clearance is open already")
            : WhyNot(command) is { } no ? no
            : new ClearanceOpened(
                command.Id,
                command.Parent,
                command.Permit,
                command.Authority,
                command.AuthorityOrganisation,
                command.About,
                command.Place,
                [.. command.Waiting.Distinct(StringComparer.Ordinal)],
                command.RemindAfterDays,
                command.EscalateAfterDays,
                command.EscalateTo,
                command.Origin,
                command.Marking,
                by.Organisation,
                by.Person,
                now
            );
    }

    private static Refusal? WhyNot(OpenClearance command) =>
        Wanting.Name("the id", command.Id)
        ?? (command.Parent is null ? null : Wanting.Name("the response", command.Parent))
        ?? Wanting.Known("the permit", command.Permit)
        ?? Wanting.Name("the authority", command.Authority)
        ?? (
            command.AuthorityOrganisation is null
                ? null
                : Wanting.Name("the authority's organisation", command.AuthorityOrganisation)
        )
        ?? Wanting.Text("what is to be allowed", command.About)
        ?? Wanting.AreaOrCoreResource(command.Place)
        ?? Wanting.Names("the subjects that wait", command.Waiting)
        ?? Wanting.Between("the days to a reminder", command.RemindAfterDays, 1, DaysMax)
        ?? Wanting.Between("the days to an escalation", command.EscalateAfterDays, 1, DaysMax)
        ?? Wanting.Name("to whom it escalates", command.EscalateTo)
        ?? Wanting.Known("the origin", command.Origin)
        ?? Wanting.Marking(command.Marking);
}
