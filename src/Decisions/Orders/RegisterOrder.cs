using System.Text.Json.Serialization;
using Breakwater.Decisions.Clearances;
using Breakwater.Decisions.Dossiers;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Orders;

/// <summary>Enters an order with what one source says of it.</summary>
/// <param name="Disruptions">Ids of disruptions that it is said to have led to.</param>
public sealed record RegisterOrder(
    string Id,
    string Name,
    Place Place,
    OrderAccount Account,
    IReadOnlyList<string> Disruptions,
    Marking Marking
)
{
    public static Decided<ShutdownOrderEvent> Decide(
        ShutdownOrder? state,
        RegisterOrder command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            (state is null ? null : Refusal.WrongState("this order is on record already"))
            ?? Checks.Id(command.Id, "the id of the order")
            ?? Wanting.Name("the name of the order", command.Name)
            ?? OrderRules.Area(command.Place)
            ?? OrderRules.Account(command.Account)
            ?? Wanting.Names("the disruptions", command.Disruptions)
            ?? Wanting.Marking(command.Marking)
            ?? (
                command.Disruptions.Count > ShutdownOrder.DisruptionsMax
                    ? Refusal.TooMuch(
                        $"an order names at most {ShutdownOrder.DisruptionsMax} disruptions"
                    )
                    : null
            )
            ?? OrderRules.Member(by);
        return no is not null
            ? no
            : new OrderRegistered(
                now,
                by.Person,
                command.Id,
                command.Name,
                command.Place,
                command.Account,
                new StatusAccount(
                    OrderStatus.Alleged,
                    command.Account.Source,
                    command.Account.IssuedAt,
                    command.Account.Confidence,
                    by.Person,
                    now
                ),
                [.. command.Disruptions.Distinct(StringComparer.Ordinal)],
                command.Marking
            );
    }
}

/// <summary>Adds what another source says. It stands beside the others, also where it contradicts them.</summary>
public sealed record AddOrderAccount(OrderAccount Account)
{
    public static Decided<ShutdownOrderEvent> Decide(
        ShutdownOrder? state,
        AddOrderAccount command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            OrderRules.Standing(state, by, now)
            ?? OrderRules.Account(command.Account)
            ?? (
                state!.Accounts.Count >= ShutdownOrder.AccountsMax
                    ? Refusal.TooMuch($"an order has at most {ShutdownOrder.AccountsMax} accounts")
                    : null
            );
        return no is not null ? no : new OrderAccountAdded(now, by.Person, command.Account);
    }
}

/// <summary>Records what a source says of where the order stands.</summary>
public sealed record RecordOrderStatus(
    OrderStatus Status,
    string Source,
    Instant? On,
    Confidence Confidence
)
{
    public static Decided<ShutdownOrderEvent> Decide(
        ShutdownOrder? state,
        RecordOrderStatus command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            OrderRules.Standing(state, by, now)
            ?? Checks.Known(command.Status, "status")
            ?? Wanting.Text("the source", command.Source)
            ?? (
                command.On is { } on && on > now
                    ? Refusal.Invalid("the day of the status lies in the future")
                : command.Status == OrderStatus.Confirmed
                && !state!.Accounts.Any(kept => OrderRules.IsSeen(kept.Account))
                    ? Refusal.WrongState(
                        "confirmed means that somebody saw the document; add an account with its address or its hash first"
                    )
                : state!.Statuses.Count >= ShutdownOrder.StatusesMax
                    ? Refusal.TooMuch(
                        $"an order has at most {ShutdownOrder.StatusesMax} entries on where it stands"
                    )
                : null
            );
        return no is not null
            ? no
            : new OrderStatusRecorded(
                now,
                by.Person,
                new StatusAccount(
                    command.Status,
                    command.Source,
                    command.On,
                    command.Confidence,
                    by.Person,
                    now
                )
            );
    }
}

/// <summary>Says that a disruption is one that the order is said to have led to.</summary>
public sealed record LinkOrder(string DisruptionId, string Reason)
{
    /// <summary>Who calls looks for it in the store.</summary>
    [JsonIgnore]
    public bool IsOnRecord { get; init; }

