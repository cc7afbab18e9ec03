using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Subjects;
using Breakwater.Signals.Initiatives;

namespace Breakwater.App.Pages.Lists;

/// <summary>The page on which a list of another initiative is handed in, beside those that follow from the catalogue.</summary>
internal static class ListsDoor
{
    private static readonly string[] _reading = [HttpMethods.Get, HttpMethods.Head];

    public static SubjectKind Kind => Catalogue.Known.Of(ImportedList.Kind)!;

    public static CommandKind Import => Kind.Commands.First(command => command.IsStart);

    public static void Add(IServiceCollection services) => services.AddSingleton<ListImportPage>();

    public static void Map(WebApplication site)
    {
        ListImportPage page = site.Services.GetRequiredService<ListImportPage>();
        var described = new Described(null, null, "import") { Roles = Import.Roles };
        site.MapMethods(ListImportPage.Path, _reading, context => page.Show(Of(context)))
            .ExcludeFromDescription()
            .WithMetadata(described);
        site.MapPost(ListImportPage.Path, context => page.Send(Of(context)))
            .ExcludeFromDescription()
            .WithMetadata(described);
    }

    /// <summary>On the board of lists: where one is handed in, for those who may.</summary>
    public static void Beside(Markup page, SubjectKind kind, Caller caller)
    {
        if (kind.Kind == ImportedList.Kind && caller.WhyNot(kind, Import) is null)
        {
            page.Items([page.Link(ListImportPage.Path, page.Texts.Html("lists.import.title"))]);
        }
    }

    private static Visit Of(HttpContext context) =>
        new(context, PageTexts.For(context.Request), FormCollection.Empty);
}
