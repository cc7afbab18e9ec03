using Breakwater.App.Api;
using Breakwater.App.Pages;
using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Decisions.Clearances;
using Breakwater.Decisions.Membership;
using Breakwater.Needs;
using Breakwater.Preparedness.Agreements;
using Breakwater.Preparedness.Gaps;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Gaps.Matrix;

/// <summary>All that covers something, or lacks cover, of what one reader may see.</summary>
/// <param name="NotLookedAt">Kinds of which there are more than can be looked at.</param>
internal sealed record CoverFound(
    IReadOnlyList<Cover> Covers,
    IReadOnlyList<CoverKind> NotLookedAt
);

/// <summary>
/// Reads offers, commitments and needs for the matrix. What the reader may not see leaves no trace: neither in a count nor in whether a
/// cell is empty.
/// </summary>
internal sealed class CoverOnRecord(IRecords records)
{
    /// <summary>Of each kind.</summary>
    private const int LookedAtMax = 50_000;

    /// <param name="readerOf">As whom each kind is read.</param>
    public async Task<CoverFound> For(Func<string, Reader> readerOf, Instant now)
    {
        var notLookedAt = new List<CoverKind>();
        IReadOnlyDictionary<string, StakeholderClass> classes = (
            await Seen<Organisation, OrganisationEvent>(null).ConfigureAwait(false)
        ).ToDictionary(one => one.Id, one => one.Class, StringComparer.Ordinal);
        HashSet<string> denied =
        [
            .. (await Seen<ClearanceFile, ClearanceEvent>(null).ConfigureAwait(false))
                .Where(one => one is { Answer: ClearanceAnswer.Denied, WithdrawnAt: null })
                .Select(one => one.Id),
        ];
        IReadOnlyList<StandingOffer> offers = await Seen<StandingOffer, OfferEvent>(CoverKind.Offer)
            .ConfigureAwait(false);
        IReadOnlyList<Commitment> commitments = await Seen<Commitment, CommitmentEvent>(
                CoverKind.Commitment
            )
            .ConfigureAwait(false);
        var of = new CoverOf(classes, denied, commitments, now);
        var view = new PublicView(records, readerOf("need"), now);
        return new CoverFound(
            [
                .. offers.Select(of.Offer),
                .. commitments.Select(of.Commitment),
                .. (
                    await Seen<Agreement, AgreementEvent>(CoverKind.Agreement).ConfigureAwait(false)
                ).Select(of.Agreement),
                .. await Walked(
                        of,
                        [.. offers.Select(one => one.Id), .. commitments.Select(one => one.Id)],
                        readerOf,
                        now
                    )
                    .ConfigureAwait(false),
                .. CoverOf.Needs(
                    await view.All<Need>("need").ConfigureAwait(false),
                    await view.Standing().ConfigureAwait(false)
                ),
            ],
            notLookedAt
        );

        async Task<IReadOnlyList<TState>> Seen<TState, TEvent>(CoverKind? kind)
            where TState : class, ISubject<TState, TEvent>
            where TEvent : class
        {
            Reader reader = readerOf(TState.Kind);
            (IReadOnlyList<Document> all, bool isWhole) = await records
                .FirstOf(TState.Kind, LookedAtMax)
                .ConfigureAwait(false);
            // Without all classes and denials nothing can be placed, so every kind is in doubt.
            notLookedAt.AddRange(
                isWhole ? []
                : kind is { } one ? [one]
                : [CoverKind.Offer, CoverKind.Commitment]
            );
            return
            [
                .. all.Where(document => Representation.May(reader, document, now))
                    .Select(document => SubjectKind<TState, TEvent>.Read(document.Body)),
            ];
        }
    }

    /// <summary>What a walk of a scenario recorded and nobody carries on: its suppliers are roles, whose class may not be on record.</summary>
    /// <param name="known">Ids of those that have a life of their own here.</param>
    private async Task<IEnumerable<Cover>> Walked(
        CoverOf of,
        HashSet<string> known,
        Func<string, Reader> readerOf,
        Instant now
    )
    {
        IReadOnlyList<Recorded<Offer>> offers = await new PublicView(
            records,
            readerOf("offer"),
            now
        )
            .All<Offer>("offer")
            .ConfigureAwait(false);
        IReadOnlyList<Recorded<Commitment>> commitments = await new PublicView(
            records,
            readerOf("commitment"),
            now
        )
            .All<Commitment>("commitment")
            .ConfigureAwait(false);
        return
        [
            .. offers
                .Where(offer => !known.Contains(offer.Body.Id))
                .Select(offer => of.WalkedOffer(offer.Body)),
            .. commitments
                .Where(commitment => !known.Contains(commitment.Body.Id))
                .Select(commitment =>
                    of.Commitment(commitment.Body) with
                    {
                        Id = commitment.Body.Id,
                    }
                ),
        ];
    }
}
