using Breakwater.App.Accounts.Pages;
using Breakwater.App.Subjects;
using Breakwater.Feeds.Cycles;
using Breakwater.Preparedness.Consultations;
using Breakwater.Publications;

namespace Breakwater.App.Pages.Consulting;

/// <summary>Pages of consultations beside those that every kind has.</summary>
internal static class ConsultingDoor
{
    private static readonly string[] _reading = [HttpMethods.Get, HttpMethods.Head];

    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<InputDoor>();
        services.AddSingleton<InputsPage>();
        services.AddSingleton<TopicsPage>();
        services.AddSingleton<FollowPage>();
        services.AddSingleton<ReportPage>();
        services.AddSingleton<ConsultationVersionPage>();
        services.AddSingleton<CalendarDoor>();
    }

    public static void Map(WebApplication site)
    {
        InputDoor input = site.Services.GetRequiredService<InputDoor>();
        FollowPage follow = site.Services.GetRequiredService<FollowPage>();
        ReportPage report = site.Services.GetRequiredService<ReportPage>();
        Read(site, InputDoor.Path, input.Show);
        Send(site, InputDoor.Path, input.Send);
        Read(site, FollowPage.Path, follow.Show);
        Send(site, FollowPage.Path, follow.Send);
        Read(site, InputsPage.Path, site.Services.GetRequiredService<InputsPage>().Show);
        Read(site, TopicsPage.Path, site.Services.GetRequiredService<TopicsPage>().Show);
        Read(site, ReportPage.Path, report.Show);
        Read(site, ReportPage.Path + ".md", report.ShowMarkdown);
        Read(site, ReportPage.Path + ".json", report.ShowJson);
        Read(
            site,
            ConsultationVersionPage.Path,
            site.Services.GetRequiredService<ConsultationVersionPage>().Show
        );
        Read(site, CalendarDoor.Path, site.Services.GetRequiredService<CalendarDoor>().Show);
        Read(site, BundledCyclePage.Path, BundledCyclePage.Show);
    }

    /// <summary>What stands beside the list of a kind.</summary>
    public static void Beside(Markup page, SubjectKind kind)
    {
        if (kind.Kind == "cycle")
        {
            page.Items(
                BundledCycles
                    .List()
                    .Select(id =>
                        $"{page.Texts.Html("consulting.examples")}: {page.Link(BundledCyclePage.Of(id), page.Texts.Html(new Code(id)))}"
                    )
            );
        }
        else if (kind.Kind == Consultation.Kind)
        {
            page.Items([page.Link(FollowPage.Path, page.Texts.Html("consulting.follow"))]);
        }
    }

    private static void Read(WebApplication site, string path, Func<Visit, Task> show) =>
        site.MapMethods(path, _reading, context => show(Of(context))).ExcludeFromDescription();

    private static void Send(WebApplication site, string path, Func<Visit, Task> send) =>
        site.MapPost(path, context => send(Of(context))).ExcludeFromDescription();

    private static Visit Of(HttpContext context) =>
        new(context, PageTexts.For(context.Request), FormCollection.Empty);
}
