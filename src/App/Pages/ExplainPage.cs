using Breakwater.App.Subjects;
using Breakwater.Publications;
using Breakwater.Records;

namespace Breakwater.App.Pages;

/// <summary><c>/explain/ID</c>: from a product back to the raw rows, through what the public may see and nothing else.</summary>
internal static class ExplainPage
{
    /// <summary>Inputs shown under one product; a report has hundreds, and each has a page of its own.</summary>
    private const int InputsMax = 12;

    /// <summary>Letters and digits of a shortened code, as the reports print it, that are enough to look for it.</summary>
    private const int ShortestCode = Ids.ShortLength;

    private static readonly string[] _kinds =
    [
        "sentence",
        "publication",
        "disruption",
        "need",
        "plan",
        "decision",
        "commitment",
        "restoration",
        "signal",
        "scenario",
        "population",
        "offer",
        "clearance",
        "response",
        "funding",
        "blind",
        "time-to-dark",
        "revision",
        "flood",
        "storm",
    ];

    /// <summary><c>/explain</c>: where a code from a report can be asked for.</summary>
    public static string Ask(PageTexts texts)
    {
        var page = new Markup(texts);
        page.Raw($"<h1>{texts.Html("nav.explain")}</h1>\n").Say(texts.Html("explain.intro"));
        Form(page);
        return Layout.Page(texts, "/explain", texts.Plain("nav.explain"), page.ToString());
    }

    /// <returns>Null when the public may not see it, or it is not there.</returns>
    public static async Task<string?> Write(
        PublicView view,
        IRecords records,
        PageTexts texts,
        string code
    )
    {
        if (
            await Full(view, records, code).ConfigureAwait(false) is not { } id
            || await Explanation.Of(records, view, id).ConfigureAwait(false) is not { } node
        )
        {
            return null;
        }

        var page = new Markup(texts);
        page.Raw($"<h1>{texts.Html("explain.title")}</h1>\n");
        SituationLine.Write(page, await Situation.Of(view, id).ConfigureAwait(false), null);
        page.Say(texts.Html("explain.read"), "quiet").Raw("<ul class=\"tree\">\n");
        await Node(page, view, node).ConfigureAwait(false);
        page.Raw("</ul>\n");
        Form(page);
        return Layout.Page(
            texts,
            $"/explain/{Uri.EscapeDataString(id)}",
            texts.Plain("explain.title"),
            page.ToString()
        );
    }

    /// <summary>The whole id behind a code, which a report prints short.</summary>
    private static async Task<string?> Full(PublicView view, IRecords records, string code)
    {
        if (await view.Find(code).ConfigureAwait(false) is { } exact)
        {
            return exact.Id;
        }

        if (code.Length < ShortestCode)
        {
            return null;
        }

        foreach (string kind in _kinds)
        {
            await foreach (Product product in records.Products(kind).ConfigureAwait(false))
            {
                if (
                    product.Id.StartsWith(code, StringComparison.Ordinal)
                    && await view.Find(product.Id).ConfigureAwait(false) is not null
                )
                {
                    return product.Id;
                }
            }
        }

        return null;
    }

    private static async Task Node(Markup page, PublicView view, ExplanationNode node)
    {
        PageTexts texts = page.Texts;
        page.Raw("<li>")
            .Raw(
                $"<p><span class=\"kind\">{texts.Html($"kind-of.{Kind(node.Kind)}")}</span> {Name(page, node)} {(IsSubject(node) ? "" : page.Chain(node.Id))}</p>\n"
            );
        if (node.Repeated)
        {
            page.Say(texts.Html("explain.repeated"), "quiet").Raw("</li>\n");
            return;
        }

        foreach (RawRecord raw in node.Evidence)
        {
            Raw(page, raw);
        }

        var open = new List<ExplanationNode>();
        int closed = 0;
        foreach (ExplanationNode input in node.Inputs)
        {
            if (IsSubject(input) || await view.Find(input.Id).ConfigureAwait(false) is not null)
            {
                open.Add(input);
            }
            else
            {
                closed++;
            }
        }

        if (open.Count > 0)
        {
            page.Raw("<ul>\n");
            foreach (ExplanationNode input in open.Take(InputsMax))
            {
                await Node(page, view, input).ConfigureAwait(false);
            }

            page.Raw("</ul>\n");
        }

        if (open.Count > InputsMax)
        {
            page.Say(texts.Html("explain.more", ("n", new Count(open.Count - InputsMax))), "quiet");
        }

        // Not public, not a product, and not held here read the same: none of them tells that it is there.
        if (closed > 0)
        {
            page.Say(texts.Html("explain.closed", ("n", new Count(closed))), "quiet");
        }

        page.Raw("</li>\n");
    }

