using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Membership;

public abstract record DutyRosterEvent;

public sealed record RosterOpened(
    string Id,
    string Name,
    string Organisation,
    IReadOnlyList<Role> Roles,
    Instant Since,
    Instant Until,
    Duration WarnBefore,
    Marking Marking,
    string By,
    Instant At
) : DutyRosterEvent;

public sealed record ShiftPlanned(Shift Shift, string By, Instant At) : DutyRosterEvent;

public sealed record ShiftCancelled(string Shift, string Reason, string By, Instant At)
    : DutyRosterEvent;

public sealed record ShiftHandedOver(string Shift, string Note, string By, Instant At)
    : DutyRosterEvent;

/// <summary>Nobody is on duty for a role from a moment that is near.</summary>
public sealed record DutyGapNear(Role Role, Instant Since, Instant Until, Instant At)
    : DutyRosterEvent;

/// <summary>One person on duty for one role. Shifts may overlap.</summary>
/// <param name="Handover">What the next one must know; null while nothing was handed over.</param>
public sealed record Shift(
    string Id,
    string Person,
    Role Role,
    Instant Since,
    Instant Until,
    string? Handover = null
);

/// <summary>A stretch in which nobody is on duty for a role that the roster is to cover.</summary>
public sealed record DutyGap(Role Role, Instant Since, Instant Until);

/// <summary>Who is on duty for what, and when nobody is.</summary>
public sealed record DutyRoster : ISubject<DutyRoster, DutyRosterEvent>
{
    public static string Kind => "duty-roster";

    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Id of the organisation that keeps it; people of others may be on duty.</summary>
    public required string Organisation { get; init; }

    /// <summary>Roles for which somebody must be on duty all the time.</summary>
    public required IReadOnlyList<Role> Roles { get; init; }

    public required Instant Since { get; init; }

    public required Instant Until { get; init; }

    /// <summary>How long before a gap it is told.</summary>
    public required Duration WarnBefore { get; init; }

    public required Marking Marking { get; init; }

    public required IReadOnlyList<Shift> Shifts { get; init; }

    /// <summary>Gaps that were told already.</summary>
    public IReadOnlyList<DutyGap> Told { get; init; } = [];

    [JsonIgnore]
    public string Standing => Gaps().Any() ? "with-gaps" : "covered";

    [JsonIgnore]
    public Instant? DueAt =>
        Untold().Select(gap => (Instant?)(gap.Since - WarnBefore)).DefaultIfEmpty(null).Min();

    [JsonIgnore]
    public string Words => Name;

    /// <summary>Who is on duty at a moment: several for one role, or nobody.</summary>
    public IReadOnlyList<Shift> OnDuty(Instant now) =>
        [.. Shifts.Where(shift => shift.Since <= now && now < shift.Until)];

    /// <summary>In the order of roles and then of time.</summary>
    public IEnumerable<DutyGap> Gaps()
    {
        foreach (Role role in Roles)
        {
            Instant covered = Since;
            foreach (
                Shift shift in Shifts
                    .Where(shift => shift.Role == role && shift.Until > Since)
                    .OrderBy(shift => shift.Since)
            )
            {
                if (covered >= Until)
                {
                    break;
                }

                if (shift.Since > covered)
                {
                    yield return new DutyGap(role, covered, Instant.Min(shift.Since, Until));
                }

                covered = Instant.Max(covered, shift.Until);
            }

            if (covered < Until)
            {
                yield return new DutyGap(role, covered, Until);
            }
        }
    }

    public static DutyRoster Apply(DutyRoster? before, DutyRosterEvent happened) =>
        (before, happened) switch
        {
            (_, RosterOpened opened) => new DutyRoster
            {
                Id = opened.Id,
                Name = opened.Name,
                Organisation = opened.Organisation,
                Roles = opened.Roles,
                Since = opened.Since,
                Until = opened.Until,
                WarnBefore = opened.WarnBefore,
                Marking = opened.Marking,
                Shifts = [],
            },
            (null, _) => throw new InvalidOperationException(
                $"{happened.GetType().Name} begins no roster"
            ),
            (_, ShiftPlanned planned) => before with { Shifts = [.. before.Shifts, planned.Shift] },
            (_, ShiftCancelled cancelled) => before with
            {
                Shifts = [.. before.Shifts.Where(shift => shift.Id != cancelled.Shift)],
            },
            (_, ShiftHandedOver over) => before with
            {
                Shifts =
                [
                    .. before.Shifts.Select(shift =>
                        shift.Id == over.Shift ? shift with { Handover = over.Note } : shift
                    ),
                ],
            },
            (_, DutyGapNear near) => before with
            {
                // Of those told before, the ones that are still gaps.
                Told =
                [
                    .. before.Told.Intersect(before.Gaps()),
                    new DutyGap(near.Role, near.Since, near.Until),
                ],
            },
            _ => before,
        };

    public static Decided<DutyRosterEvent> Elapse(DutyRoster state, Instant now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state
            .Untold()
            .Where(gap => gap.Since - state.WarnBefore <= now)
            .Select(gap => new DutyGapNear(gap.Role, gap.Since, gap.Until, now))
            .ToArray<DutyRosterEvent>();
    }

    private IEnumerable<DutyGap> Untold() => Gaps().Except(Told);
}
