using Breakwater.App.Accounts.Pages;
using Breakwater.App.Subjects;

namespace Breakwater.App.Pages.Agreements;

/// <summary>Pages on agreements and country plans beside those that follow from the catalogue.</summary>
internal static class AgreementsDoor
{
    private static readonly string[] _reading = [HttpMethods.Get, HttpMethods.Head];

    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<AgreementGapsPage>();
        services.AddSingleton<PlanChangesPage>();
    }

    public static void Map(WebApplication site)
    {
        Read(
            site,
            AgreementGapsPage.Path,
            site.Services.GetRequiredService<AgreementGapsPage>().Show
        );
        Read(site, PlanChangesPage.Path, site.Services.GetRequiredService<PlanChangesPage>().Show);
        Read(site, ChecklistPage.Path, ChecklistPage.Show);
    }

    /// <summary>What a board of the kind leads to.</summary>
    public static IEnumerable<string> Links(Markup page, SubjectKind kind) =>
        kind.Kind switch
        {
            "agreement" => [page.Link(AgreementGapsPage.Path, page.Texts.Html("agreement.gaps"))],
            "country-plan" =>
            [
                page.Link(ChecklistPage.Path, page.Texts.Html("checklist.title")),
                page.Link(AgreementGapsPage.Path, page.Texts.Html("agreement.gaps")),
            ],
            _ => [],
        };

    private static void Read(WebApplication site, string path, Func<Visit, Task> show) =>
        site.MapMethods(
                path,
                _reading,
                context =>
                    show(new Visit(context, PageTexts.For(context.Request), FormCollection.Empty))
            )
            .ExcludeFromDescription();
}
