using System.Text.Json.Serialization;
using Breakwater.Decisions.Clearances;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Dossiers;

/// <summary>Octets as the store holds them.</summary>
public sealed record KeptOctets(long Size, string Sha256, string Sha512);

/// <summary>
/// Takes an item into a dossier: of octets that were handed in before, or by their hash alone where they are held elsewhere.
/// </summary>
/// <param name="Sha512">
/// May be left out for octets held elsewhere. For octets that are here it shows that whoever names them has them too: SHA-256 stands in
/// records that many read, and must not be enough to get somebody else's octets into an export.
/// </param>
/// <param name="Url">Where it was published; or else <paramref name="Contributor"/>, or neither where nobody knows.</param>
/// <param name="Consent">Of whoever it could harm; unknown as long as nobody said.</param>
/// <param name="Marking">Null is sealed: nothing is seen by forgetting to say by whom.</param>
public sealed record CollectItem(
    string Name,
    string MediaType,
    string Sha256,
    string? Sha512,
    string? Url,
    string? Contributor,
    Capture Capture,
    Role As,
    string Reason,
    string? C2paSha256 = null,
    ItemConsent Consent = ItemConsent.Unknown,
    string? ConsentFor = null,
    Instant? RetainUntil = null,
    Marking? Marking = null
)
{
    /// <summary>Who calls looks for them in the store; null: they are not there.</summary>
    [JsonIgnore]
    public KeptOctets? Kept { get; init; }

    public static Decided<DossierEvent> Decide(
        Dossier? state,
        CollectItem command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        if (WhyNot(state, command, by, now) is { } no)
        {
            return no;
        }

        var item = new DossierItem
        {
            Id = $"item-{state!.Collected + 1}",
            Name = command.Name,
            MediaType = command.MediaType,
            Size = command.Kept?.Size,
            Sha256 = command.Sha256,
            Sha512 = command.Kept?.Sha512 ?? command.Sha512,
            Url = command.Url,
            Contributor = command.Contributor,
            Capture = command.Capture,
            C2paSha256 = command.C2paSha256,
            Octets = command.Kept is null ? OctetsState.Elsewhere : OctetsState.Hold,
            Copies = [],
            Verifications = [],
            Consent = command.Consent,
            ConsentFor = command.ConsentFor,
            Risk = SafetyRisk.NotAssessed,
            RiskNote = null,
            RetainUntil = command.RetainUntil,
            Redactions = [],
            Holder = new Holder(by.Organisation!, command.As),
            Offered = null,
            Custody = [],
            Supports = [],
            Withdrawn = null,
            Marking = Marking.Strictest([state.Marking, command.Marking ?? Marking.Sealed]),
        };
        return new ItemCollected(
            now,
            by.Person,
            item.Id,
            item.Marking,
            item with
            {
                Custody =
                [
                    CustodyChain.Next(
                        item,
                        now,
                        by,
                        CustodyAction.Collected,
                        command.Reason,
                        to: item.Holder
                    ),
                ],
            }
        );
    }

    private static Refusal? WhyNot(
        Dossier? state,
        CollectItem command,
        Participant by,
        Instant now
    ) =>
        state is null
            ? Checks.Missing("dossier")
            : ItemRules.Name(command.Name)
                ?? ItemRules.MediaTypeOf(command.MediaType)
                ?? ItemRules.Hash(command.Sha256, 64, "sha256")
                ?? (command.Sha512 is null ? null : ItemRules.Hash(command.Sha512, 128, "sha512"))
                ?? (
                    command.C2paSha256 is null
                        ? null
                        : ItemRules.Hash(command.C2paSha256, 64, "the hash of the C2PA manifest")
                )
                ?? (command.Url is null ? null : ItemRules.Address(command.Url, "the source"))
                ?? (
                    command.Contributor is null
                        ? null
                        : ItemRules.CodeOf(command.Contributor, "the contributor")
                )
                ?? Taken(command.Capture, now)
                ?? Checks.Known(command.Consent, "consent")
                ?? Optional("what the consent is for", command.ConsentFor)
                ?? Wanting.Text("the reason", command.Reason)
                ?? (
                    command.RetainUntil is { } until
                        ? Wanting.Future("the end of its retention", until, now)
                        : null
                )
                ?? (command.Marking is null ? null : Wanting.Marking(command.Marking))
                ?? Checks.Order(state.ChangedAt, now)
                ?? (
                    by.Organisation is null
                        ? Refusal.NotAllowed("only a member of an organisation can do this")
                        : ItemRules.As(by, command.As, "the role that has it in custody")
                )
                ?? Fits(state, command);

    private static Refusal? Fits(Dossier state, CollectItem command) =>
        state.State == DossierState.Closed
            ? Refusal.WrongState("the dossier is closed and takes no more items")
        : state.Collected >= Dossier.ItemsMax
            ? Refusal.TooMuch(
                $"a dossier has at most {Dossier.ItemsMax} items; open another one on the same matter"
            )
        : command.Url is not null && command.Contributor is not null
            ? Refusal.Invalid("an item has one source: an address or a contributor")
        : state.Items.Any(item => item.Sha256 == command.Sha256 && item.Withdrawn is null)
            ? Refusal.WrongState("these octets are an item of this dossier already")
        : ItemRules.Had(command.Kept, command.Sha512);

    private static Refusal? Taken(Capture? capture, Instant now) =>
        capture is null
            ? Refusal.Invalid("how it was taken is missing; what is not known of it stays empty")
            : (
                capture.At is { } at && at > now
                    ? Refusal.Invalid("the time at which it was taken lies in the future")
                    : null
            )
                ?? (capture.Method is { } method ? Checks.Known(method, "method") : null)
                ?? Optional("the tool", capture.Tool, Wanting.NameMax)
                ?? Optional("the version of the tool", capture.ToolVersion, Wanting.NameMax)
                ?? (
                    capture.Operator is null
                        ? null
                        : ItemRules.CodeOf(capture.Operator, "who took it")
                )
                ?? (capture.OperatorRole is { } role ? Checks.Known(role, "role") : null);

    private static Refusal? Optional(string what, string? text, int most = Wanting.TextMax) =>
        text is null ? null : Wanting.Optional(what, text, most);
}