    private static void Raw(Markup page, RawRecord raw)
    {
        PageTexts texts = page.Texts;
        string where = string.Join(
            " · ",
            new[]
            {
                raw.Evidence.Rows is { } rows
                    ? texts.Html("explain.lines", ("rows", new Code(rows)))
                    : null,
                raw.Evidence.Column is { } column
                    ? texts.Html("explain.series", ("series", new Free(column)))
                    : null,
                $"SHA-256 {texts.Html(new Code(raw.Evidence.Sha256))}",
            }.OfType<string>()
        );
        page.Raw(
            $"<div class=\"raw\"><p>{texts.Html("explain.raw")} {texts.Html(new Code(raw.Evidence.File))} · {where}</p>\n"
        );
        if (raw.Raw.Count == 0)
        {
            page.Say(texts.Html(new Free(raw.State)), "quiet").Raw("</div>\n");
            return;
        }

        IEnumerable<string> lines = raw.Raw.Select(line =>
            Spoken.Html(Spoken.Plain(line.TrimEnd('\r')))
        );
        if (raw.Omitted > 0)
        {
            int half = raw.Raw.Count / 2;
            lines =
            [
                .. lines.Take(half),
                $"… {texts.Plain("explain.omitted", ("n", new Count(raw.Omitted)))} …",
                .. lines.Skip(half),
            ];
        }

        if (raw.Header is { } header)
        {
            lines = lines.Prepend($"<b>{Spoken.Html(Spoken.Plain(header.TrimEnd('\r')))}</b>");
        }

        page.Raw($"<pre dir=\"ltr\" tabindex=\"0\">{string.Join('\n', lines)}</pre></div>\n");
    }

    /// <summary>What has a page is a link to it.</summary>
    private static string Name(Markup page, ExplanationNode node)
    {
        string name = page.Texts.Html(new Free(node.Summary));
        return node.Kind switch
        {
            "disruption" => page.LinkTo("disruptions", node.Id, name),
            "plan" => page.LinkTo("plans", node.Id, name),
            "publication" => page.LinkTo("reports", node.Id, name),
            _ when IsSubject(node) => page.Link(
                $"/{Catalogue.Known.Of(node.Kind)!.Plural}/{Uri.EscapeDataString(node.Id[(node.Kind.Length + 1)..])}",
                name
            ),
            _ => name,
        };
    }

    /// <summary>What people did, which has a page of its own and no chain behind it.</summary>
    private static bool IsSubject(ExplanationNode node) =>
        node.Id.StartsWith($"{node.Kind}/", StringComparison.Ordinal);

    private static string Kind(string kind) => _kinds.Contains(kind) ? kind : "other";

    private static void Form(Markup page) =>
        page.Raw(
            $"<form action=\"/explain\" method=\"get\"><input type=\"hidden\" name=\"lang\" value=\"{page.Texts.Language}\"><label for=\"id\">{page.Texts.Html("explain.code")}</label> <input id=\"id\" name=\"id\" dir=\"ltr\" autocomplete=\"off\" spellcheck=\"false\" required maxlength=\"80\"> <button>{page.Texts.Html("explain.ask")}</button></form>\n"
        );
}
