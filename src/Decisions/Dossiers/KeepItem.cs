using System.Text.Json.Serialization;
using Breakwater.Decisions.Clearances;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Dossiers;

/// <summary>Records a copy in an archive of somebody else.</summary>
public sealed record RecordCopy(string ItemId, string Copy, string Reason)
{
    public static Decided<DossierEvent> Decide(
        Dossier? state,
        RecordCopy command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            ItemRules.WhyNot(state, command.ItemId, command.Reason, by, now)
            ?? ItemRules.Address(command.Copy, "the copy");
        if (no is not null)
        {
            return no;
        }

        DossierItem item = state!.Item(command.ItemId)!;
        return item.Copies.Contains(command.Copy, StringComparer.Ordinal)
                ? Decided<DossierEvent>.Nothing
            : item.Copies.Count >= DossierItem.CopiesMax
                ? Refusal.TooMuch($"an item has at most {DossierItem.CopiesMax} copies on record")
            : new ItemCopied(
                now,
                by.Person,
                item.Id,
                item.Marking,
                CustodyChain.Next(item, now, by, CustodyAction.Copied, command.Reason),
                command.Copy
            );
    }
}

/// <summary>Octets of items leave with an export: each copy is a step of custody.</summary>
public sealed record CopyItems(IReadOnlyList<string> Items, string Reason)
{
    public static Decided<DossierEvent> Decide(
        Dossier state,
        CopyItems command,
        string by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(command);
        DossierItem[] items = [.. state.Items.Where(item => command.Items.Contains(item.Id))];
        Refusal? no =
            Wanting.Text("the reason", command.Reason)
            ?? Checks.Order(state.ChangedAt, now)
            ?? (
                items.Any(item => item.Custody.Count >= DossierItem.CustodyMax)
                    ? Refusal.TooMuch(
                        $"an item has at most {DossierItem.CustodyMax} steps of custody"
                    )
                    : null
            );
        return no is not null
            ? no
            : items
                .Select(item =>
                    (DossierEvent)
                        new ItemCopied(
                            now,
                            by,
                            item.Id,
                            item.Marking,
                            CustodyChain.Next(
                                item,
                                now,
                                by,
                                null,
                                CustodyAction.Copied,
                                command.Reason
                            ),
                            null
                        )
                )
                .ToArray();
    }
}

/// <summary>Adds a copy from which something was removed, of octets that were handed in before. The item itself stays.</summary>
/// <param name="Sha512">Shows that whoever names the octets has them.</param>
/// <param name="What">What was removed, in general words.</param>
public sealed record RedactItem(
    string ItemId,
    string Sha256,
    string Sha512,
    string What,
    string Reason
)
{
    /// <summary>Who calls looks for them in the store; null: they are not there.</summary>
    [JsonIgnore]
    public KeptOctets? Kept { get; init; }

    public static Decided<DossierEvent> Decide(
        Dossier? state,
        RedactItem command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            ItemRules.WhyNotOwn(state, command.ItemId, command.Reason, by, now)
            ?? ItemRules.Hash(command.Sha256, 64, "sha256")
            ?? ItemRules.Hash(command.Sha512, 128, "sha512")
            ?? Wanting.Text("what was removed", command.What)
            ?? ItemRules.Had(command.Kept, command.Sha512);
        if (no is not null)
        {
            return no;
        }

        DossierItem item = state!.Item(command.ItemId)!;
        return item.IsSealed ? Refusal.WrongState("the item is sealed; it takes no redaction")
            : command.Sha256 == item.Sha256
            || item.Redactions.Any(one => one.Sha256 == command.Sha256)
                ? Refusal.Invalid("these octets are on record for this item already")
            : item.Redactions.Count >= DossierItem.RedactionsMax
                ? Refusal.TooMuch($"an item has at most {DossierItem.RedactionsMax} redactions")
            : command.Kept is not { } kept
                ? Refusal.Invalid(
                    "sha256 names octets that were handed in before; hand the redacted copy in first"
                )
            : new ItemRedacted(
                now,
                by.Person,
                item.Id,
                item.Marking,
                CustodyChain.Next(
                    item,
                    now,
                    by,
                    CustodyAction.Redacted,
                    command.Reason,
                    kept.Sha256
                ),
                new Redaction(
                    now,
                    by.Person,
                    command.What,
                    command.Reason,
                    kept.Sha256,
                    kept.Sha512,
                    kept.Size
                )
            );
    }
}

/// <summary>Closes an item against redaction. Custody, verification and withdrawal go on.</summary>
public sealed record SealItem(string ItemId, string Reason)
{
    public static Decided<DossierEvent> Decide(
        Dossier? state,
        SealItem command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (ItemRules.WhyNotOwn(state, command.ItemId, command.Reason, by, now) is { } no)
        {
            return no;
        }

        DossierItem item = state!.Item(command.ItemId)!;
        return item.IsSealed
            ? Decided<DossierEvent>.Nothing
            : new ItemSealed(
                now,
                by.Person,
                item.Id,
                item.Marking,
                CustodyChain.Next(item, now, by, CustodyAction.Sealed, command.Reason)
            );
    }
}

/// <summary>Withdraws an item: it stays listed with its reason, and nothing rests on it any more.</summary>
public sealed record WithdrawItem(string ItemId, string Reason)
{
    public static Decided<DossierEvent> Decide(
        Dossier? state,
        WithdrawItem command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (ItemRules.WhyNotOwn(state, command.ItemId, command.Reason, by, now) is { } no)
        {
            return no;
        }

        DossierItem item = state!.Item(command.ItemId)!;
        return new ItemWithdrawn(
            now,
            by.Person,
            item.Id,
            item.Marking,
            CustodyChain.Next(item, now, by, CustodyAction.Withdrawn, command.Reason)
        );
    }
}
