using System.Text;
using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Contacts;
using Breakwater.Preparedness.Contacts;
using Breakwater.Preparedness.Contacts.Files;
using Breakwater.Publications;
using Breakwater.Records;
using NodaTime;

namespace Breakwater.App.Pages.Contacts;

/// <summary>The directory as files to take along, with what its reader may see and nothing else.</summary>
internal sealed class DirectoryFiles(IRecords records, Callers callers, IClock clock)
{
    public const string CsvPath = "/contacts.csv";
    public const string VCardPath = "/contacts.vcf";

    public Task Csv(Visit visit) => Send(visit, "text/csv; charset=utf-8", ContactCsv.Write);

    public Task VCard(Visit visit) => Send(visit, "text/vcard; charset=utf-8", ContactVCard.Write);

    private async Task Send(Visit visit, string type, Func<IEnumerable<Contact>, string> write)
    {
        Caller caller = await callers.Of(visit.Http).ConfigureAwait(false);
        (IReadOnlyList<Contact> contacts, bool isWhole) = await ContactsOnRecord
            .Of(
                records,
                caller.ReaderOf(ContactsOnRecord.Kind),
                clock.GetCurrentInstant(),
                ContactsOnRecord.PageMost
            )
            .ConfigureAwait(false);
        if (!isWhole)
        {
            // A file says nothing of what it leaves out.
            Markup page = new Markup(visit.Texts).Title("contacts.title");
            page.Say(
                page.Texts.Html("contacts.too-many", ("n", new Count(ContactsOnRecord.PageMost))),
                "caution"
            );
            await visit
                .Show(
                    Layout.Page(
                        page.Texts,
                        DirectoryPage.Path,
                        page.Texts.Plain("contacts.title"),
                        page.ToString()
                    ),
                    StatusCodes.Status413PayloadTooLarge
                )
                .ConfigureAwait(false);
            return;
        }

        var filter = Filter.Of(visit);
        Representation.ForOneReader(visit.Http.Response);
        visit.Http.Response.Headers.ContentDisposition = "attachment";
        await Answer
            .Send(
                visit.Http,
                StatusCodes.Status200OK,
                type,
                Encoding.UTF8.GetBytes(write(contacts.Where(filter.Holds)))
            )
            .ConfigureAwait(false);
    }
}
