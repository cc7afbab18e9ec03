using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Scoping;

public enum ScopeState
{
    /// <summary>One organisation says that it is out of scope. Nothing is refused yet.</summary>
    Marked,

    /// <summary>A second organisation says so too: nobody responds to it here.</summary>
    OutOfScope,

    /// <summary>It was said to be out of scope, and is not.</summary>
    InScope,
}

/// <summary>What the mechanism is not for.</summary>
public enum ScopeGround
{
    /// <summary>A use of the Internet that contravenes international law.</summary>
    ContravenesInternationalLaw,

    /// <summary>Basic infrastructure is missing because of socio-economic inequality.</summary>
    MissingInfrastructure,
}

/// <summary>One word on the scope of a disruption, with who said it and why.</summary>
public sealed record ScopeWord(string By, string? Organisation, string Reason, Instant At);

/// <summary>
/// The scope guard on one disruption. It is marked by one organisation and confirmed by another; whoever takes part may contest it,
/// and it can be reversed. It hides nothing: the disruption stays where it is told, and says so.
/// </summary>
public sealed record ScopeJudgement : ISubject<ScopeJudgement, ScopeEvent>
{
    public const int ContestsMax = 100;

    private static readonly Duration _reminder = Duration.FromDays(1);

    static string ISubject<ScopeJudgement, ScopeEvent>.Kind => "scope-judgement";

    /// <summary>The id of the disruption: it is judged once.</summary>
    public required string Id { get; init; }

    public required string DisruptionId { get; init; }

    public required ScopeState State { get; init; }

    public required ScopeGround Ground { get; init; }

    public required ScopeWord Mark { get; init; }

    /// <summary>Null while nobody of another organisation has.</summary>
    public required ScopeWord? Confirmation { get; init; }

    /// <summary>Null unless it was reversed.</summary>
    public required ScopeWord? Reversal { get; init; }

    /// <summary>Contests that nobody has answered by confirming or reversing it, oldest first.</summary>
    public required IReadOnlyList<ScopeWord> Contests { get; init; }

    public required Instant? RemindedAt { get; init; }

    public required Instant ChangedAt { get; init; }

    public required Marking Marking { get; init; }

    [JsonIgnore]
    public string Standing =>
        State != ScopeState.InScope && Contests.Count > 0 ? "contested" : Checks.Word(State);

    /// <summary>Reminders by age while somebody waits for an answer: each after as long again.</summary>
    [JsonIgnore]
    public Instant? DueAt =>
        WaitsSince is { } since
            ? DecisionTimes.Again(
                since,
                RemindedAt is { } last && last > since ? last : since,
                _reminder
            )
            : null;

    [JsonIgnore]
    public string Words => $"{DisruptionId} {Checks.Word(Ground)} {Mark.Reason}";

    private Instant? WaitsSince =>
        State == ScopeState.InScope ? null
        : Contests.Count > 0 ? Contests[0].At
        : State == ScopeState.Marked ? Mark.At
        : null;

    /// <summary>Why nobody responds to the disruption here; null when somebody may.</summary>
    public Refusal? WhyNot() =>
        State == ScopeState.OutOfScope
            ? Refusal.WrongState(
                $"the disruption is out of scope, as it {(Ground == ScopeGround.ContravenesInternationalLaw ? "is about a use that contravenes international law" : "is infrastructure that is missing because of socio-economic inequality")}: {Mark.Reason}; whoever disagrees may contest it, and an analyst of another organisation may reverse it"
            )
            : null;

    public static ScopeJudgement Apply(ScopeJudgement? before, ScopeEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened is MarkedOutOfScope marked)
        {
            return new ScopeJudgement
            {
                Id = marked.DisruptionId,
                DisruptionId = marked.DisruptionId,
                State = ScopeState.Marked,
                Ground = marked.Ground,
                Mark = marked.Word,
                Confirmation = null,
                Reversal = null,
                Contests = [],
                RemindedAt = null,
                ChangedAt = marked.At,
                Marking = marked.Marking,
            };
        }

        ArgumentNullException.ThrowIfNull(before);
        ScopeJudgement after = happened switch
        {
            ScopeConfirmed confirmed => before with
            {
                State = ScopeState.OutOfScope,
                Confirmation = confirmed.Word,
                Contests = [],
            },
            ScopeContested contested => before with
            {
                Contests = [.. before.Contests, contested.Word],
            },
            ScopeReversed reversed => before with
            {
                State = ScopeState.InScope,
                Reversal = reversed.Word,
                Contests = [],
            },
            ScopeReminded => before with { RemindedAt = happened.At },
            _ => throw new InvalidOperationException($"a scope knows no {happened.GetType()}"),
        };
        return after with { ChangedAt = happened.At };
    }

    public static Decided<ScopeEvent> Elapse(ScopeJudgement state, Instant now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.DueAt is { } due && due <= now
            ? new ScopeReminded(now, Checks.Time, state.Standing)
            : Decided<ScopeEvent>.Nothing;
    }
}

/// <summary>What happens to the judgement of a scope.</summary>
/// <param name="By">Pseudonym of the person; <c>time</c> for what nobody did.</param>
public abstract record ScopeEvent(Instant At, string By);

/// <summary>What a person said of it.</summary>
public abstract record ScopeSaid(Instant At, string By, string? Organisation, string Reason)
    : ScopeEvent(At, By)
{
    internal ScopeWord Word => new(By, Organisation, Reason, At);
}

public sealed record MarkedOutOfScope(
    Instant At,
    string By,
    string? Organisation,
    string Reason,
    string DisruptionId,
    ScopeGround Ground,
    Marking Marking
) : ScopeSaid(At, By, Organisation, Reason);

public sealed record ScopeConfirmed(Instant At, string By, string? Organisation, string Reason)
    : ScopeSaid(At, By, Organisation, Reason);

public sealed record ScopeContested(Instant At, string By, string? Organisation, string Reason)
    : ScopeSaid(At, By, Organisation, Reason);

public sealed record ScopeReversed(Instant At, string By, string? Organisation, string Reason)
    : ScopeSaid(At, By, Organisation, Reason);

/// <param name="About">Where it stood: <c>marked</c> or <c>contested</c>.</param>
public sealed record ScopeReminded(Instant At, string By, string About) : ScopeEvent(At, By);
