using Breakwater.Disruptions;
using Breakwater.Needs;
using Breakwater.Plans;
using Breakwater.Publications;

namespace Breakwater.App.Pages;

/// <summary><c>/</c>: what is known to be lost, newest first, and how well it is known.</summary>
internal static class SituationList
{
    private static readonly string[] _columns = ["what", "since", "state", "sure", "messaging#"];

    public static async Task<string> Write(PublicView view, PageTexts texts)
    {
        IReadOnlyList<Recorded<Disruption>> disruptions = await view.All<Disruption>("disruption")
            .ConfigureAwait(false);
        IReadOnlyList<Situation> situations = Situation.Newest(
            Situation.Of(
                await view.All<ReportBody>("publication").ConfigureAwait(false),
                disruptions,
                await view.All<Plan>("plan").ConfigureAwait(false)
            )
        );
        IReadOnlyList<Need> needs = Need.Latest(
            (await view.All<Need>("need").ConfigureAwait(false)).Select(need => need.Body)
        );
        var page = new Markup(texts);
        page.Raw($"<h1>{texts.Html("nav.situations")}</h1>\n");
        if (view.Unreadable > 0)
        {
            page.Say(texts.Html("list.unreadable", ("n", new Count(view.Unreadable))), "caution");
        }

        IReadOnlyList<Recorded<Flood>> floods = await view.All<Flood>("flood")
            .ConfigureAwait(false);
        IReadOnlyList<Recorded<Storm>> storms = await view.All<Storm>("storm")
            .ConfigureAwait(false);
        if (
            situations.Count + disruptions.Count + floods.Count + storms.Count == 0
            && !await view.IsStoreEmpty().ConfigureAwait(false)
        )
        {
            page.Say(texts.Html("list.not-shown")).Say(texts.Html("list.empty-blind"), "quiet");
            return Layout.Page(texts, "/", texts.Plain("nav.situations"), page.ToString());
        }

        if (situations.Count + disruptions.Count + floods.Count + storms.Count == 0)
        {
            page.Say(texts.Html("list.empty"))
                .Raw("<pre class=\"command\" dir=\"ltr\"><code>breakwater demo</code></pre>\n")
                .Say(texts.Html("list.empty-next"))
                .Say(texts.Html("list.empty-blind"), "quiet");
            return Layout.Page(texts, "/", texts.Plain("nav.situations"), page.ToString());
        }

        StandingTellings standing = await view.Standing().ConfigureAwait(false);
        page.Say(texts.Html("list.intro"), "quiet");
        foreach (Situation situation in situations)
        {
            Write(page, situation, needs, standing);
        }

        var told = situations
            .SelectMany(situation => situation.Disruptions.Select(disruption => disruption.Id))
            .ToHashSet(StringComparer.Ordinal);
        List<Disruption> others =
        [
            .. disruptions
                .Reverse()
                .Select(disruption => disruption.Body)
                .Where(disruption => !told.Contains(disruption.Id)),
        ];
        List<Disruption> past = [.. others.Where(other => !standing.Stands(other.Id))];
        others.RemoveAll(other => !standing.Stands(other.Id));
        if (others.Count > 0)
        {
            page.Head("others", texts.Html("list.others"))
                .Say(texts.Html("list.others-intro"), "quiet");
            Table(page, texts.Html("list.others"), others, needs, standing);
        }

        BesidePart.Write(
            page,
            [.. storms.Select(storm => storm.Body)],
            [.. floods.Select(flood => flood.Body)]
        );
        if (past.Count > 0)
        {
            page.Head("past", texts.Html("list.past")).Say(texts.Html("list.past-intro"), "quiet");
            Table(page, texts.Html("list.past"), past, needs, standing);
        }

        return Layout.Page(texts, "/", texts.Plain("nav.situations"), page.ToString());
    }

    private static void Write(
        Markup page,
        Situation situation,
        IReadOnlyList<Need> needs,
        StandingTellings standing
    )
    {
        PageTexts texts = page.Texts;
        Recorded<ReportBody> report = situation.Report(texts.Language);
        page.Raw("<section class=\"situation\">\n")
            .Raw($"<h2>{SituationLine.Title(texts, report.Body)}</h2>\n")
            .Banner(report.Body.Origin);
        page.Say(
            $"{texts.Words.Html(new Said("report.asof", ("at", new Moment(report.Body.AsOf))))} · {page.LinkTo("reports", report.Product.Id, texts.Html("list.report"))}",
            "under"
        );
        if (situation.Disruptions.Count == 0)
        {
            page.Say(texts.Words.Html("headline.none"), "caution");
        }
        else
        {
            Table(page, texts.Words.Html("section.known"), situation.Disruptions, needs, standing);
        }

        Unseen(page, report);
        if (situation.Plans.Count > 0)
        {
            page.Say(
                $"{texts.Words.Html("section.plans")}: {string.Join(" · ", situation.Plans.Select(plan => page.LinkTo("plans", plan.Id, texts.Html(new Term("option", plan.Option)))))}"
            );
        }

        page.Raw("</section>\n");
    }

    private static void Table(
        Markup page,
        string title,
        IReadOnlyList<Disruption> disruptions,
        IReadOnlyList<Need> needs,
        StandingTellings standing
    )
    {
        // Losses of areas stand on the page of the wider disruption that tells of them.
        List<Disruption> wide = [.. disruptions.Where(disruption => disruption.Areas is not null)];
        page.Grid(
            title,
            _columns,
            [
                .. disruptions
                    .Where(disruption => !wide.Exists(disruption.IsPartOf))
                    .Select(disruption => new GridRow([
                        page.LinkTo(
                            "disruptions",
                            disruption.Id,
                            page.Texts.Html(DisruptionWords.Name(disruption))
                        )
                            + Parts(page, disruption, disruptions)
                            + Since(page, disruption, standing),
                        $"{page.Texts.Html(Word.Of(disruption.Onset))}<br><span class=\"quiet\">{page.Texts.Html("list.end", ("end", DisruptionWords.End(disruption)))}</span>",
                        DisruptionWords.State(disruption, page.Texts),
                        page.Texts.Html(Headline.HowSure(disruption.Confidence)),
                        page.Texts.Html(WithoutMessaging.Words(page.Texts, disruption, needs)),
                    ])),
            ]
        );
    }

    private static string Parts(
        Markup page,
        Disruption disruption,
        IReadOnlyList<Disruption> disruptions
    ) =>
        disruptions.Count(part => part.IsPartOf(disruption)) is > 0 and var parts
            ? $"<br><span class=\"quiet\">{page.Texts.Html("list.parts", ("n", new Count(parts)))}</span>"
            : "";

    /// <summary>What a telling became since; empty for one that stands.</summary>
    private static string Since(Markup page, Disruption disruption, StandingTellings standing) =>
        standing.Stands(disruption.Id)
            ? ""
            : $"<br><strong>{DisruptionWords.Since(page, disruption, standing)}</strong>";

    /// <summary>The report's own sentence on blindness, because the stretches themselves stand in the report (INV-15).</summary>
    private static void Unseen(Markup page, Recorded<ReportBody> report)
    {
        PageTexts texts = page.Texts;
        Paragraph? first = report.Body.Document.Paragraphs.FirstOrDefault(paragraph =>
            paragraph.Section == "unseen"
        );
        string more =
            $"<a href=\"{page.Address($"/reports/{Uri.EscapeDataString(report.Product.Id)}")}#unseen\">{texts.Words.Html("section.unseen")}</a>";
        page.Say(
            first is null ? more : $"{SituationLine.Published(texts, report.Body, first)} {more}",
            "caution"
        );
    }
}
