using Breakwater.App.Accounts.Pages;
using Breakwater.App.Law;

namespace Breakwater.App.Pages.Law;

/// <summary>Pages on what norms say of a fact sheet. The pages of the law itself are the same for everybody and stand with those of the site.</summary>
internal static class NormsDoor
{
    private static readonly string[] _reading = [HttpMethods.Get, HttpMethods.Head];

    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<InterviewPage>();
        services.AddSingleton<FindingsPage>();
        services.AddSingleton<FindingPage>();
        services.AddSingleton<BriefDoor>();
    }

    public static void Map(WebApplication site)
    {
        Read(site, InterviewPage.Path, site.Services.GetRequiredService<InterviewPage>().Show);
        Read(site, FindingsPage.Path, site.Services.GetRequiredService<FindingsPage>().Show);
        Read(site, FindingPage.Path, site.Services.GetRequiredService<FindingPage>().Show);
        Read(site, BriefDoor.Path, site.Services.GetRequiredService<BriefDoor>().Show);
        _ = Task.Run(SheetAssessed.Prepare);
    }

    private static void Read(WebApplication site, string path, Func<Visit, Task> show) =>
        site.MapMethods(
                path,
                _reading,
                context =>
                    show(new Visit(context, PageTexts.For(context.Request), FormCollection.Empty))
            )
            .ExcludeFromDescription();
}
