using Breakwater.App.Gaps;
using Breakwater.App.Gaps.Matrix;
using Breakwater.App.Pages;
using Breakwater.Decisions;
using Breakwater.Decisions.Publishing;
using Breakwater.Preparedness.Gaps;
using Breakwater.Publications;
using Breakwater.Publications.Alerts;
using Breakwater.Publications.Gaps;
using Breakwater.Publications.Releases;
using Breakwater.Vocabulary;

namespace Breakwater.App.Publishing.Forms;

/// <summary>
/// The forms of a response, from all that is on record about it: the same composition, and the same release check, as for a walk.
/// </summary>
internal static class ResponseForm
{
    public static async Task<(ComposedForm? Composed, Refusal? Refusal)> Compose(FormAsked asked)
    {
        if (
            (
                await asked.Act.Work.Load<Response, ResponseEvent>(asked.Id).ConfigureAwait(false)
            ).State
            is not { } response
        )
        {
            return (null, Refusal.Invalid("there is no such response"));
        }

        (Walked? walked, Refusal? refusal) = await WalkOnRecord
            .Read(asked.Act, response)
            .ConfigureAwait(false);
        if (walked is null)
        {
            return (null, refusal);
        }

        var alert = new AlertAsked(asked.Records.Node.Name);
        if (asked.Form == PublicationForm.Alert)
        {
            (alert, walked, refusal) = await Alerting
                .Asked(asked.Records, response, walked, asked.Replaced)
                .ConfigureAwait(false);
            if (refusal is not null)
            {
                return (null, refusal);
            }
        }

        if (asked.Form == PublicationForm.GapReport)
        {
            walked = await WithGaps(asked, response, walked).ConfigureAwait(false);
        }

        walked = walked with { Cite = asked.Cite };
        return (
            new ComposedForm(
                [
                    .. Texts
                        .Languages()
                        .Select(language =>
                            PublicationsFromWalk.Compose(
                                walked with
                                {
                                    Corrects = asked.Corrects(language),
                                },
                                Audience.Public,
                                language,
                                asked.Form
                            )
                        ),
                ],
                ResponseForms.Files(
                    walked with
                    {
                        Corrects = asked.Corrects("en"),
                    },
                    Audience.Public,
                    asked.Form,
                    alert
                )
            ),
            null
        );
    }

    /// <summary>What is covered where the response is, and where law was silent: both gathered as the public may see them.</summary>
    private static async Task<Walked> WithGaps(FormAsked asked, Response response, Walked walked)
    {
        CoverFound found = await new CoverOnRecord(asked.Records)
            .For(_ => Reader.Anonymous, asked.Now)
            .ConfigureAwait(false);
        var law = LawAtHand.Read;
        GapLedger ledger = await GapsOnRecord
            .Of(new PublicView(asked.Records, now: asked.Now), law.Pack)
            .ConfigureAwait(false);
        return walked with
        {
            Covered = GapMatrixFromCover.Compute(
                found.Covers,
                response.Place.Country,
                asked.Now,
                found.NotLookedAt
            ),
            LawGaps = new LawGapsTold(
                ledger,
                law.Pack is { } pack ? new WordsOfPack(pack, law.Texts) : null
            ),
        };
    }
}
