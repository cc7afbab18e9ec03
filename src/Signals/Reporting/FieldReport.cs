using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals.Reporting;

/// <summary>Free words. They may name people, so they are sealed and never public, whatever the report is.</summary>
/// <param name="Language">As BCP 47; null is unknown.</param>
public sealed record SealedWords(SealedField Text, string? Language, Marking Marking);

/// <summary>What a link of a report leads to.</summary>
public enum ReportLinkTarget
{
    Report,
    Signal,
}

/// <param name="Supports">False for one that contradicts.</param>
public sealed record ReportLink(
    string With,
    ReportLinkTarget Target,
    bool Supports,
    string By,
    Instant At
);

/// <summary>What somebody saw, where and when, without who. It waits for an analyst, and the wait is told.</summary>
public sealed record FieldReport : ISubject<FieldReport, FieldReportEvent>
{
    public static string Kind => "report";

    /// <summary>A report that nobody looked at is told after this, and then daily.</summary>
    public static Duration WaitsAtMost { get; } = Duration.FromHours(6);

    /// <summary>After so many times it is told no more; it stays in the list with its age.</summary>
    public const int RemindersMax = 10;

    public required string Id { get; init; }

    public required ReportChannel Channel { get; init; }

    public required Place Where { get; init; }

    /// <summary>The cell of the grid around a position that was given; null for none.</summary>
    public required GridCell? Cell { get; init; }

    public required string? Network { get; init; }

    public required Service? Service { get; init; }

    public required ServiceState State { get; init; }

    public required Instant ObservedAt { get; init; }

    public required Instant ReceivedAt { get; init; }

    public required ObserverKind Observer { get; init; }

    public required SealedWords? SealedWords { get; init; }

    public required SealedField? Contact { get; init; }

    public required CodeWordHash? CodeWord { get; init; }

    public required string? Hand { get; init; }

    public required string? Input { get; init; }

    public required Origin Origin { get; init; }

    public required Marking Marking { get; init; }

    /// <summary>Who looks at it; null while nobody does.</summary>
    public string? TriagedBy { get; init; }

    public IReadOnlyList<ReportLink> Links { get; init; } = [];

    public string? DuplicateOf { get; init; }

    /// <summary>Why it was set aside; null when it is not.</summary>
    public string? SetAside { get; init; }

    public Instant? RetractedAt { get; init; }

    public int Reminders { get; init; }

    [JsonIgnore]
    public string Standing =>
        RetractedAt is not null ? "retracted"
        : SetAside is not null ? "set-aside"
        : DuplicateOf is not null ? "duplicate"
        : (Links.Any(link => link.Supports), Links.Any(link => !link.Supports)) switch
        {
            (true, true) => "disputed",
            (true, false) => "corroborated",
            (false, true) => "contradicted",
            _ => TriagedBy is null ? "received" : "in-triage",
        };

    [JsonIgnore]
    public Instant? DueAt =>
        Standing == "received" && Reminders < RemindersMax
            ? ReceivedAt + WaitsAtMost + Duration.FromDays(Reminders)
            : null;

    [JsonIgnore]
    public Place? Place => Where;

    [JsonIgnore]
    public string Words => $"{Where.Key} {Network}";

    /// <summary>How long it has waited for somebody to look at it; zero once somebody has.</summary>
    public Duration Waiting(Instant now) =>
        Standing == "received" && now > ReceivedAt ? now - ReceivedAt : Duration.Zero;

    public static FieldReport Apply(FieldReport? before, FieldReportEvent happened) =>
        (before, happened) switch
        {
            (_, ReportReceived received) => Of(received),
            (null, _) => throw new InvalidOperationException(
                $"{happened.GetType().Name} begins no report"
            ),
            (_, TriageOpened opened) => before with
            {
                TriagedBy = opened.By,
                SetAside = null,
                DuplicateOf = null,
            },
            (_, ReportCorroborated link) => before.With(
                new ReportLink(link.With, link.Target, true, link.By, link.At)
            ),
            (_, ReportContradicted link) => before.With(
                new ReportLink(link.With, link.Target, false, link.By, link.At)
            ),
            (_, ReportFoundDuplicate duplicate) => before with { DuplicateOf = duplicate.Of },
            (_, ReportSetAside aside) => before with { SetAside = aside.Reason },
            (_, ReportRetracted retracted) => before with { RetractedAt = retracted.At },
            (_, ReportStillWaiting waiting) => before with { Reminders = waiting.Times },
            _ => before,
        };

    /// <summary>Tells that it waits; once for all the days that a node was off.</summary>
    public static Decided<FieldReportEvent> Elapse(FieldReport state, Instant now)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.DueAt is not { } due || due > now)
        {
            return Decided<FieldReportEvent>.Nothing;
        }

        int days = (int)Math.Min(RemindersMax, Math.Floor((now - due).TotalDays) + 1);
        return new ReportStillWaiting(Math.Min(RemindersMax, state.Reminders + days), now);
    }

    private FieldReport With(ReportLink link) => this with { Links = [.. Links, link] };

    private static FieldReport Of(ReportReceived received) =>
        new()
        {
            Id = received.Id,
            Channel = received.Channel,
            Where = received.Place,
            Cell = received.Cell,
            Network = received.Network,
            Service = received.Service,
            State = received.State,
            ObservedAt = received.ObservedAt,
            ReceivedAt = received.At,
            Observer = received.Observer,
            SealedWords = received.Words,
            Contact = received.Contact,
            CodeWord = received.CodeWord,
            Hand = received.Hand,
            Input = received.Input,
            Origin = received.Origin,
            Marking = received.Marking,
        };
}
