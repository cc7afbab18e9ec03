using Breakwater.Disruptions;
using Breakwater.Publications;

namespace Breakwater.App.Pages;

/// <summary>What others say of a disruption, each beside its source and none merged with another.</summary>
internal static class ClaimsPart
{
    public static void Write(Markup page, Disruption disruption)
    {
        PageTexts texts = page.Texts;
        page.Head("claims", texts.Words.Html("section.rivals"));
        if (disruption.Claims.Count == 0)
        {
            page.Say(texts.Words.Html("rivals.none"));
            return;
        }

        page.Say(
                texts.Words.Html(
                    new Said("rivals.intro", ("n", new Count(disruption.Claims.Count)))
                ),
                "quiet"
            )
            .Grid(
                texts.Words.Html("table.claims"),
                ["says-who", "what", "cause", "actor", "onset", "end", "wording"],
                [
                    .. disruption.Claims.Select(claim => new GridRow([
                        texts.Html(new Free(claim.Source)),
                        texts.Html(new Term("kind", claim.What)),
                        texts.Html(
                            claim.Cause is { } cause ? new Free(cause) : new Said("not-stated")
                        ),
                        texts.Html(Word.Of("actor", claim.Actor)),
                        texts.Html(Word.Of(claim.Start)),
                        texts.Html(Word.Of(claim.End)),
                        texts.Html(new Free(claim.Wording)),
                    ])),
                ]
            );
    }
}
