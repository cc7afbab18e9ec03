using Breakwater.Decisions.Clearances;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Missions;

/// <summary>What must hold before anything is done to a mission.</summary>
internal static class MissionRules
{
    private const int CrewMax = 200;

    private const int WindowDaysMax = 90;

    private const int CasualtiesMax = 100_000;

    public static Refusal? In(Mission? state, params ReadOnlySpan<MissionState> states) =>
        state is null ? Refusal.WrongState("there is no such mission")
        : states.Contains(state.State) ? null
        : Refusal.WrongState($"the mission is {state.Standing}");

    /// <summary>By somebody in it, in one of these states.</summary>
    public static Refusal? Own(
        Mission? state,
        Participant by,
        params ReadOnlySpan<MissionState> states
    ) =>
        In(state, states)
        ?? (
            state!.Includes(by)
                ? null
                : Refusal.NotAllowed("only those in the mission, or who watch over it, may do this")
        );

    public static Refusal? Terms(MissionTerms? terms, Participant by, Instant now) =>
        terms is null
            ? Refusal.Invalid("the terms of the mission are missing")
            : Wanting.Known("the purpose", terms.Purpose)
                ?? Wanting.Name("what the mission is for", terms.For)
                ?? Wanting.Area(terms.Area)
                ?? Crew(terms)
                ?? Wanting.Names("the spares", terms.Spares)
                ?? Window(terms, now)
                ?? Wanting.Names("the clearances", terms.Clearances)
                ?? Taking(terms, by)
                ?? Wanting.Between("the minutes between check-ins", terms.CheckInMinutes, 5, 1_440)
                ?? Wanting.Between("the minutes of grace", terms.GraceMinutes, 1, 360);

    /// <summary>Every clearance that it needs allows it at that moment, and one of them is on access: no answer is not yes.</summary>
    public static Refusal? Cleared(
        Mission state,
        IReadOnlyList<ClearanceFile> clearances,
        Instant at
    )
    {
        ClearanceFile[] needed =
        [
            .. clearances
                .Where(file => state.Terms.Clearances.Contains(file.Id))
                .DistinctBy(file => file.Id),
        ];
        string? absent = state.Terms.Clearances.FirstOrDefault(id =>
            needed.All(file => file.Id != id)
        );
        return absent is not null
                ? Refusal.WrongState($"clearance {absent} is needed, and there is none")
            : needed.All(file => file.Permit != ClearanceKind.Access)
                ? Refusal.WrongState(
                    "no clearance on access is named; where none is required, its answer says so"
                )
            : needed.FirstOrDefault(file => !file.AllowsAt(at)) is { } closed
                ? Refusal.WrongState(
                    $"clearance {closed.Id} ({closed.Permit}) stands at {closed.Standing} and does not allow it then; no answer is not yes"
                )
            : null;
    }

    public static Refusal? Counted(Casualties? casualties) =>
        casualties is null
            ? Refusal.Invalid("the casualties are missing; what is not known stays empty")
            : Count("the killed", casualties.Killed)
                ?? Count("the injured", casualties.Injured)
                ?? Count("the missing", casualties.Missing);

    /// <summary>A mission is known to partners at most: its area and window together are worth something to an attacker.</summary>
    public static Refusal? Marking(Marking? marking) =>
        Wanting.Marking(marking)
        ?? (
            marking!.Distribution == Distribution.Public
                ? Refusal.Invalid("a mission is never public; mark it for partners or narrower")
                : null
        );

    private static Refusal? Count(string what, int? number) =>
        number is { } known ? Wanting.Between(what, known, 0, CasualtiesMax) : null;

    private static Refusal? Crew(MissionTerms terms) =>
        Wanting.Sealed("the position of the site", terms.Site)
        ?? Wanting.List("the names of the crew", terms.Crew)
        ?? terms
            .Crew.Select(name => Wanting.Sealed("a name of the crew", name))
            .FirstOrDefault(no => no is not null)
        ?? (terms.Vehicle is null ? null : Wanting.Sealed("the vehicle", terms.Vehicle))
        ?? Wanting.Between("the size of the crew", terms.CrewSize, 1, CrewMax);

    private static Refusal? Window(MissionTerms terms, Instant now) =>
        Wanting.Future("the end of the window", terms.Until, now)
        ?? Wanting.Date("the beginning of the window", terms.Since, now)
        ?? (
            terms.Since >= terms.Until ? Refusal.Invalid("the window ends before it begins")
            : terms.Until - terms.Since > Duration.FromDays(WindowDaysMax)
                ? Refusal.Invalid($"a window is at most {WindowDaysMax} days long")
            : null
        );

    private static Refusal? Taking(MissionTerms terms, Participant by) =>
        Wanting.Names("the organisations", terms.Organisations)
        ?? Wanting.Names("the safety officers", terms.SafetyOfficers)
        ?? (
            by.Organisation is { } own && terms.Organisations.Contains(own)
                ? null
                : Refusal.NotAllowed("a mission is proposed by one of the organisations in it")
        );
}
