using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Membership.Rostering;

/// <summary>An organisation keeps a roster of who is on duty.</summary>
/// <param name="Roles">For which somebody must be on duty from <paramref name="Since"/> to <paramref name="Until"/>.</param>
/// <param name="Marking">Null for the community, and strictly so; a roster is never public.</param>
public sealed record OpenRoster(
    string Id,
    string Name,
    IReadOnlyList<Role> Roles,
    Instant Since,
    Instant Until,
    Duration WarnBefore,
    Marking? Marking = null
)
{
    private static Marking Usual(Signatory by) =>
        new(Distribution.Community, Tlp.AmberStrict) { Organisation = by.Organisation };

    public static Decided<DutyRosterEvent> Decide(
        DutyRoster? roster,
        OpenRoster command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Refusal? refusal =
            RosterWhyNot.Keeps(by, out Signatory signatory)
            ?? (roster is null ? null : Refusal.WrongState("there is a roster with that id"))
            ?? Limits.Id("id", command.Id)
            ?? Limits.Text("name", command.Name, Limits.NameMax)
            ?? Limits.List("roles", command.Roles, 20)
            ?? command
                .Roles.Select(role => Limits.Defined("role", role))
                .FirstOrDefault(refusal => refusal is not null)
            ?? RosterWhyNot.Window(command.Since, command.Until, now)
            ?? (
                command.Roles.Count == 0 || command.Roles.Distinct().Count() < command.Roles.Count
                    ? Refusal.Invalid("name each role that the roster covers once")
                : command.WarnBefore < Duration.Zero || command.WarnBefore > Duration.FromDays(30)
                    ? Refusal.Invalid("a gap is told between 0 and 30 days before it")
                : command.Marking is { Distribution: Distribution.Public }
                    ? Refusal.Invalid("who is on duty is never public")
                : null
            );
        return refusal is not null
            ? refusal
            : new RosterOpened(
                command.Id,
                command.Name,
                signatory.Organisation,
                command.Roles,
                command.Since,
                command.Until,
                command.WarnBefore,
                command.Marking ?? Usual(signatory),
                by.Person,
                now
            );
    }
}

internal static class RosterWhyNot
{
    public static Refusal? Keeps(Participant by, out Signatory signatory) =>
        FourEyes.Sign(by, out signatory)
        ?? (
            Own.Speaks(by)
                ? null
                : Refusal.NotAllowed("only a registrar or representative keeps a roster")
        );

    /// <summary>The roster of the person's own organisation, or why not.</summary>
    public static Refusal? KeepsIt(DutyRoster? roster, Participant by)
    {
        Refusal? refusal = Keeps(by, out Signatory signatory);
        return roster is null ? Refusal.WrongState("there is no such roster")
            : refusal is not null ? refusal
            : roster.Organisation != signatory.Organisation
                ? Refusal.NotAllowed("the roster is kept by another organisation")
            : null;
    }

    public static Refusal? Window(Instant since, Instant until, Instant now) =>
        Limits.Near("since", since, now)
        ?? Limits.Near("until", until, now)
        ?? (until > since ? null : Refusal.Invalid("it would end before it begins"));
}
