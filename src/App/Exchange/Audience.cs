using System.Text.Json;
using Breakwater.App.Subjects;
using Breakwater.Decisions.Membership;
using Breakwater.Ledger;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Exchange;

/// <summary>
/// Who stands behind a peer, for the guard. It is asked of each event before anything is written out: what of an event would be
/// left out for this reader keeps the whole event here, because a signature holds for the whole.
/// </summary>
internal sealed class Audience
{
    private readonly Reader _reader;
    private readonly Instant _now;

    private Audience(Reader reader, Instant now) => (_reader, _now) = (reader, now);

    public static async Task<Audience> Of(IRecords records, Peer peer, Instant now) =>
        new(
            await ReaderFor(records, peer.Organisation).ConfigureAwait(false) ?? Reader.Anonymous,
            now
        );

    /// <summary>An organisation of this node as a reader, with no person and no role; null for one that is not vetted.</summary>
    /// <param name="organisation">Null for the public.</param>
    public static async Task<Reader?> ReaderFor(IRecords records, string? organisation)
    {
        if (organisation is null)
        {
            return Reader.Anonymous;
        }

        return await IsOperating(records, organisation).ConfigureAwait(false)
            ? new Reader
            {
                Organisation = organisation,
                Circle = Circle.Community,
                Groups = (await records.AllOf(SharingGroup.Kind).ConfigureAwait(false))
                    .Select(document =>
                        SubjectKind<SharingGroup, SharingGroupEvent>.Read(document.Body)
                    )
                    .Where(group => group.Has(organisation))
                    .Select(group => group.Id)
                    .ToHashSet(StringComparer.Ordinal),
            }
            : null;
    }

    public static async Task<bool> IsOperating(IRecords records, string organisation) =>
        await records.Document($"{Organisation.Kind}/{organisation}").ConfigureAwait(false)
            is { } document
        && SubjectKind<Organisation, OrganisationEvent>.Read(document.Body).IsOperating;

    /// <summary>Why an event stays here; null when it may go. The reason names a rule and nothing of the event.</summary>
    public string? WhyNot(Event entry)
    {
        Marking marking = entry.Envelope.Marking;
        if (marking.Distribution == Distribution.Sealed)
        {
            return "sealed: it does not leave";
        }

        if (
            !Guard.May(_reader, marking, _now)
            || _reader.Organisation is not { } organisation
            || marking.AfterHop(organisation) is null
        )
        {
            return "marked for others than this peer";
        }

        JsonElement payload = entry.PayloadJson;
        return
            Shown.To(_reader, marking, payload, _now) is { } shown
            && CanonicalJson.Of(shown).AsSpan().SequenceEqual(entry.Payload.Span)
            ? null
            : "it holds something sealed, or marked for others than this peer";
    }
}
