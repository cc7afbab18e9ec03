using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions;

/// <summary>
/// An act of one stream of work that touches another: a publication that quotes a finding, a plan that rests on a
/// measurement. It is open until each stream that it touches has acknowledged it, so that none works past the others.
/// </summary>
public sealed record CrossStreamAct : ISubject<CrossStreamAct, CrossStreamActEvent>
{
    private static readonly Duration _reminder = Duration.FromDays(1);

    static string ISubject<CrossStreamAct, CrossStreamActEvent>.Kind => "cross-stream-act";

    public required string Id { get; init; }

    public required string What { get; init; }

    /// <summary>The subject of the ledger that the act is on, such as <c>plan/…</c>.</summary>
    public required string Subject { get; init; }

    public required string? Parent { get; init; }

    public required Workstream Stream { get; init; }

    public required IReadOnlyList<Workstream> AffectedStreams { get; init; }

    public required IReadOnlyList<Acknowledgement> Acknowledgements { get; init; }

    public required string By { get; init; }

    public required string? Organisation { get; init; }

    public required Instant OpenedAt { get; init; }

    public required Instant? RemindedAt { get; init; }

    public required Instant ChangedAt { get; init; }

    public required Marking Marking { get; init; }

    [JsonIgnore]
    public IReadOnlyList<Workstream> WaitsFor =>
        [.. AffectedStreams.Where(stream => Acknowledgements.All(said => said.Stream != stream))];

    [JsonIgnore]
    public string Standing => WaitsFor.Count > 0 ? "open" : "acknowledged";

    /// <summary>Reminders by age: each after as long again.</summary>
    [JsonIgnore]
    public Instant? DueAt =>
        WaitsFor.Count > 0
            ? DecisionTimes.Again(OpenedAt, RemindedAt ?? OpenedAt, _reminder)
            : null;

    [JsonIgnore]
    public string Words =>
        $"{What} {Subject} {Checks.Word(Stream)} {string.Join(' ', AffectedStreams.Select(Checks.Word))}";

    public static CrossStreamAct Apply(CrossStreamAct? before, CrossStreamActEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened is CrossStreamActOpened opened)
        {
            return new CrossStreamAct
            {
                Id = opened.Id,
                What = opened.What,
                Subject = opened.Subject,
                Parent = opened.Parent,
                Stream = opened.Stream,
                AffectedStreams = opened.AffectedStreams,
                Acknowledgements = [],
                By = opened.By,
                Organisation = opened.Organisation,
                OpenedAt = opened.At,
                RemindedAt = null,
                ChangedAt = opened.At,
                Marking = opened.Marking,
            };
        }

        ArgumentNullException.ThrowIfNull(before);
        CrossStreamAct after = happened switch
        {
            CrossStreamActAcknowledged said => before with
            {
                Acknowledgements =
                [
                    .. before.Acknowledgements.Where(earlier => earlier.Stream != said.Stream),
                    new Acknowledgement(said.Stream, said.Answer, said.Text, said.By, said.At),
                ],
            },
            CrossStreamActReminded => before with { RemindedAt = happened.At },
            _ => throw new InvalidOperationException($"an act knows no {happened.GetType()}"),
        };
        return after with { ChangedAt = happened.At };
    }

    public static Decided<CrossStreamActEvent> Elapse(CrossStreamAct state, Instant now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.DueAt is { } due && due <= now
            ? new CrossStreamActReminded(now, Checks.Time, state.WaitsFor, now - state.OpenedAt)
            : Decided<CrossStreamActEvent>.Nothing;
    }
}

/// <summary>What happens to an act that touches another stream.</summary>
/// <param name="By">Pseudonym of the person; <c>time</c> for what nobody did.</param>
public abstract record CrossStreamActEvent(Instant At, string By);

public sealed record CrossStreamActOpened(
    Instant At,
    string By,
    string? Organisation,
    string Id,
    string What,
    string Subject,
    string? Parent,
    Workstream Stream,
    IReadOnlyList<Workstream> AffectedStreams,
    Marking Marking
) : CrossStreamActEvent(At, By);

public sealed record CrossStreamActAcknowledged(
    Instant At,
    string By,
    Workstream Stream,
    AcknowledgementAnswer Answer,
    string Text
) : CrossStreamActEvent(At, By);

/// <param name="Age">How long it has been open.</param>
public sealed record CrossStreamActReminded(
    Instant At,
    string By,
    IReadOnlyList<Workstream> Streams,
    Duration Age
) : CrossStreamActEvent(At, By);
