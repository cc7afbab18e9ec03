using Breakwater.App.Accounts.Pages;
using Breakwater.App.Pages.Response;
using Breakwater.Preparedness.Contacts;
using Breakwater.Publications;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages.Contacts;

/// <summary>What of the directory somebody asks for. What is no value asks for something that nobody has, rather than for all.</summary>
internal sealed record Filter(CallFor Wanted, ContactState? State)
{
    private const int LettersMax = 200;

    private static readonly string[] _texts = ["country", "asn", "tld", "exchange", "language"];

    public bool IsNone => Wanted == new CallFor() && State is null;

    public static Filter Of(Visit visit)
    {
        string? At(string name) =>
            visit.Http.Request.Query[name].ToString().Trim()
                is { Length: > 0 and <= LettersMax } text
                ? text
                : null;
        return new Filter(
            new CallFor(
                At("country") is { } country
                    ? Countries.OfName(country)?.Country ?? country.ToUpperInvariant()
                    : null,
                At("asn") is { } number && Asn.TryParse(number, out Asn asn)
                    ? asn.ToString()
                    : At("asn"),
                At("tld")?.TrimStart('.').ToLowerInvariant(),
                At("exchange"),
                At("language")?.ToLowerInvariant(),
                Word<StakeholderClass>(At("class"))
            ),
            Word<ContactState>(At("state"))
        );
    }

    public bool Holds(Contact contact) =>
        Wanted.IsFor(contact.Entry)
        && (State is { } state ? contact.State == state : contact.State != ContactState.Retired);

    /// <summary>The form that asks, with what was asked.</summary>
    public void Write(Markup page, Visit visit)
    {
        PageTexts texts = page.Texts;
        page.Raw(
            $"<form class=\"filter\" method=\"get\" action=\"{DirectoryPage.Path}\" role=\"search\">\n<input type=\"hidden\" name=\"lang\" value=\"{texts.Language}\">\n"
        );
        foreach (string name in _texts)
        {
            page.Raw(
                $"<div class=\"field\"><label for=\"{name}\">{texts.Html($"contacts.filter.{name}")}</label>\n<input id=\"{name}\" name=\"{name}\" type=\"text\" dir=\"auto\" maxlength=\"{LettersMax}\" value=\"{Spoken.Html(visit.Http.Request.Query[name].ToString())}\"></div>\n"
            );
        }

        Choice<StakeholderClass>(page, visit, "class", Wanted.Class);
        Choice<ContactState>(page, visit, "state", State);
        page.Raw(
            $"<p><button type=\"submit\">{texts.Html("contacts.filter.go")}</button></p>\n</form>\n"
        );
    }

    /// <summary>The address of the same, elsewhere.</summary>
    public static string Again(Visit visit, string path)
    {
        string query = string.Join(
            '&',
            _texts
                .Concat(["class", "state"])
                .Where(name => visit.Http.Request.Query[name].ToString().Length > 0)
                .Select(name =>
                    $"{name}={Uri.EscapeDataString(visit.Http.Request.Query[name].ToString())}"
                )
        );
        return query.Length == 0 ? path : $"{path}?{query}";
    }

    private static void Choice<T>(Markup page, Visit visit, string name, T? given)
        where T : struct, Enum
    {
        PageTexts texts = page.Texts;
        page.Choice(
            name,
            $"contacts.filter.{name}",
            given is { } word ? Checks.Word(word) : null,
            Enum.GetValues<T>()
                .Select(value => Checks.Word(value))
                .Select(value =>
                    (value, Response.Acts.ActPage.Plain(Labels.Value(texts, typeof(T), value)))
                )
                .Prepend(("", texts.Plain("contacts.filter.any")))
        );
    }

    private static T? Word<T>(string? text)
        where T : struct, Enum =>
        text is null
            ? null
            : Enum.GetValues<T>()
                .Where(value => Checks.Word(value) == text)
                .Select(value => (T?)value)
                .FirstOrDefault();
}
