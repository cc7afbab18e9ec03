using System.Text;
using Breakwater.Ledger.Tiles;
using Breakwater.Publications;
using Breakwater.Records;

namespace Breakwater.App.Pages;

/// <summary><c>/reports</c> lists the published reports; <c>/reports/ID</c> gives one, octet for octet as it was published.</summary>
internal static class ReportsPage
{
    /// <summary>Asks for a report that was corrected as it was published, without the page that says so.</summary>
    public const string AsPublishedKey = "as-published";

    public static async Task<string> Write(PublicView view, PageTexts texts)
    {
        IReadOnlyList<Situation> situations = Situation.Of(
            await view.All<ReportBody>("publication").ConfigureAwait(false),
            [],
            []
        );
        Dictionary<string, Replaced> replaced = (
            await view.All<Replaced>(Replaced.Kind).ConfigureAwait(false)
        ).ToDictionary(each => each.Body.Publication, each => each.Body, StringComparer.Ordinal);
        IReadOnlyList<Recorded<Withdrawn>> withdrawn = await view.All<Withdrawn>(Withdrawn.Kind)
            .ConfigureAwait(false);
        var page = new Markup(texts);
        page.Raw($"<h1>{texts.Html("nav.reports")}</h1>\n");
        int all = situations.Count + withdrawn.Count;
        page.Say(texts.Html(all == 0 ? "reports.none" : "reports.intro"), "quiet");
        if (all > 0)
        {
            page.Grid(
                texts.Html("nav.reports"),
                ["title", "published-asof", "fact-origin", "language", "proof"],
                [
                    .. situations.Select(situation => Row(page, situation, replaced)),
                    .. withdrawn
                        .Select(each => each.Body)
                        .GroupBy(each => each.Subject, StringComparer.Ordinal)
                        .OrderByDescending(report => report.Max(each => each.At))
                        .Select(report => Row(page, [.. report])),
                ]
            );
        }

        return Layout.Page(texts, "/reports", texts.Plain("nav.reports"), page.ToString());
    }

    /// <summary>Null when the public may not see it, or this node does not hold its HTML.</summary>
    public static async Task<byte[]?> Find(PublicView view, IRecords records, string id) =>
        await view.Find<ReportBody>("publication", id).ConfigureAwait(false) is { } report
        && report.Body.Document.Marking is { } marking
        && ReleaseCheck.Allows(marking, Audience.Public)
            ? await records.Evidence(report.Body.Html).ConfigureAwait(false)
            : null;

    /// <summary>That a report is in this node's ledger, for who has its public key. Null where <see cref="Find"/> is.</summary>
    public static async Task<byte[]?> Proof(
        PublicView view,
        IRecords records,
        string id,
        CancellationToken cancel
    ) =>
        await view.Find<ReportBody>("publication", id).ConfigureAwait(false) is { } report
        && report.Body.Document.Marking is { } marking
        && ReleaseCheck.Allows(marking, Audience.Public)
        && await ProofFiles.Of(records, id, report.Body.Html, cancel).ConfigureAwait(false)
            is { } proof
            ? Encoding.UTF8.GetBytes(proof.ToString())
            : null;

    /// <summary>What readers are told of a report that was taken back; null for one that was not.</summary>
    public static async Task<Withdrawn?> TakenBack(PublicView view, string id) =>
        (
            await view.Find<Withdrawn>(Withdrawn.Kind, Withdrawn.IdOf(id)).ConfigureAwait(false)
        )?.Body;

    /// <summary>What took the place of a report; null while nothing did.</summary>
    public static async Task<Replaced?> Corrected(PublicView view, string id) =>
        (await view.Find<Replaced>(Replaced.Kind, Replaced.IdOf(id)).ConfigureAwait(false))?.Body;

