using System.Net;
using Breakwater.App.Pages;
using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>A list of contact points as a file on a page: what is taken, what is refused and why, and who may.</summary>
public sealed class ContactsImportTests : IAsyncLifetime
{
    private const string Path = "/contacts/import";

    private const string Csv = """
        name,class,role,countries,email,marking,reach_marking
        Example Carrier,private-sector,noc,UA,noc@carrier.example,public/clear,community/green
        Example Relay,no-such-class,watch,SD,watch@relay.example,community/green,
        Example Desk,civil-society,desk,SD,,,

        """;

    private const string VCard = """
        BEGIN:VCARD
        VERSION:4.0
        FN:Example Exchange
        ORG:Example Exchange
        ROLE:noc
        EMAIL:noc@exchange.example
        END:VCARD

        """;

    private ApiSite _site = null!;
    private Visitor _registrar = null!;

    public static TheoryData<string> Languages => [.. PageTexts.Languages];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _site = await ApiSite.Start();
        _registrar = new Visitor(_site.Address);
        using HttpResponseMessage made = await _registrar.Register(
            ApiSite.PersonOf(Role.Registrar, "relief")
        );
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        _registrar.Dispose();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task A_table_is_taken_in_and_each_line_that_was_refused_stands_there_with_its_reason()
    {
        (HttpStatusCode status, string page) = await Send("list.csv", Csv, ("do", "take"));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("line 3", page, StringComparison.Ordinal);
        Assert.Contains("no-such-class", page, StringComparison.Ordinal);
        Assert.Contains("line 4", page, StringComparison.Ordinal);
        Assert.DoesNotContain("line 2<", page, StringComparison.Ordinal);
        Assert.Contains(
            "Example Carrier",
            await _registrar.Read("/contacts?lang=en"),
            StringComparison.Ordinal
        );
        (_, string again) = await Send("list.csv", Csv, ("do", "take"));
        Assert.Matches("The same as before</dt><dd>[^0-9]*1", again);
        Assert.Matches("Added</dt><dd>[^0-9]*0", again);
    }

    [Fact]
    public async Task Looking_takes_nothing_in()
    {
        (_, string page) = await Send("list.csv", Csv, ("do", "look"));
        Assert.Contains("Nothing was taken in", page, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "Example Carrier",
            await _registrar.Read("/contacts?lang=en"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_vCard_that_says_no_class_takes_the_one_that_the_form_says()
    {
        (_, string without) = await Send("list.vcf", VCard, ("do", "take"));
        Assert.Matches("Added</dt><dd>[^0-9]*0", without);
        (_, string with) = await Send(
            "list.vcf",
            VCard,
            ("do", "take"),
            ("class", "technical-community")
        );
        Assert.Matches("Added</dt><dd>[^0-9]*1", with);
    }

    [Fact]
    public async Task Who_keeps_no_contact_points_imports_none_and_no_octet_of_the_file_is_read()
    {
        using var other = new Visitor(_site.Address);
        using HttpResponseMessage made = await other.Register("somebody-else");
        using HttpResponseMessage answer = await Upload.Send(
            other,
            Path,
            "list.csv",
            Csv,
            [.. ResponsePagesSite.Hidden(await _registrar.Read($"{Path}?lang=en")), ("do", "take")]
        );
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await _site.Stranger.GetAsync(new Uri(Path, UriKind.Relative), Cancel)).StatusCode
        );
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_before_it_is_read()
    {
        (HttpStatusCode status, _) = await Send(
            "list.csv",
            new string('a', 3 << 20),
            ("do", "take")
        );
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
    }

    [Fact]
    public async Task A_form_without_a_file_and_a_file_that_is_no_list_are_told_so()
    {
        (HttpStatusCode status, _) = await Send("list.csv", "", ("do", "take"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        (_, string page) = await Send("list.csv", "\u0001\u0002", ("do", "take"));
        Assert.Contains("line 1", page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task The_page_speaks_every_language_and_needs_no_script(string language)
    {
        string page = await _registrar.Read($"{Path}?lang={language}");
        Assert.Contains(
            PageTexts.For(language).Html("contacts.import.what"),
            page,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Contains("enctype=\"multipart/form-data\"", page, StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Status, string Html)> Send(
        string name,
        string text,
        params (string Name, string Value)[] fields
    )
    {
        string form = await _registrar.Read($"{Path}?lang=en");
        using HttpResponseMessage answer = await Upload.Send(
            _registrar,
            Path,
            name,
            text,
            [.. ResponsePagesSite.Hidden(form), .. fields]
        );
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }
}
