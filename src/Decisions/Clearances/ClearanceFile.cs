using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Clearances;

/// <summary>
/// A permit asked of an authority, and what came of it. No answer is a state of its own, with an age; whatever time passes,
/// it never becomes a yes (INV-04).
/// </summary>
public sealed record ClearanceFile : ISubject<ClearanceFile, ClearanceEvent>
{
    /// <summary>After so many the reminders stop; the silence stays on the board with its age.</summary>
    public const int RemindersMax = 10;

    public static string Kind => "clearance";

    public required string Id { get; init; }

    public required string? Parent { get; init; }

    public required ClearanceKind Permit { get; init; }

    /// <summary>Which role must answer.</summary>
    public required string Authority { get; init; }

    public required string? AuthorityOrganisation { get; init; }

    /// <summary>What is to be allowed.</summary>
    public required string About { get; init; }

    public required Place? Place { get; init; }

    /// <summary>Id of the organisation that needs it.</summary>
    public required string? For { get; init; }

    /// <summary>Ledger subjects that wait for it: <c>offer/…</c>, <c>commitment/…</c>, <c>mission/…</c>.</summary>
    public required IReadOnlyList<string> Waiting { get; init; }

    public required int RemindAfterDays { get; init; }

    public required int EscalateAfterDays { get; init; }

    public required string EscalateTo { get; init; }

    public required ClearanceAnswer Answer { get; init; }

    public bool IsOwnWord { get; init; }

    public Instant? AskedAt { get; init; }

    public Instant? AnsweredAt { get; init; }

    public Instant? EffectiveAt { get; init; }

    /// <summary>End of the permit; null when none was stated.</summary>
    public Instant? Until { get; init; }

    public IReadOnlyList<string> Conditions { get; init; } = [];

    public string Reason { get; init; } = "";

    public string Proof { get; init; } = "";

    /// <summary>Reminders that fell due since it was last asked.</summary>
    public int Reminders { get; init; }

    /// <summary>When somebody last asked or was told to ask again.</summary>
    public Instant? RemindedAt { get; init; }

    public Instant? EscalatedAt { get; init; }

    public Instant? ExpiredAt { get; init; }

    public Instant? WithdrawnAt { get; init; }

    public required Origin Origin { get; init; }

    public required Marking Marking { get; init; }

    [JsonIgnore]
    public string Standing =>
        WithdrawnAt is not null ? "withdrawn"
        : ExpiredAt is not null ? "expired"
        : Answer switch
        {
            ClearanceAnswer.Given => "given",
            ClearanceAnswer.Denied => "denied",
            ClearanceAnswer.NotRequired => "not-required",
            ClearanceAnswer.NoAnswer => "no-answer",
            ClearanceAnswer.NotAsked => "not-asked",
            _ => "no-answer",
        };

    [JsonIgnore]
    public Instant? DueAt =>
        WithdrawnAt is not null || ExpiredAt is not null ? null
        : Answer == ClearanceAnswer.Given ? Until
        : Earlier(ReminderAt, EscalationAt);

    [JsonIgnore]
    public string Words => $"{Authority} {About} {Permit} {Place}";

    /// <summary>How long the authority has been silent; null when it is not asked, or has answered.</summary>
    public Duration? SilentFor(Instant now) =>
        Answer == ClearanceAnswer.NoAnswer && AskedAt is { } asked && WithdrawnAt is null
            ? Duration.Max(Duration.Zero, now - asked)
            : null;

    /// <summary>True when it is given and in force at that moment, or is not required. Everything else, silence too, is no.</summary>
    public bool AllowsAt(Instant at) => ToClearance().AllowsAt(at);

    /// <summary>The permit as plans take it. One that expired or was withdrawn counts as not asked, and holds from no day on.</summary>
    public Clearance ToClearance()
    {
        bool isOver = ExpiredAt is not null || WithdrawnAt is not null;
        return new Clearance(
            Id,
            Permit,
            Authority,
            isOver ? ClearanceAnswer.NotAsked : Answer,
            AskedAt,
            isOver ? null : EffectiveAt,
            Proof,
            Origin
        )
        {
            Until = isOver ? null : Until,
        };
    }

    /// <summary>Reminders, the escalation and the expiry that are due. After a long pause one reminder falls due, not ten.</summary>
    public static Decided<ClearanceEvent> Elapse(ClearanceFile state, Instant now)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.DueAt is not { } due || now < due)
        {
            return Decided<ClearanceEvent>.Nothing;
        }

        if (state.Answer == ClearanceAnswer.Given)
        {
            return new ClearanceExpired(due);
        }

        int days = (int)(state.SilentFor(now) ?? Duration.Zero).TotalDays;
        var happened = new List<ClearanceEvent>(2);
        if (state.ReminderAt <= now)
        {
            happened.Add(new ClearanceReminderDue(state.Reminders + 1, days, now));
        }

        if (state.EscalationAt <= now)
        {
            happened.Add(
                new ClearanceEscalated(state.EscalateTo, days, "no answer in time", null, now)
            );
        }

        return happened.ToArray();
    }

    public static ClearanceFile Apply(ClearanceFile? before, ClearanceEvent happened) =>
        happened is ClearanceOpened opened ? ClearanceFold.Opened(opened)
        : before is null
            ? throw new InvalidOperationException("a clearance begins with its opening")
        : ClearanceFold.Next(before, happened);

    private Instant? ReminderAt =>
        Answer == ClearanceAnswer.NoAnswer && RemindedAt is { } last && Reminders < RemindersMax
            ? last + Duration.FromDays(RemindAfterDays)
            : null;

    private Instant? EscalationAt =>
        Answer == ClearanceAnswer.NoAnswer && AskedAt is { } asked && EscalatedAt is null
            ? asked + Duration.FromDays(EscalateAfterDays)
            : null;

    private static Instant? Earlier(Instant? a, Instant? b) =>
        a is null ? b
        : b is null ? a
        : Instant.Min(a.Value, b.Value);
}
