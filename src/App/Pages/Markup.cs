using System.Text;
using Breakwater.Publications;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages;

/// <summary>One row of a page's table.</summary>
/// <param name="Id">The product whose chain the row ends with; null when it has none of its own.</param>
/// <param name="Look">A class for the row, or null.</param>
internal sealed record GridRow(IReadOnlyList<string> Cells, string? Id = null, string? Look = null);

/// <summary>The few shapes that every page is made of. Cells and values are HTML already; texts are escaped where they are read.</summary>
internal sealed class Markup(PageTexts texts)
{
    private readonly StringBuilder _html = new();

    public PageTexts Texts { get; } = texts;

    /// <summary>The words, as HTML, by which this reader knows what has a page at an address; without them its id stands there.</summary>
    public Dictionary<string, string> Names { get; } = new(StringComparer.Ordinal);

    public Markup Raw(string html)
    {
        _html.Append(html);
        return this;
    }

    /// <param name="look">Class of the paragraph: <c>caution</c>, <c>quiet</c>.</param>
    public Markup Say(string html, string? look = null) =>
        Raw(look is null ? $"<p>{html}</p>\n" : $"<p class=\"{look}\">{html}</p>\n");

    public Markup Head(string id, string html) => Raw($"<h2 id=\"{id}\">{html}</h2>\n");

    /// <summary>Names and values in two columns, one under the other on a phone.</summary>
    public Markup Facts(IEnumerable<(string Name, string Value)> facts)
    {
        Raw("<dl class=\"facts\">\n");
        foreach ((string name, string value) in facts)
        {
            Raw($"<div><dt>{name}</dt><dd>{value}</dd></div>\n");
        }

        return Raw("</dl>\n");
    }

    public Markup Items(IEnumerable<string> items)
    {
        Raw("<ul class=\"plain\">\n");
        foreach (string item in items)
        {
            Raw($"<li>{item}</li>\n");
        }

        return Raw("</ul>\n");
    }

    /// <summary>On a phone each row becomes a card whose cells repeat the name of their column.</summary>
    /// <param name="columns">Keys of columns; one that ends in <c>#</c> holds numbers.</param>
    public Markup Grid(string title, IReadOnlyList<string> columns, IReadOnlyList<GridRow> rows)
    {
        bool hasChain = rows.Any(row => row.Id is not null);
        Raw(
            $"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{title}\">\n<table class=\"cards\" role=\"table\">\n<caption>{title}</caption>\n<thead role=\"rowgroup\"><tr role=\"row\">"
        );
        foreach (string column in columns)
        {
            Raw($"<th scope=\"col\" role=\"columnheader\"{Look(column)}>{Name(column)}</th>");
        }

        Raw(hasChain ? $"<th scope=\"col\" role=\"columnheader\">{Name("chain")}</th>" : "");
        Raw("</tr></thead>\n<tbody role=\"rowgroup\">\n");
        foreach (GridRow row in rows)
        {
            Raw(row.Look is null ? "<tr role=\"row\">" : $"<tr role=\"row\" class=\"{row.Look}\">");
            for (int i = 0; i < columns.Count; i++)
            {
                Raw(
                    $"<td role=\"cell\" data-label=\"{Name(columns[i])}\"{Look(columns[i])}><div>{row.Cells[i]}</div></td>"
                );
            }

            Raw(
                hasChain
                    ? $"<td role=\"cell\" data-label=\"{Name("chain")}\"><div>{(row.Id is { } id ? Chain(id) : "")}</div></td>"
                    : ""
            );
            Raw("</tr>\n");
        }

        return Raw("</tbody>\n</table>\n</div>\n");
    }

    /// <summary>The banner over everything that did not happen, or was not measured, as it reads.</summary>
    public Markup Banner(Origin origin) =>
        origin is Origin.Reconstructed or Origin.Modelled
            ? Raw(
                $"<p class=\"banner\">{Texts.Words.Html(origin == Origin.Reconstructed ? "banner.reconstructed" : "banner.modelled")}</p>\n"
            )
            : this;

    /// <summary>An address of this site in the language of the page.</summary>
    public string Address(string path) => $"{path}?lang={Texts.Language}";

    public string Link(string path, string html) => $"<a href=\"{Address(path)}\">{html}</a>";

    public string LinkTo(string kind, string id, string html) =>
        Link($"/{kind}/{Uri.EscapeDataString(id)}", html);

    /// <summary>The short code of a product, which leads to its chain.</summary>
    public string Chain(string id) =>
        $"<a class=\"chain\" href=\"{Address($"/explain/{Uri.EscapeDataString(id)}")}\" title=\"{Spoken.Html(Texts.Plain("chain.of", ("id", new Code(id))))}\"><bdi class=\"code\" dir=\"ltr\">{Spoken.Html(Spoken.Plain(Short(id)))}</bdi></a>";

    public override string ToString() => _html.ToString();

    private static string Short(string id) =>
        id.LastIndexOf('-') is > 0 and int dash && id.Length > dash + 9
            ? id[..(dash + 9)] + "…"
            : id;

    private string Name(string column) => Spoken.Html(Texts.Column(column.TrimEnd('#')));

    private static string Look(string column) => column.EndsWith('#') ? " class=\"number\"" : "";
}
