using Breakwater.Preparedness.Agreements;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.CountryPlans;

/// <summary>What must hold before anything is entered on the checklist of a country.</summary>
internal static class PlanRules
{
    private const int EvidenceMax = 20;

    public static Refusal? Member(Participant by) =>
        by.Organisation is null
            ? Refusal.NotAllowed("only a member of an organisation can do this")
            : null;

    public static Refusal? Standing(CountryPlan? state, Participant by, Instant now) =>
        state is null
            ? Checks.Missing("checklist")
            : Checks.Order(state.ChangedAt, now) ?? Member(by);

    public static Refusal? Item(string? item, Checklist? checklist) =>
        Checks.Id(item, "the item")
        ?? (
            checklist is null ? Refusal.WrongState("the checklist of this node cannot be read")
            : checklist.Item(item!) is null
                ? Refusal.Invalid(
                    $"the checklist has no such item. {Nearest.Remedy(item!, [.. checklist.Items.Select(one => one.Id)])}"
                )
            : null
        );

    /// <summary>What says yes, partly or no shows on what it rests; not to know needs no proof.</summary>
    public static Refusal? Evidence(PlanAnswer answer, IReadOnlyList<PlanEvidence>? evidence) =>
        Checks.List(evidence, "pieces of evidence")
        ?? (
            evidence!.Count > EvidenceMax
                ? Refusal.TooMuch($"an answer has at most {EvidenceMax} pieces of evidence")
            : evidence.Count == 0 && answer != PlanAnswer.Unknown
                ? Refusal.Invalid(
                    "name the evidence: a link, a document, a subject of the ledger, or a statement with its source"
                )
            : null
        )
        ?? evidence.Select(Evidence).FirstOrDefault(no => no is not null);

    private static Refusal? Evidence(PlanEvidence one) =>
        Checks.Known(one.Kind, "kind of evidence")
        ?? OpenText.Needed(one.Reference, "the evidence")
        ?? OpenText.Optional(one.Source, "the source of the evidence")
        ?? (
            one.Kind switch
            {
                PlanEvidenceKind.Link => Uri.TryCreate(
                    one.Reference,
                    UriKind.Absolute,
                    out Uri? address
                ) && address.Scheme is "https" or "http"
                    ? null
                    : Refusal.Invalid("a link begins with https:// or http://"),
                PlanEvidenceKind.Document => one.Reference is { Length: 64 }
                && one.Reference.All(char.IsAsciiHexDigitLower)
                    ? null
                    : Refusal.Invalid(
                        "a document is named by its SHA-256 in 64 small hexadecimal letters"
                    ),
                PlanEvidenceKind.Ledger => one.Reference.IndexOf('/', StringComparison.Ordinal)
                    is > 0
                    ? null
                    : Refusal.Invalid("a subject is named by kind and id, as agreement/fuel-sd"),
                _ => string.IsNullOrWhiteSpace(one.Source)
                    ? Refusal.Invalid(
                        "a statement needs its source: which office or organisation says so"
                    )
                    : null,
            }
        );
}
