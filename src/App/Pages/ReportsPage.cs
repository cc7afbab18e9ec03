using System.Text;
using Breakwater.Ledger.Tiles;
using Breakwater.Publications;
using Breakwater.Records;

namespace Breakwater.App.Pages;

/// <summary><c>/reports</c> lists the published reports; <c>/reports/ID</c> gives one, octet for octet as it was published.</summary>
internal static class ReportsPage
{
    public static async Task<string> Write(PublicView view, PageTexts texts)
    {
        IReadOnlyList<Situation> situations = Situation.Of(
            await view.All<ReportBody>("publication").ConfigureAwait(false),
            [],
            []
        );
        var page = new Markup(texts);
        page.Raw($"<h1>{texts.Html("nav.reports")}</h1>\n");
        page.Say(texts.Html(situations.Count == 0 ? "reports.none" : "reports.intro"), "quiet");
        if (situations.Count > 0)
        {
            page.Grid(
                texts.Html("nav.reports"),
                ["title", "published-asof", "fact-origin", "language", "proof"],
                [.. situations.Select(situation => Row(page, situation))]
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

    private static GridRow Row(Markup page, Situation situation)
    {
        PageTexts texts = page.Texts;
        ReportBody report = situation.Report(texts.Language).Body;
        string languages = string.Join(
            " · ",
            situation.Reports.Select(each =>
                $"<a href=\"/reports/{Uri.EscapeDataString(each.Product.Id)}\" hreflang=\"{Spoken.Html(each.Body.Language)}\" lang=\"{Spoken.Html(each.Body.Language)}\">{Name(each.Body.Language)}</a>"
            )
        );
        return new GridRow([
            SituationLine.Title(texts, report),
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
