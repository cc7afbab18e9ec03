using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Orders;

/// <summary>How an order came to be known.</summary>
public enum OrderKnown
{
    Published,
    Leaked,
    ReportedByOperator,
    ReportedByOthers,

    /// <summary>Nobody saw or heard of a text: networks behaved as if there were one.</summary>
    InferredFromMeasurements,
}

/// <summary>What an account says; silence is neither yes nor no.</summary>
public enum Said
{
    NotStated,
    Yes,
    No,
}

/// <summary>Whom an order binds, by class.</summary>
public enum Addressee
{
    MobileOperators,
    FixedOperators,
    SatelliteOperators,
    InternetExchanges,
    Registries,
    Platforms,
    Others,
}

public enum OrderStatus
{
    Alleged,

    /// <summary>Somebody saw the document.</summary>
    Confirmed,
    Denied,
    Lifted,
}

/// <summary>
/// What one source says of an order. Accounts that contradict each other stand side by side; the issuing authority is an office,
/// never a person.
/// </summary>
/// <param name="LegalBasis">Laws that it cites, as cited. None here is not known to be none.</param>
/// <param name="Text">The operative words in their original language.</param>
/// <param name="TextSha256">Of the document, where somebody holds it.</param>
/// <param name="Translated">Who or what translated it, and how well.</param>
public sealed record OrderAccount(
    string Source,
    OrderKnown Known,
    Confidence Confidence,
    string? Authority,
    IReadOnlyList<string> LegalBasis,
    Instant? IssuedAt,
    Instant? PublishedAt,
    Instant? Since,
    Instant? Until,
    IReadOnlyList<Service> Services,
    IReadOnlyList<string> Technologies,
    IReadOnlyList<Addressee> Addressees,
    string? StatedReasons,
    string? Aim,
    IReadOnlyList<Instant> Reviews,
    IReadOnlyList<string> Safeguards,
    string? Text,
    string? Language,
    string? TextUrl,
    string? TextSha256,
    string? Translated,
    Said IsWritten = Said.NotStated,
    Said IsPublished = Said.NotStated,
    Said GivesReasons = Said.NotStated,
    Said HasEnd = Said.NotStated,
    Said HasReview = Said.NotStated
);

/// <summary>An account with who entered it and when.</summary>
public sealed record KeptAccount(string Id, string By, Instant At, OrderAccount Account);

/// <summary>What one source says of where an order stands.</summary>
/// <param name="On">The day that the source gives it for; null when it gives none.</param>
public sealed record StatusAccount(
    OrderStatus Status,
    string Source,
    Instant? On,
    Confidence Confidence,
    string By,
    Instant At
);

/// <summary>An order or instruction to restrict communications, as far as it is known. No verdict is in it.</summary>
public sealed record ShutdownOrder : ISubject<ShutdownOrder, ShutdownOrderEvent>
{
    public const int AccountsMax = 50;
    public const int StatusesMax = 200;
    public const int DisruptionsMax = 200;

    static string ISubject<ShutdownOrder, ShutdownOrderEvent>.Kind => "shutdown-order";

    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>A country, and at most the first level of areas in it.</summary>
    public required Place Place { get; init; }

    public required IReadOnlyList<KeptAccount> Accounts { get; init; }

    /// <summary>Oldest entry first.</summary>
    public required IReadOnlyList<StatusAccount> Statuses { get; init; }

    public required IReadOnlyList<string> Disruptions { get; init; }

    public required Instant RegisteredAt { get; init; }

    public required Instant ChangedAt { get; init; }

    public required Marking Marking { get; init; }

    /// <summary>Confirmed by one source and denied by another is contradictory, whichever came last.</summary>
    [JsonIgnore]
    public string Standing =>
        Says(OrderStatus.Denied) && (Says(OrderStatus.Confirmed) || Says(OrderStatus.Lifted))
            ? "contradictory"
        : Says(OrderStatus.Lifted) ? Checks.Word(OrderStatus.Lifted)
        : Says(OrderStatus.Denied) ? Checks.Word(OrderStatus.Denied)
        : Says(OrderStatus.Confirmed) ? Checks.Word(OrderStatus.Confirmed)
        : Checks.Word(OrderStatus.Alleged);

    [JsonIgnore]
    public string Words =>
        string.Join(
            ' ',
            Accounts
                .SelectMany(kept => (string?[])[kept.Account.Authority, kept.Account.Aim])
                .Prepend(Name)
                .OfType<string>()
        );

    public bool Says(OrderStatus status) => Statuses.Any(one => one.Status == status);

    public static ShutdownOrder Apply(ShutdownOrder? before, ShutdownOrderEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened is OrderRegistered registered)
        {
            return new ShutdownOrder
            {
                Id = registered.Id,
                Name = registered.Name,
                Place = registered.Place,
                Accounts =
                [
                    new KeptAccount("account-1", registered.By, registered.At, registered.Account),
                ],
                Statuses = [registered.Status],
                Disruptions = registered.Disruptions,
                RegisteredAt = registered.At,
                ChangedAt = registered.At,
                Marking = registered.Marking,
            };
        }

        ArgumentNullException.ThrowIfNull(before);
        ShutdownOrder after = happened switch
        {
            OrderAccountAdded added => before with
            {
                Accounts =
                [
                    .. before.Accounts,
                    new KeptAccount(
                        $"account-{before.Accounts.Count + 1}",
                        added.By,
                        added.At,
                        added.Account
                    ),
                ],
            },
            OrderStatusRecorded recorded => before with
            {
                Statuses = [.. before.Statuses, recorded.Status],
            },
            OrderLinked linked => before with
            {
                Disruptions = [.. before.Disruptions, linked.DisruptionId],
            },
            _ => throw new InvalidOperationException($"an order knows no {happened.GetType()}"),
        };
        return after with { ChangedAt = happened.At };
    }
}

/// <summary>What becomes known of an order.</summary>
public abstract record ShutdownOrderEvent(Instant At, string By);

public sealed record OrderRegistered(
    Instant At,
    string By,
    string Id,
    string Name,
    Place Place,
    OrderAccount Account,
    StatusAccount Status,
    IReadOnlyList<string> Disruptions,
    Marking Marking
) : ShutdownOrderEvent(At, By);

public sealed record OrderAccountAdded(Instant At, string By, OrderAccount Account)
    : ShutdownOrderEvent(At, By);

public sealed record OrderStatusRecorded(Instant At, string By, StatusAccount Status)
    : ShutdownOrderEvent(At, By);

public sealed record OrderLinked(Instant At, string By, string DisruptionId, string Reason)
    : ShutdownOrderEvent(At, By);