    /// <summary>In the place of a report that was taken back: when, and why.</summary>
    public static string Gone(PageTexts texts, Withdrawn withdrawn, Replaced? replaced)
    {
        var page = new Markup(texts);
        page.Raw($"<h1>{texts.Html("gone.title")}</h1>\n")
            .Say(Title(texts, withdrawn))
            .Say(texts.Html("reports.withdrawn", ("at", new Moment(withdrawn.At))), "caution")
            .Say(texts.Html(new Free(withdrawn.Reason)))
            .Say(texts.Html("gone.what"), "quiet")
            .Items([
                .. replaced is null
                    ? (string[])[]
                    : [page.LinkTo("reports", replaced.By, texts.Html("corrected.read"))],
                page.Link("/reports", texts.Html("nav.reports")),
            ]);
        return Layout.Page(texts, "/reports", texts.Plain("gone.title"), page.ToString());
    }

    /// <summary>Before a report that was corrected, so that nobody takes it for the last word.</summary>
    public static string Before(PageTexts texts, Replaced replaced)
    {
        var page = new Markup(texts);
        page.Raw($"<h1>{texts.Html("corrected.title")}</h1>\n")
            .Say(texts.Html("corrected.what", ("at", new Moment(replaced.At))), "caution")
            .Say(texts.Html(new Free(replaced.Why)))
            .Items([
                page.LinkTo("reports", replaced.By, texts.Html("corrected.read")),
                $"<a href=\"{AsPublished(replaced.Publication)}\">{texts.Html("corrected.as-published")}</a>",
            ]);
        return Layout.Page(texts, "/reports", texts.Plain("corrected.title"), page.ToString());
    }

    private static string AsPublished(string id) =>
        $"/reports/{Uri.EscapeDataString(id)}?{AsPublishedKey}";

    private static GridRow Row(Markup page, IReadOnlyList<Withdrawn> report)
    {
        PageTexts texts = page.Texts;
        Withdrawn one = report.FirstOrDefault(each => each.Language == texts.Language) ?? report[0];
        return new GridRow([
            $"{page.LinkTo("reports", one.Publication, Title(texts, one))}<br><strong>{texts.Html("reports.withdrawn", ("at", new Moment(one.At)))}</strong> {texts.Html(new Free(one.Reason))}",
            texts.Html(new Moment(one.AsOf)),
            "—",
            "—",
            "—",
        ]);
    }

    private static string Title(PageTexts texts, Withdrawn one) =>
        texts.Html(one.Language == texts.Language ? new Native(one.Title) : new Free(one.Title));

    private static GridRow Row(
        Markup page,
        Situation situation,
        Dictionary<string, Replaced> replaced
    )
    {
        PageTexts texts = page.Texts;
        ReportBody report = situation.Report(texts.Language).Body;
        string since = replaced.TryGetValue(
            situation.Report(texts.Language).Product.Id,
            out Replaced? by
        )
            ? $"<br><strong>{texts.Html("reports.replaced")}</strong> {page.LinkTo("reports", by.By, texts.Html("corrected.read"))}"
            : "";
        string languages = string.Join(
            " · ",
            situation.Reports.Select(each =>
                $"<a href=\"/reports/{Uri.EscapeDataString(each.Product.Id)}\" hreflang=\"{Spoken.Html(each.Body.Language)}\" lang=\"{Spoken.Html(each.Body.Language)}\">{Name(each.Body.Language)}</a>"
            )
        );
        return new GridRow([
            SituationLine.Title(texts, report) + since,
            texts.Html(new Moment(report.AsOf)),
            texts.Html(Word.Of("origin", report.Origin)),
            languages,
            $"<a href=\"/reports/{Uri.EscapeDataString(situation.Report(texts.Language).Product.Id)}{TlogProof.Extension}\">{texts.Html("column.proof")}</a>",
        ]);
    }

    private static string Name(string language) =>
        PageTexts.Languages.Contains(language)
            ? PageTexts.For(language).Html("language.name")
            : Spoken.Html(Spoken.Plain(language));
}
