using System.Text.Json.Serialization;
using Breakwater.Decisions.Clearances;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Dossiers;

/// <summary>Records an analysis of an item. It stands beside those of others, also where it contradicts them.</summary>
public sealed record VerifyItem(
    string ItemId,
    Analysis Analysis,
    VerificationResult Result,
    Role As,
    string Reason
)
{
    public static Decided<DossierEvent> Decide(
        Dossier? state,
        VerifyItem command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            ItemRules.WhyNot(state, command.ItemId, command.Reason, by, now)
            ?? Checks.Known(command.Analysis, "analysis")
            ?? Checks.Known(command.Result, "result")
            ?? ItemRules.As(by, command.As, "the role of the assessor");
        if (no is not null)
        {
            return no;
        }

        DossierItem item = state!.Item(command.ItemId)!;
        return item.Verifications.Count >= DossierItem.VerificationsMax
            ? Refusal.TooMuch($"an item has at most {DossierItem.VerificationsMax} verifications")
            : new ItemVerified(
                now,
                by.Person,
                item.Id,
                item.Marking,
                CustodyChain.Next(item, now, by, CustodyAction.Verified, command.Reason),
                new Verification(
                    now,
                    by.Person,
                    by.Organisation,
                    command.As,
                    command.Analysis,
                    command.Result,
                    command.Reason
                )
            );
    }
}

/// <summary>Looks at the octets again and computes both hashes anew; octets that were held elsewhere are seen by it for the first time.</summary>
/// <param name="Sha512">Needed where the item has none on record yet: it shows that whoever asks has the octets.</param>
public sealed record CheckOctets(string ItemId, string Reason, string? Sha512 = null)
{
    /// <summary>Who calls looks for them in the store; null: they are not there.</summary>
    [JsonIgnore]
    public KeptOctets? Kept { get; init; }

    public static Decided<DossierEvent> Decide(
        Dossier? state,
        CheckOctets command,
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
        if (item.Sha512 is null && ItemRules.Had(command.Kept, command.Sha512) is { } unknown)
        {
            return unknown;
        }

        OctetsState found = command.Kept is not { } kept
            ? item.Octets == OctetsState.Elsewhere
                ? OctetsState.Elsewhere
                : OctetsState.Lost
            : kept.Sha256 == item.Sha256 && (item.Sha512 ?? kept.Sha512) == kept.Sha512
                ? OctetsState.Hold
                : OctetsState.Differ;
        return found == OctetsState.Elsewhere
            ? Refusal.WrongState("its octets are not here; hand them in first")
            : new ItemOctetsChecked(
                now,
                by.Person,
                item.Id,
                item.Marking,
                CustodyChain.Next(item, now, by, CustodyAction.Verified, command.Reason),
                found,
                command.Kept?.Size,
                command.Kept?.Sha512
            );
    }
}

/// <summary>Records what was said on consent. Nobody's silence is consent.</summary>
public sealed record RecordItemConsent(
    string ItemId,
    ItemConsent Consent,
    string? For,
    string Reason
)
{
    public static Decided<DossierEvent> Decide(
        Dossier? state,
        RecordItemConsent command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            ItemRules.WhyNotOwn(state, command.ItemId, command.Reason, by, now)
            ?? Checks.Known(command.Consent, "consent")
            ?? (
                command.For is null
                    ? null
                    : Wanting.Optional("what the consent is for", command.For)
            )
            ?? (
                command.Consent == ItemConsent.Given && string.IsNullOrWhiteSpace(command.For)
                    ? Refusal.Invalid("consent is given for something; say for what")
                    : null
            );
        return no is not null
            ? no
            : new ItemConsentRecorded(
                now,
                by.Person,
                command.ItemId,
                state!.Item(command.ItemId)!.Marking,
                command.Consent,
                command.For,
                command.Reason
            );
    }
}

/// <summary>Says who could be endangered by the item and what was done, in general words.</summary>
public sealed record AssessItemSafety(string ItemId, SafetyRisk Risk, string Note)
{
    public static Decided<DossierEvent> Decide(
        Dossier? state,
        AssessItemSafety command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            ItemRules.WhyNot(state, command.ItemId, command.Note, by, now)
            ?? Checks.Known(command.Risk, "risk");
        return no is not null
            ? no
            : new ItemSafetyAssessed(
                now,
                by.Person,
                command.ItemId,
                state!.Item(command.ItemId)!.Marking,
                command.Risk,
                command.Note
            );
    }
}
