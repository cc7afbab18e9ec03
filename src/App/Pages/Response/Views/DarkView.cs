using Breakwater.App.Api;
using Breakwater.App.Responding;
using Breakwater.Decisions.Fuel;
using Breakwater.Publications;

namespace Breakwater.App.Pages.Response.Views;

/// <summary>The order in which sites go dark, above the fuel that could prevent it. The unknown ones have a table of their own.</summary>
internal static class DarkView
{
    public static async Task Write(Markup page, Reading reading, Caller caller)
    {
        DarkOrder order = await reading.Dark(caller).ConfigureAwait(false);
        PageTexts texts = page.Texts;
        page.Head("dark", texts.Html("response.dark"));
        if (order.Known.Count == 0)
        {
            page.Say(texts.Html("response.dark.none"), "quiet");
        }
        else
        {
            page.Rows(
                    texts.Html("response.dark"),
                    [
                        texts.Html("response.dark.order"),
                        texts.Html("field.site"),
                        texts.Html("field.place"),
                        texts.Html("response.dark.earliest"),
                        texts.Html("response.dark.latest"),
                        texts.Html("field.people-served"),
                        texts.Html("response.dark.sum"),
                    ],
                    [
                        .. order.Known.Select(runway => new GridRow(
                            [
                                texts.Html(new Count(runway.Order!.Value)),
                                .. Named(texts, runway),
                                Values.Moment(texts, runway.DarkEarliest),
                                Values.Moment(texts, runway.DarkLatest),
                                People(texts, runway),
                                Sum(texts, runway),
                            ],
                            Look: runway.DarkEarliest <= order.AsOf ? "late" : null
                        )),
                    ]
                )
                .Say(texts.Html("response.dark.as-read"), "quiet");
        }

        if (order.Unknown.Count > 0)
        {
            page.Rows(
                texts.Html("response.dark.unknown"),
                [
                    texts.Html("field.site"),
                    texts.Html("field.place"),
                    texts.Html("field.people-served"),
                    texts.Html("response.dark.sum"),
                ],
                [
                    .. order.Unknown.Select(runway => new GridRow([
                        .. Named(texts, runway),
                        People(texts, runway),
                        texts.Html(new Free(runway.Sum)),
                    ])),
                ]
            );
        }
    }

    private static string[] Named(PageTexts texts, SiteRunway runway) =>
        [texts.Html(new Code(runway.Site)), texts.Html(Word.Of(runway.Place))];

    private static string People(PageTexts texts, SiteRunway runway) =>
        runway.PeopleServed is { } people
            ? texts.Html(new Between(people.Low, people.High))
            : texts.Html("response.not-stated");

    /// <summary>What was read, and what came since.</summary>
    private static string Sum(PageTexts texts, SiteRunway runway) =>
        string.Join(
            "<br>",
            runway
                .Deliveries.Select(one =>
                    texts.Html(
                        "response.dark.arrived",
                        ("litres", new Count((long)one.Delivery.Litres)),
                        ("at", new Moment(one.Delivery.At))
                    )
                )
                .Prepend(texts.Html(new Free(runway.Sum)))
        );
}
