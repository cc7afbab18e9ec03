using Breakwater.Needs;
using Breakwater.Publications;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages;

/// <summary>Needs by place and group, the services beside each other. Nothing is added up: the same person lacks several.</summary>
internal static class NeedsTable
{
    public static void Write(Markup page, IReadOnlyList<Need> needs)
    {
        PageTexts texts = page.Texts;
        page.Head("needs", texts.Html("needs.title"));
        if (needs.Count == 0)
        {
            page.Say(texts.Words.Html("needs.none"));
            return;
        }

        Service[] services = [.. needs.Select(need => need.Service).Distinct().Order()];
        page.Say(texts.Words.Html("needs.intro"), "quiet")
            .Say(texts.Html("needs.together"), "quiet")
            .Grid(
                texts.Words.Html("table.needs"),
                ["where", "group", .. services.Select(service => Column(service))],
                [
                    .. needs
                        .GroupBy(need => (need.Place.Key, need.PlaceName, need.Group))
                        .OrderBy(group => group.Min(need => need.Priority))
                        .Select(group => new GridRow([
                            texts.Html(Word.Of(group.First().Place, group.Key.PlaceName)),
                            texts.Html(Word.Of("group", group.Key.Group)),
                            .. services.Select(service =>
                                Cell(page, group.FirstOrDefault(need => need.Service == service))
                            ),
                        ])),
                ]
            );
    }

    private static string Cell(Markup page, Need? need) =>
        need is null
            ? page.Texts.Html(new Said("not-of-this-row"))
            : page.LinkTo("explain", need.Id, page.Texts.Html(People.Printed(need.WithoutService)));

    /// <summary>Key of a service's column, which holds numbers.</summary>
    public static string Column(Service service) => $"without.{Checks.Word(service)}#";
}
