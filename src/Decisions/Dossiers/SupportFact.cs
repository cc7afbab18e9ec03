using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Dossiers;

/// <summary>Says that an item supports a fact of the norms, or that it speaks against it. Supports that contradict each other are kept.</summary>
public sealed record SupportFact(
    string ItemId,
    string Fact,
    bool Value,
    Confidence Confidence,
    Role As,
    string Reason
)
{
    public static Decided<DossierEvent> Decide(
        Dossier? state,
        SupportFact command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            ItemRules.WhyNot(state, command.ItemId, command.Reason, by, now)
            ?? ItemRules.FactOf(command.Fact)
            ?? ItemRules.As(by, command.As, "the role that read it out");
        if (no is not null)
        {
            return no;
        }

        DossierItem item = state!.Item(command.ItemId)!;
        return item.Supports.Count >= DossierItem.SupportsMax
            ? Refusal.TooMuch($"an item supports at most {DossierItem.SupportsMax} facts")
            : new ItemSupportedFact(
                now,
                by.Person,
                item.Id,
                item.Marking,
                new Support(
                    $"support-{item.Supports.Count + 1}",
                    command.Fact,
                    command.Value,
                    command.Confidence,
                    command.As,
                    command.Reason,
                    now,
                    by.Person,
                    null
                )
            );
    }
}

/// <summary>Takes back what an item was said to support.</summary>
public sealed record WithdrawSupport(string ItemId, string Support, string Reason)
{
    public static Decided<DossierEvent> Decide(
        Dossier? state,
        WithdrawSupport command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (ItemRules.WhyNot(state, command.ItemId, command.Reason, by, now) is { } no)
        {
            return no;
        }

        DossierItem item = state!.Item(command.ItemId)!;
        return item.Supports.FirstOrDefault(one => one.Id == command.Support) is not { } support
                ? Refusal.Invalid("the item has no such support")
            : support.Withdrawn is not null ? Decided<DossierEvent>.Nothing
            : new FactSupportWithdrawn(
                now,
                by.Person,
                item.Id,
                item.Marking,
                support.Id,
                command.Reason
            );
    }
}
