using Breakwater.App.Api;
using Breakwater.Publications;
using Breakwater.Restorations;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages.Response.Views;

/// <summary>
/// The needs of a response and whom it has reached. Civilians and responders have a column each, there is no total, and what nobody
/// independent saw is unknown and not zero.
/// </summary>
internal static class ReachView
{
    private const int RowsMax = 200;

    public static async Task Write(Markup page, Seen seen, Reading reading, Caller caller)
    {
        PageTexts texts = page.Texts;
        page.Head("needs", texts.Html("field.needs"));
        IReadOnlyList<Reach> needs = await reading.Reach(seen, caller).ConfigureAwait(false);
        if (needs.Count == 0)
        {
            page.Say(texts.Html("response.reach.none"), "quiet");
            return;
        }

        page.Say(texts.Html("response.reach.how"), "quiet")
            .Rows(
                texts.Html("response.reach"),
                [
                    texts.Html("field.place"),
                    texts.Html("response.reach.group"),
                    texts.Html("field.service"),
                    texts.Html("response.reach.in-need"),
                    texts.Html("response.reach.civilians"),
                    texts.Html("response.reach.responders"),
                    texts.Html("response.reach.unserved"),
                    texts.Html("response.reach.measured"),
                ],
                [
                    .. needs
                        .Take(RowsMax)
                        .Select(need => new GridRow([
                            page.LinkTo(
                                "explain",
                                need.NeedId,
                                texts.Html(Word.Of(need.Place, need.PlaceName))
                            ),
                            texts.Html(Word.Of("group", need.Group)),
                            Labels.Value(
                                texts,
                                typeof(Service),
                                Members.Kebab(need.Service.ToString())
                            ),
                            texts.Html(Word.Of(need.InNeed)),
                            texts.Html(Word.Of(need.Civilians)),
                            texts.Html(Word.Of(need.Responders)),
                            texts.Html(Word.Of(need.Unserved)),
                            Measured(texts, need),
                        ])),
                ]
            );
        if (needs.Count > RowsMax)
        {
            page.Say(
                texts.Html("response.more-rows", ("n", new Count(needs.Count - RowsMax))),
                "quiet"
            );
        }
    }

    private static string Measured(PageTexts texts, Reach need) =>
        string.Join(
            "<br>",
            (string[])
                [
                    .. need.AsOf is { } at
                        ? need
                            .MeasuredBy.Select(source => texts.Html(new Free(source)))
                            .Append(texts.Html(new Moment(at)))
                        : [texts.Html("response.reach.nobody")],
                    .. need.NotCounted.Count > 0
                        ? (string[])
                            [
                                texts.Html(
                                    "response.reach.not-counted",
                                    ("n", new Count(need.NotCounted.Count))
                                ),
                            ]
                        : [],
                ]
        );
}
