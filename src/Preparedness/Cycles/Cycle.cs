using System.Text.Json.Serialization;
using Breakwater.Preparedness.Consultations;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Cycles;

/// <summary>A year of work, from the call to the launch and to what is asked of the next one.</summary>
public sealed record Cycle : ISubject<Cycle, CycleEvent>
{
    static string ISubject<Cycle, CycleEvent>.Kind => "cycle";

    public required string Id { get; init; }

    public required string Title { get; init; }

    public required string Purpose { get; init; }

    /// <summary>Id of the organisation that keeps its calendar.</summary>
    public required string Secretariat { get; init; }

    /// <summary>In the order of their dates; those without one last.</summary>
    public required IReadOnlyList<Milestone> Milestones { get; init; }

    public required Instant OpenedAt { get; init; }

    public Instant? ClosedAt { get; init; }

    /// <summary>What is put to the next cycle; null while it is open.</summary>
    public string? Proposal { get; init; }

    public required Instant ChangedAt { get; init; }

    public required Marking Marking { get; init; }

    [JsonIgnore]
    public string Standing => ClosedAt is null ? "open" : "closed";

    [JsonIgnore]
    public string Words => $"{Title} {Purpose}";

    public static Cycle Apply(Cycle? before, CycleEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened is CycleOpened opened)
        {
            return new Cycle
            {
                Id = opened.Id,
                Title = opened.Title,
                Purpose = opened.Purpose,
                Secretariat = opened.Secretariat,
                Milestones = [],
                OpenedAt = opened.At,
                ChangedAt = opened.At,
                Marking = opened.Marking,
            };
        }

        ArgumentNullException.ThrowIfNull(before);
        Cycle after = happened switch
        {
            MilestoneSet set => before with
            {
                Milestones = Milestone.Ordered([
                    .. before.Milestones.Where(each => each.What != set.Milestone.What),
                    set.Milestone,
                ]),
            },
            CycleClosed closed => before with { ClosedAt = closed.At, Proposal = closed.Proposal },
            _ => throw new InvalidOperationException($"a cycle knows no {happened.GetType()}"),
        };
        return after with { ChangedAt = happened.At };
    }
}

/// <summary>What happens to a cycle.</summary>
public abstract record CycleEvent(Instant At, string By);

public sealed record CycleOpened(
    Instant At,
    string By,
    string Id,
    string Title,
    string Purpose,
    string Secretariat,
    Marking Marking
) : CycleEvent(At, By);

public sealed record MilestoneSet(Instant At, string By, Milestone Milestone) : CycleEvent(At, By);

public sealed record CycleClosed(Instant At, string By, string Proposal) : CycleEvent(At, By);

public sealed record OpenCycle(string Id, string Title, string Purpose)
{
    public static Decided<CycleEvent> Decide(
        Cycle? state,
        OpenCycle command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            (state is null ? null : Refusal.WrongState("there is a cycle with that id already"))
            ?? Chairing.WhyNotSpeak(by)
            ?? Checks.Id(command.Id, "the id")
            ?? Chairing.Title(command.Title)
            ?? Checks.Needed(command.Purpose, "the purpose");
        return no is not null
            ? no
            : new CycleOpened(
                now,
                by.Person,
                command.Id,
                command.Title.Trim(),
                command.Purpose.Trim(),
                by.Organisation!,
                Marking.Public
            );
    }
}

/// <summary>Puts a milestone on the timeline, or another date on one.</summary>
/// <param name="When">A day, a month or a year: <c>2025-12-01</c>, <c>2025-05</c>; left out when it is not known.</param>
public sealed record SetMilestone(string What, string? When = null, string? Source = null)
{
    public const int CountMax = 200;

    public static Decided<CycleEvent> Decide(
        Cycle? state,
        SetMilestone command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        if (state is null)
        {
            return Checks.Missing("cycle");
        }

        Refusal? no =
            Chairing.WhyNot(state.Secretariat, state.ChangedAt, by, now)
            ?? Chairing.Title(command.What)
            ?? (command.Source is null ? null : RemarkRules.Short(command.Source, "the source"))
            ?? (
                command.When is { } when && !Milestone.IsDate(when)
                    ? Refusal.Invalid(
                        "the date is a day, a month or a year, such as 2025-12-01 or 2025-05; leave it out when it is not known"
                    )
                : state.Milestones.Count >= CountMax
                    ? Refusal.TooMuch($"it has {CountMax} milestones already")
                : state.ClosedAt is not null ? Refusal.WrongState("it is closed")
                : null
            );
        return no is not null
            ? no
            : new MilestoneSet(
                now,
                by.Person,
                new Milestone(command.What.Trim(), command.When, command.Source)
            );
    }
}

/// <summary>Ends the cycle with what is put to the next one.</summary>
public sealed record CloseCycle(string Proposal)
{
    public static Decided<CycleEvent> Decide(
        Cycle? state,
        CloseCycle command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        if (state is null)
        {
            return Checks.Missing("cycle");
        }

        Refusal? no =
            Chairing.WhyNot(state.Secretariat, state.ChangedAt, by, now)
            ?? (state.ClosedAt is null ? null : Refusal.WrongState("it is closed already"))
            ?? Checks.Needed(command.Proposal, "what is put to the next cycle");
        return no is not null ? no : new CycleClosed(now, by.Person, command.Proposal);
    }
}
