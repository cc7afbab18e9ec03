using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals.Reporting;

public abstract record FloodLotEvent;

public sealed record LotCounted(
    string Id,
    string Hand,
    Place? Place,
    string? Network,
    ServiceState State,
    ObserverKind Observer,
    long Number,
    Instant First,
    Instant Last,
    Marking Marking,
    Instant At
) : FloodLotEvent;

/// <summary>Reports of one hand about one place that came in too fast to be kept one by one: how many, from when to when.</summary>
public sealed record FloodLot : ISubject<FloodLot, FloodLotEvent>
{
    public static string Kind => "report-lot";

    public required string Id { get; init; }

    public required string Hand { get; init; }

    /// <summary>Null when they are about many places.</summary>
    public required Place? Where { get; init; }

    public required string? Network { get; init; }

    public required ServiceState State { get; init; }

    public required ObserverKind Observer { get; init; }

    public required long Number { get; init; }

    public required Instant First { get; init; }

    public required Instant Last { get; init; }

    public required Marking Marking { get; init; }

    [JsonIgnore]
    public string Standing => "counted";

    [JsonIgnore]
    public Place? Place => Where;

    public static FloodLot Apply(FloodLot? before, FloodLotEvent happened) =>
        happened is LotCounted counted
            ? new FloodLot
            {
                Id = counted.Id,
                Hand = counted.Hand,
                Where = counted.Place,
                Network = counted.Network,
                State = counted.State,
                Observer = counted.Observer,
                Number = counted.Number + (before?.Number ?? 0),
                First = before is null ? counted.First : Instant.Min(before.First, counted.First),
                Last = before is null ? counted.Last : Instant.Max(before.Last, counted.Last),
                Marking = counted.Marking,
            }
            : before
                ?? throw new InvalidOperationException($"{happened.GetType().Name} begins no lot");

    public static Decided<FloodLotEvent> Elapse(FloodLot state, Instant now) =>
        Decided<FloodLotEvent>.Nothing;
}

/// <summary>Writes down what the gate counted. The node does it by itself; no person asks for it.</summary>
public sealed record CountLot(string Id, FloodCount Count)
{
    private const long NumberMax = 1_000_000_000_000;

    public static Decided<FloodLotEvent> Decide(
        FloodLot? lot,
        CountLot command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        FloodCount? count = command.Count;
        Place? place = ReportPlace.Coarsen(count?.Place);
        return string.IsNullOrWhiteSpace(command.Id)
            || command.Id.Length > 200
            || command.Id.Contains('/')
                ? Refusal.Invalid("the id is empty, too long or has a stroke")
            : count is null || string.IsNullOrWhiteSpace(count.Hand) || count.Hand.Length > 64
                ? Refusal.Invalid("nothing was counted, or of no hand")
            : count.Number is < 1 or > NumberMax || count.Last < count.First
                ? Refusal.Invalid("a lot has a number and a first and a last moment")
            : lot is not null
            && (lot.Hand != count.Hand || !Equals(lot.Where, place) || lot.Number > NumberMax)
                ? Refusal.WrongState("the lot is of another hand or place")
            : new LotCounted(
                command.Id,
                count.Hand,
                place,
                count.Network is { } network ? Wording.Shorten(network, 120) : null,
                count.State,
                count.Observer,
                count.Number,
                count.First,
                count.Last,
                ReceiveReport.Usual,
                now
            );
    }
}
