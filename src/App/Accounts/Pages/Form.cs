using System.Text.Json;
using Breakwater.App.Pages;
using Breakwater.Publications;

namespace Breakwater.App.Accounts.Pages;

/// <summary>The forms of the account pages. Every field says what becomes of its value before one types it.</summary>
internal static class Form
{
    /// <summary>The field by which a form shows that this site made it. No command has one of that name, and many have a proof.</summary>
    public const string Proof = "page-proof";

    /// <summary>The field that says which version of a subject the person saw.</summary>
    public const string SeenVersion = "page-version";

    public static Markup Open(this Markup page, Visit visit, string action) =>
        page.Raw(
                $"<form class=\"stack\" method=\"post\" action=\"{Spoken.Html(visit.Address(action))}\">\n"
            )
            .Hidden(Proof, visit.Proof());

    /// <param name="label">The sentence beside it.</param>
    /// <param name="chosen">The value that stands when the page opens; null or unknown for the first.</param>
    /// <param name="options">Values with what is shown of them, as plain text: an option holds nothing else.</param>
    public static Markup Choice(
        this Markup page,
        string name,
        string label,
        string? chosen,
        IEnumerable<(string Value, string Shown)> options
    )
    {
        page.Raw(
            $"<div class=\"field\"><label for=\"{name}\">{page.Texts.Html(label)}</label>\n<select id=\"{name}\" name=\"{name}\">\n"
        );
        foreach ((string value, string shown) in options)
        {
            page.Raw(
                $"<option value=\"{value}\"{(value == chosen ? " selected" : "")}>{Spoken.Html(shown)}</option>\n"
            );
        }

        return page.Raw("</select></div>\n");
    }

    public static Markup Hidden(this Markup page, string name, string value) =>
        page.Raw($"<input type=\"hidden\" name=\"{name}\" value=\"{Spoken.Html(value)}\">\n");

    /// <param name="name">Of the field; its label and what is kept of it are the sentences <c>account.field.NAME</c> and <c>.kept</c>.</param>
    /// <param name="kept">The end of the key, where one field stands for two things.</param>
    /// <param name="attributes">Of the input, written out.</param>
    public static Markup Field(
        this Markup page,
        string name,
        string attributes,
        string? value = null,
        string kept = "kept"
    ) =>
        page.Raw(
            $"""
            <div class="field"><label for="{name}">{page.Texts.Html(
                $"account.field.{name}"
            )}</label>
            <p class="hint" id="{name}-kept">{page.Texts.Html($"account.field.{name}.{kept}")}</p>
            <input id="{name}" name="{name}" aria-describedby="{name}-kept" {attributes}{(
                value is null or "" ? "" : $" value=\"{Spoken.Html(value)}\""
            )}></div>

            """
        );

    /// <param name="isKnown">Of an account that there is, rather than of one to be made.</param>
    public static Markup Pseudonym(this Markup page, string? value, bool isKnown) =>
        page.Field(
            "name",
            $"type=\"text\" dir=\"ltr\" required minlength=\"{AccountName.LengthMin}\" maxlength=\"{AccountName.LengthMax}\" pattern=\"[A-Za-z0-9\\-]+\" autocomplete=\"username\" autocapitalize=\"none\" spellcheck=\"false\"",
            value,
            isKnown ? "known" : "kept"
        );

    /// <param name="name"><c>password</c> for the one that is, <c>new-password</c> for one that shall be.</param>
    public static Markup Password(this Markup page, string name) =>
        page.Field(
            name,
            name == "password"
                ? $"type=\"password\" dir=\"ltr\" required maxlength=\"{Passwords.LengthMax}\" autocomplete=\"current-password\""
                : $"type=\"password\" dir=\"ltr\" required minlength=\"{Passwords.LengthMin}\" maxlength=\"{Passwords.LengthMax}\" autocomplete=\"new-password\""
        );

    public static Markup Close(this Markup page, string button, string? look = null) =>
        page.Raw(
            $"<p><button type=\"submit\"{(look is null ? "" : $" class=\"{look}\"")}>{page.Texts.Html(button)}</button></p>\n</form>\n"
        );

    /// <summary>A form of one button, for a row of a table.</summary>
    public static string Button(
        Visit visit,
        string action,
        string key,
        params (string Name, string Value)[] hidden
    )
    {
        var form = new Markup(visit.Texts);
        form.Raw(
                $"<form class=\"one\" method=\"post\" action=\"{Spoken.Html(visit.Address(action))}\">"
            )
            .Hidden(Proof, visit.Proof());
        foreach ((string name, string value) in hidden)
        {
            form.Hidden(name, value);
        }

        return form.Raw(
                $"<button type=\"submit\" class=\"plainly\">{visit.Texts.Html(key)}</button></form>"
            )
            .ToString();
    }

    /// <summary>Why nothing was done, at the top of the page and told to those who do not see it.</summary>
    public static Markup Why(this Markup page, NotDone? why) =>
        why is { } reason
            ? page.Raw(
                $"<p class=\"caution\" role=\"alert\">{page.Texts.Html($"account.why.{JsonNamingPolicy.KebabCaseLower.ConvertName(reason.ToString())}")}</p>\n"
            )
            : page;

    /// <summary>Something to be written down or copied, which is not shown again.</summary>
    public static Markup Once(this Markup page, IEnumerable<string> secrets) =>
        page.Raw(
            $"<pre class=\"once\" dir=\"ltr\" tabindex=\"0\">{Spoken.Html(string.Join('\n', secrets))}</pre>\n"
        );

    public static string Whole(Markup page, string path, string titleKey) =>
        Layout.Page(page.Texts, path, page.Texts.Plain(titleKey), page.ToString());

    public static Markup Title(this Markup page, string key) =>
        page.Raw($"<h1>{page.Texts.Html(key)}</h1>\n");
}