    public static Decided<ShutdownOrderEvent> Decide(
        ShutdownOrder? state,
        LinkOrder command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            OrderRules.Standing(state, by, now)
            ?? Checks.Id(command.DisruptionId, "the disruption")
            ?? Wanting.Text("the reason", command.Reason);
        return no is not null ? no
            : state!.Disruptions.Contains(command.DisruptionId, StringComparer.Ordinal)
                ? Decided<ShutdownOrderEvent>.Nothing
            : !command.IsOnRecord ? Refusal.Invalid("the disruption is not on record")
            : state.Disruptions.Count >= ShutdownOrder.DisruptionsMax
                ? Refusal.TooMuch(
                    $"an order names at most {ShutdownOrder.DisruptionsMax} disruptions"
                )
            : new OrderLinked(now, by.Person, command.DisruptionId, command.Reason);
    }
}

/// <summary>What must hold before anything is entered of an order.</summary>
internal static class OrderRules
{
    private const int LanguageMax = 35;

    /// <summary>An order that binds a district tells where people are; the first level is enough for every rule on it.</summary>
    public static Refusal? Area(Place? place) =>
        Wanting.Area(place)
        ?? (
            place!.Area is { Count: > 1 }
                ? Refusal.Invalid("name the country, and at most one area of the first level in it")
                : null
        );

    public static Refusal? Member(Participant by) =>
        by.Organisation is null
            ? Refusal.NotAllowed("only a member of an organisation can do this")
            : null;

    public static Refusal? Standing(ShutdownOrder? state, Participant by, Instant now) =>
        state is null ? Checks.Missing("order") : Checks.Order(state.ChangedAt, now) ?? Member(by);

    /// <summary>Whether anybody can look at the document itself.</summary>
    public static bool IsSeen(OrderAccount account) =>
        account.TextSha256 is not null || account.TextUrl is not null;

    public static Refusal? Account(OrderAccount? account) =>
        account is null
            ? Refusal.Invalid("what the source says is missing")
            : Wanting.Text("the source", account.Source)
                ?? Checks.Known(account.Known, "way in which it came to be known")
                ?? Optional("the authority", account.Authority, Wanting.NameMax)
                ?? Wanting.Names("the laws that it cites", account.LegalBasis)
                ?? Wanting.List("the services", account.Services)
                ?? First(account.Services.Select(each => Checks.Known(each, "service")))
                ?? Wanting.Names("the technologies", account.Technologies)
                ?? Wanting.List("the addressees", account.Addressees)
                ?? First(account.Addressees.Select(each => Checks.Known(each, "addressee")))
                ?? Optional("the stated reasons", account.StatedReasons)
                ?? Optional("the aim", account.Aim)
                ?? Wanting.List("the reviews", account.Reviews)
                ?? Wanting.List("the safeguards", account.Safeguards)
                ?? First(account.Safeguards.Select(each => Wanting.Text("a safeguard", each)))
                ?? Optional("the text", account.Text)
                ?? Optional("the language", account.Language, LanguageMax)
                ?? (
                    account.TextUrl is null
                        ? null
                        : ItemRules.Address(account.TextUrl, "the address of the text")
                )
                ?? (
                    account.TextSha256 is null
                        ? null
                        : ItemRules.Hash(account.TextSha256, 64, "the hash of the text")
                )
                ?? Optional("the note on the translation", account.Translated)
                ?? First(
                    new[]
                    {
                        account.IsWritten,
                        account.IsPublished,
                        account.GivesReasons,
                        account.HasEnd,
                        account.HasReview,
                    }.Select(each => Checks.Known(each, "answer"))
                )
                ?? Fits(account);

    private static Refusal? Fits(OrderAccount account) =>
        account.Until < account.Since ? Refusal.Invalid("it ends before it begins")
        : account.Known == OrderKnown.InferredFromMeasurements
        && (
            IsSeen(account)
            || account.Text is not null
            || account.StatedReasons is not null
            || account.LegalBasis.Count > 0
        )
            ? Refusal.Invalid(
                "what is inferred from measurements has no text, no reasons and no law that it cites; say how the text came to be known"
            )
        : (
            account.IsPublished == Said.No
            && (account.PublishedAt is not null || account.Known == OrderKnown.Published)
        )
        || (account.HasEnd == Said.No && account.Until is not null)
        || (account.HasReview == Said.No && account.Reviews.Count > 0)
        || (account.GivesReasons == Said.No && account.StatedReasons is not null)
        || (account.IsWritten == Said.No && IsSeen(account))
            ? Refusal.Invalid(
                "one account says both that it has something and that it has not; what two sources say belongs into two accounts"
            )
        : null;

    private static Refusal? Optional(string what, string? text, int most = Wanting.TextMax) =>
        text is null ? null : Wanting.Optional(what, text, most);

    private static Refusal? First(IEnumerable<Refusal?> refusals) =>
        refusals.FirstOrDefault(no => no is not null);
}
