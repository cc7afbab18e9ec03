using Breakwater.App.Accounts.Pages;
using Breakwater.App.Pages.Response.Acts;
using Breakwater.App.Subjects;

namespace Breakwater.App.Pages.Response;

/// <summary>The pages of the response. Their addresses follow from the catalogue, so a kind without a page cannot exist.</summary>
internal static class ResponseDoor
{
    private static readonly string[] _reading = [HttpMethods.Get, HttpMethods.Head];

    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<Reading>();
        services.AddSingleton<Naming>();
        services.AddSingleton<SubjectPage>();
        services.AddSingleton<VersionPage>();
        services.AddSingleton<Board>();
        services.AddSingleton<ActDoor>();
        services.AddSingleton<ReportDoor>();
    }

    public static void Map(WebApplication site)
    {
        Board board = site.Services.GetRequiredService<Board>();
        SubjectPage one = site.Services.GetRequiredService<SubjectPage>();
        ActDoor acts = site.Services.GetRequiredService<ActDoor>();
        ReportDoor report = site.Services.GetRequiredService<ReportDoor>();
        Read(site, ReportDoor.Path, report.Show);
        site.MapPost(ReportDoor.Path, context => report.Send(Of(context))).ExcludeFromDescription();
        VersionPage version = site.Services.GetRequiredService<VersionPage>();
        Read(site, VersionPage.Path, version.Show);
        foreach (SubjectKind kind in site.Services.GetRequiredService<Catalogue>().Kinds)
        {
            Read(site, Addresses.Of(kind), visit => board.Show(visit, kind));
            Read(site, $"{Addresses.Of(kind)}/{{id}}", visit => one.Show(visit, kind));
            foreach (
                CommandKind command in kind.Commands.Where(command =>
                    command.Admission != Admission.Nobody
                )
            )
            {
                string path = command.IsStart
                    ? $"/act/{kind.Plural}/{command.Name}"
                    : $"/act/{kind.Plural}/{{id}}/{command.Name}";
                Read(site, path, visit => acts.Show(visit, kind, command));
                site.MapPost(path, context => acts.Send(Of(context), kind, command))
                    .ExcludeFromDescription();
            }
        }
    }

    private static void Read(WebApplication site, string path, Func<Visit, Task> show) =>
        site.MapMethods(path, _reading, context => show(Of(context))).ExcludeFromDescription();

    private static Visit Of(HttpContext context) =>
        new(context, PageTexts.For(context.Request), FormCollection.Empty);
}
