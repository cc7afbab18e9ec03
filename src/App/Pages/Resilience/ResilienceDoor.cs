using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Subjects;
using Breakwater.Preparedness.Resilience.Loading;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages.Resilience;

/// <summary>Pages on how well countries are prepared, and on who covers what.</summary>
internal static class ResilienceDoor
{
    private static readonly string[] _reading = [HttpMethods.Get, HttpMethods.Head];

    public static SubjectKind Kind => Catalogue.Known.Of(IndicatorFile.Kind)!;

    public static CommandKind Take => Kind.Commands.First(command => command.IsStart);

    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<ValuesForm>();
        services.AddSingleton<IndexPage>();
        services.AddSingleton<CountryPage>();
        services.AddSingleton<MatrixPage>();
    }

    public static void Map(WebApplication site)
    {
        IndexPage index = site.Services.GetRequiredService<IndexPage>();
        MatrixPage matrix = site.Services.GetRequiredService<MatrixPage>();
        Read(site, IndexPage.Path, index.Show);
        Read(site, IndexPage.CsvPath, index.Download);
        Read(site, CountryPage.Path, site.Services.GetRequiredService<CountryPage>().Show);
        Read(site, MatrixPage.Path, matrix.Show);
        Read(site, MatrixPage.CsvPath, matrix.Download);
        Read(site, MatrixPage.CellPath, matrix.ShowCell);
        ValuesForm values = site.Services.GetRequiredService<ValuesForm>();
        site.MapPost(IndexPage.Path, context => values.Send(Of(context)))
            .ExcludeFromDescription()
            .WithMetadata(new Described(null, null, "import") { Roles = Take.Roles });
    }

    /// <summary>On the board of files of values: where one is handed in, for those who may.</summary>
    public static void Beside(Markup page, SubjectKind kind, Caller caller)
    {
        if (kind.Kind == IndicatorFile.Kind && caller.WhyNot(kind, Take) is null)
        {
            page.Items([
                page.Link($"{IndexPage.Path}#hand-in", page.Texts.Html("index.import.title")),
            ]);
        }
    }

    /// <summary>As whom each kind is read; null for the public, whose pages are made once for all.</summary>
    public static Func<string, Reader>? ReaderOf(Caller caller) =>
        caller.SignedIn is null ? null : caller.ReaderOf;

    private static void Read(WebApplication site, string path, Func<Visit, Task> show) =>
        site.MapMethods(path, _reading, context => show(Of(context))).ExcludeFromDescription();

    private static Visit Of(HttpContext context) =>
        new(context, PageTexts.For(context.Request), FormCollection.Empty);
}
