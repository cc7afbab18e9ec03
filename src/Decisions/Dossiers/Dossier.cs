using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Dossiers;

public enum DossierState
{
    Open,

    /// <summary>Takes no more items. Custody, withdrawals and verification go on.</summary>
    Closed,
}

/// <summary>Items of evidence on one disruption or one response, each with its chain of custody.</summary>
public sealed record Dossier : ISubject<Dossier, DossierEvent>
{
    public const int ItemsMax = 200;

    static string ISubject<Dossier, DossierEvent>.Kind => "dossier";

    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Purpose { get; init; }

    /// <summary>The organisation that opened it.</summary>
    public required string Organisation { get; init; }

    /// <summary>Null for a dossier on a response.</summary>
    public required string? DisruptionId { get; init; }

    /// <summary>Null for a dossier on a disruption.</summary>
    public required string? Response { get; init; }

    public required DossierState State { get; init; }

    public required IReadOnlyList<DossierItem> Items { get; init; }

    /// <summary>How many were ever collected, which numbers the next one.</summary>
    public required int Collected { get; init; }

    public required Instant OpenedAt { get; init; }

    public required Instant ChangedAt { get; init; }

    public required Marking Marking { get; init; }

    [JsonIgnore]
    public string? Parent => Response is null ? null : $"response/{Response}";

    [JsonIgnore]
    public string Standing => Checks.Word(State);

    /// <summary>When the retention of the first item ends.</summary>
    [JsonIgnore]
    public Instant? DueAt =>
        Items.Where(item => item.Withdrawn is null).Min(item => item.RetainUntil);

    /// <summary>Nothing of the items: a search must not tell what a marking hides.</summary>
    [JsonIgnore]
    public string Words => $"{Name} {Purpose}";

    public DossierItem? Item(string? id) => Items.FirstOrDefault(item => item.Id == id);

    public static Dossier Apply(Dossier? before, DossierEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened is DossierOpened opened)
        {
            return new Dossier
            {
                Id = opened.Id,
                Name = opened.Name,
                Purpose = opened.Purpose,
                Organisation = opened.Organisation,
                DisruptionId = opened.DisruptionId,
                Response = opened.Response,
                State = DossierState.Open,
                Items = [],
                Collected = 0,
                OpenedAt = opened.At,
                ChangedAt = opened.At,
                Marking = opened.Marking,
            };
        }

        ArgumentNullException.ThrowIfNull(before);
        Dossier after = happened switch
        {
            DossierClosed => before with { State = DossierState.Closed },
            ItemCollected collected => before with
            {
                Items = [.. before.Items, collected.Item],
                Collected = before.Collected + 1,
            },
            ItemEvent step => before with
            {
                Items =
                [
                    .. before.Items.Select(item =>
                        item.Id == step.ItemId ? After(item, step) : item
                    ),
                ],
            },
            _ => throw new InvalidOperationException($"a dossier knows no {happened.GetType()}"),
        };
        return after with { ChangedAt = happened.At };
    }

    /// <summary>What is kept no longer is withdrawn by itself, with its reason: nothing rests on it from then on.</summary>
    public static Decided<DossierEvent> Elapse(Dossier state, Instant now)
    {
        ArgumentNullException.ThrowIfNull(state);
        DossierEvent[] ended =
        [
            .. state
                .Items.Where(item => item.Withdrawn is null && item.RetainUntil <= now)
                .Select(item => new ItemWithdrawn(
                    now,
                    Checks.Time,
                    item.Id,
                    item.Marking,
                    CustodyChain.Next(
                        item,
                        now,
                        Checks.Time,
                        null,
                        CustodyAction.Withdrawn,
                        "the time for which it was to be kept is over"
                    )
                )),
        ];
        return ended;
    }

    private static DossierItem After(DossierItem item, ItemEvent happened)
    {
        DossierItem after = happened switch
        {
            ItemVerified verified => item with
            {
                Verifications = [.. item.Verifications, verified.Verification],
            },
            ItemOctetsChecked looked => item with
            {
                Octets = looked.Octets,
                Size = item.Size ?? looked.Size,
                Sha512 = item.Sha512 ?? looked.Sha512,
            },
            ItemCopied { Copy: { } copy } => item with { Copies = [.. item.Copies, copy] },
            ItemRedacted redacted => item with
            {
                Redactions = [.. item.Redactions, redacted.Redaction],
            },
            ItemWithdrawn withdrawn => item with
            {
                Withdrawn = new Withdrawal(withdrawn.At, withdrawn.By, withdrawn.Custody.Reason),
                Offered = null,
            },
            ItemTransferred transferred => item with
            {
                Holder = transferred.Custody.To!,
                Offered = null,
            },
            CustodyOffered offered => item with { Offered = offered.Offer },
            CustodyOfferEnded => item with { Offered = null },
            ItemConsentRecorded said => item with { Consent = said.Consent, ConsentFor = said.For },
            ItemSafetyAssessed assessed => item with
            {
                Risk = assessed.Risk,
                RiskNote = assessed.Note,
            },
            ItemSupportedFact supported => item with
            {
                Supports = [.. item.Supports, supported.Support],
            },
            FactSupportWithdrawn gone => item with
            {
                Supports =
                [
                    .. item.Supports.Select(support =>
                        support.Id == gone.Support
                            ? support with
                            {
                                Withdrawn = new Withdrawal(gone.At, gone.By, gone.Reason),
                            }
                            : support
                    ),
                ],
            },
            _ => item,
        };
        return happened is CustodyStep step
            ? after with
            {
                Custody = [.. item.Custody, step.Custody],
            }
            : after;
    }
}
