using System.Text;
using Breakwater.App.Accounts.Pages;
using Breakwater.App.Accounts.Store;
using Breakwater.App.Pages;
using Breakwater.Publications;
using Microsoft.AspNetCore.Identity;

namespace Breakwater.App.Accounts.Passkeys;

/// <summary>
/// The forms that a passkey answers. They stay hidden until the script of this site shows them, because only a script can ask
/// a device for a passkey.
/// </summary>
internal static class PasskeyForm
{
    public const string ScriptPath = "/passkeys.js";
    public const int LabelMax = 60;

    private static readonly byte[] _script = Read();

    public static Task Script(HttpContext context) =>
        Answer.Send(context, StatusCodes.Status200OK, "text/javascript; charset=utf-8", _script);

    /// <summary>
    /// Whether the page on which a device was asked is one of this site. The header that usually says so is missing, because
    /// these pages send no referrer; the device signs the origin, and that must be where the answer came to.
    /// </summary>
    public static bool IsFrom(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out Uri? asked)
        // TLS may end in front of this server.
        && (asked.Scheme == Uri.UriSchemeHttps || asked.Scheme == request.Scheme)
        && Uri.TryCreate($"{asked.Scheme}://{request.Host}", UriKind.Absolute, out Uri? here)
        && asked.Authority == here.Authority;

    /// <summary>The form by which somebody with a passkey signs in; the challenge goes with the page.</summary>
    public static async Task<Markup> PasskeySignIn(this Markup page, Visit visit)
    {
        string options = await visit
            .Get<SignInManager<Account>>()
            .MakePasskeyRequestOptionsAsync(null)
            .ConfigureAwait(false);
        return page.Open(visit, "/account/passkeys/sign-in", options, "use")
            .Hidden("back", visit.Back)
            .Shut(visit, "account.passkey.use");
    }

    /// <summary>The form by which the account gets one more passkey.</summary>
    public static async Task<Markup> PasskeyMade(this Markup page, Visit visit)
    {
        string options = await visit
            .Get<SignInManager<Account>>()
            .MakePasskeyCreationOptionsAsync(
                new PasskeyUserEntity
                {
                    Id = visit.Account!.Value.ToString(),
                    Name = visit.Person,
                    DisplayName = visit.Person,
                }
            )
            .ConfigureAwait(false);
        return page.Open(visit, "/account/passkeys/add", options, "make")
            .Field(
                "passkey-label",
                $"type=\"text\" required maxlength=\"{LabelMax}\" autocomplete=\"off\""
            )
            .Shut(visit, "account.passkey.make");
    }

    /// <summary>Lets the script of this site through on this answer, and no other.</summary>
    public static Task ShowWithScript(this Visit visit, string html, int status)
    {
        visit.Http.Response.Headers.ContentSecurityPolicy = Answer.Policy() + "; script-src 'self'";
        return visit.Show(html, status);
    }

    private static Markup Open(
        this Markup page,
        Visit visit,
        string action,
        string options,
        string does
    ) =>
        page.Raw(
                $"<form class=\"stack\" method=\"post\" action=\"{Spoken.Html(visit.Address(action))}\" data-does=\"{does}\" data-passkey=\"{Spoken.Html(options)}\" hidden>\n"
            )
            .Hidden(Form.Proof, visit.Proof())
            .Hidden("credential", "");

    private static Markup Shut(this Markup page, Visit visit, string button) =>
        page.Raw(
                $"<p data-trouble role=\"alert\" class=\"caution\" hidden>{visit.Texts.Html("account.why.passkey-refused")}</p>\n"
            )
            .Close(button)
            .Raw($"<script src=\"{ScriptPath}\" defer></script>\n");

    private static byte[] Read()
    {
        using Stream stream = typeof(PasskeyForm).Assembly.GetManifestResourceStream(
            "pages.passkeys.js"
        )!;
        using var reader = new StreamReader(stream);
        return Encoding.UTF8.GetBytes(reader.ReadToEnd());
    }
}
