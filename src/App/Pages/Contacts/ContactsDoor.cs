using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Contacts;

namespace Breakwater.App.Pages.Contacts;

/// <summary>Pages of the directory, the page on which a ping is answered, and the sending of pings where there is a mail server.</summary>
internal static class ContactsDoor
{
    private static readonly string[] _reading = [HttpMethods.Get, HttpMethods.Head];

    /// <param name="isTimePassing">False when a test drives time.</param>
    /// <param name="mail">Null for a node that sends nothing.</param>
    public static void Add(IServiceCollection services, bool isTimePassing, MailSettings? mail)
    {
        services.AddSingleton<DirectoryPage>();
        services.AddSingleton<ReadinessPage>();
        services.AddSingleton<AnswerPage>();
        services.AddSingleton<DirectoryFiles>();
        services.AddSingleton<ContactsImportPage>();
        if (mail is null)
        {
            return;
        }

        services.AddSingleton(mail);
        services.AddSingleton<PingSending>();
        if (isTimePassing)
        {
            services.AddHostedService<PingsGoing>();
        }
    }

    public static void Map(WebApplication site)
    {
        AnswerPage answer = site.Services.GetRequiredService<AnswerPage>();
        DirectoryFiles files = site.Services.GetRequiredService<DirectoryFiles>();
        Read(site, DirectoryPage.Path, site.Services.GetRequiredService<DirectoryPage>().Show);
        Read(site, ReadinessPage.Path, site.Services.GetRequiredService<ReadinessPage>().Show);
        ContactsImportPage import = site.Services.GetRequiredService<ContactsImportPage>();
        var described = new Described(null, null, "import") { Roles = ContactsImportPage.Roles };
        Read(site, ContactsImportPage.Path, import.Show).WithMetadata(described);
        Send(site, ContactsImportPage.Path, import.Send).WithMetadata(described);
        Read(site, DirectoryFiles.CsvPath, files.Csv);
        Read(site, DirectoryFiles.VCardPath, files.VCard);
        Read(site, PingMessage.AnswerPath, AnswerPage.Ask);
        Read(site, PingMessage.AnswerPath + "/{id}", answer.Show);
        Send(site, PingMessage.AnswerPath, answer.Code);
        Send(site, PingMessage.AnswerPath + "/{id}", answer.Link);
    }

    private static IEndpointConventionBuilder Read(
        WebApplication site,
        string path,
        Func<Visit, Task> show
    ) => site.MapMethods(path, _reading, context => show(Of(context))).ExcludeFromDescription();

    private static IEndpointConventionBuilder Send(
        WebApplication site,
        string path,
        Func<Visit, Task> take
    ) => site.MapPost(path, context => take(Of(context))).ExcludeFromDescription();

    private static Visit Of(HttpContext context) =>
        new(context, PageTexts.For(context.Request), FormCollection.Empty);
}
