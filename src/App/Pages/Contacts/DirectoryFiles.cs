using System.Text;
using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Contacts;
using Breakwater.Preparedness.Contacts;
using Breakwater.Preparedness.Contacts.Files;
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
        (IReadOnlyList<Contact> contacts, _) = await ContactsOnRecord
            .Of(records, caller.ReaderOf(ContactsOnRecord.Kind), clock.GetCurrentInstant())
            .ConfigureAwait(false);
        Filter filter = Filter.Of(visit);
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
