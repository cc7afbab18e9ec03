using System.Text.Json;
using Breakwater.App.Api;
using Breakwater.App.Subjects;
using Breakwater.Disruptions;
using Breakwater.Plans;
using Breakwater.Records;

namespace Breakwater.App.Pages.Response;

/// <summary>The words for what subjects name by id, as far as this reader may know of it: nobody knows an id by heart.</summary>
internal sealed class Naming(IRecords records, Reading reading)
{
    /// <summary>Names that one page looks up; what is beyond them keeps its id.</summary>
    private const int NamesMax = 100;

    /// <summary>Adds to the names of the page those of everything that the states name and that has a page.</summary>
    public async Task Learn(Markup page, IEnumerable<Seen> found, Caller caller)
    {
        var view = new PublicView(records, now: reading.Now);
        foreach (
            string address in found
                .SelectMany(seen => Addresses(null, seen.State))
                .Distinct(StringComparer.Ordinal)
                .Where(address => !page.Names.ContainsKey(address) && !IsWordless(address))
                .Take(NamesMax - page.Names.Count)
                .ToArray()
        )
        {
            if (await Name(page, view, address, caller).ConfigureAwait(false) is { } name)
            {
                page.Names[address] = name;
            }
        }
    }

    private static bool IsWordless(string address) =>
        address.StartsWith("/explain/", StringComparison.Ordinal)
        || address.StartsWith("/reports/", StringComparison.Ordinal);

    private async Task<string?> Name(Markup page, PublicView view, string address, Caller caller)
    {
        int slash = address.LastIndexOf('/');
        string path = address[..slash];
        string id = Uri.UnescapeDataString(address[(slash + 1)..]);
        return path switch
        {
            "/disruptions" => await view.Find<Disruption>("disruption", id).ConfigureAwait(false)
                is { Body: { } disruption }
                ? page.Texts.Html(DisruptionWords.Name(disruption))
                : null,
            "/plans" => await view.Find<Plan>("plan", id).ConfigureAwait(false)
                is { Body: { } plan }
                ? page.Texts.Html(PlanPage.Title(plan))
                : null,
            _ => Catalogue.Known.Kinds.FirstOrDefault(kind => Response.Addresses.Of(kind) == path)
                is { } kind
            && await reading.One(kind.Subject(id), caller).ConfigureAwait(false) is { } seen
                ? Titles.Words(page, seen)
                : null,
        };
    }

    private static IEnumerable<string> Addresses(string? member, JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => value
                .EnumerateObject()
                .SelectMany(inner =>
                    Addresses(char.ToUpperInvariant(inner.Name[0]) + inner.Name[1..], inner.Value)
                ),
            JsonValueKind.Array => value
                .EnumerateArray()
                .SelectMany(item => Addresses(member, item)),
            JsonValueKind.String when member is not null => Values.AddressOf(
                member,
                value.GetString()!
            )
                is { } address
                ? [address]
                : [],
            _ => [],
        };
}
