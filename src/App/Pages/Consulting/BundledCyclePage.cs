using Breakwater.App.Accounts.Pages;
using Breakwater.App.Pages.Response;
using Breakwater.App.Pages.Response.Views;
using Breakwater.Feeds.Cycles;
using Breakwater.Preparedness.Cycles;
using Breakwater.Publications;

namespace Breakwater.App.Pages.Consulting;

/// <summary>A cycle that comes with the executable as an example. It is read from its files and stands in no ledger.</summary>
internal static class BundledCyclePage
{
    public const string Path = "/examples/cycles/{id}";

    public static string Of(string id) => $"/examples/cycles/{Uri.EscapeDataString(id)}";

    public static Task Show(Visit visit)
    {
        if (
            visit.Http.Request.RouteValues["id"] is not string id
            || BundledCycles.Read(id).Cycle is not { } cycle
        )
        {
            return Reading.NotFound(visit);
        }

        PageTexts texts = visit.Texts;
        var page = new Markup(texts);
        page.Raw($"<h1><bdi dir=\"auto\">{texts.Html(new Free(cycle.Title))}</bdi></h1>\n")
            .Raw($"<p class=\"banner\">{texts.Html("consulting.example")}</p>\n");
        CommonPositionView.Words(page, cycle.Purpose);
        CycleView.Timeline(page, Milestone.Ordered(cycle.Milestones));
        page.Head("work-areas", texts.Html("kinds.work-areas"));
        foreach (BundledWorkArea area in cycle.WorkAreas)
        {
            page.Raw(
                $"<h3><bdi dir=\"auto\">{texts.Html(new Free(area.Title))}</bdi> <span class=\"quiet\">{Labels.Value(texts, typeof(Vocabulary.Workstream), Members.Kebab(area.Stream.ToString()))}</span></h3>\n"
            );
            CommonPositionView.Words(page, area.ConceptNote);
        }

        page.Head("proposal", texts.Html("field.proposal"));
        CommonPositionView.Words(page, cycle.Proposal);
        page.Head("sources", texts.Html("field.sources"))
            .Items(cycle.Sources.Select(source => texts.Html(new Free(source))));
        return visit.Show(
            Layout.Page(
                texts,
                Of(cycle.Id),
                texts.Plain("consulting.example.title"),
                page.ToString()
            )
        );
    }
}
