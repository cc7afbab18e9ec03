using Breakwater.App.Accounts.Sessions;
using Breakwater.App.Pages;
using Microsoft.AspNetCore.Antiforgery;

namespace Breakwater.App.Accounts.Pages;

/// <summary>One request to the account pages.</summary>
/// <param name="Fields">What a form sent; empty for a page that is read.</param>
internal sealed record Visit(HttpContext Http, PageTexts Texts, IFormCollection Fields)
{
    public Guid? Account => Session.AccountOf(Http);

    public string Person => SignedIn.Of(Http)?.Person ?? "";

    public CancellationToken Cancel => Http.RequestAborted;

    /// <summary>Where to go after the sign-in: an address of this site, never another's.</summary>
    public string Back
    {
        get
        {
            string back = Fields["back"].ToString() is { Length: > 0 } sent
                ? sent
                : Http.Request.Query["back"].ToString();
            return
                back.Length is > 1 and <= 2_048
                && back[0] == '/'
                && back[1] is not ('/' or '\\')
                && !back.Any(char.IsControl)
                ? back
                : "/account";
        }
    }

    public T Get<T>()
        where T : notnull => Http.RequestServices.GetRequiredService<T>();

    /// <summary>A field without blanks around it.</summary>
    public string Field(string name) => Fields[name].ToString().Trim();

    /// <summary>A secret, as it was typed.</summary>
    public string Secret(string name) => Fields[name].ToString();

    /// <summary>What a form of this visitor must send back.</summary>
    public string Proof() => Get<IAntiforgery>().GetAndStoreTokens(Http).RequestToken!;

    public string Address(string path) =>
        $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}lang={Texts.Language}";

    public Task Show(string html, int status = StatusCodes.Status200OK)
    {
        // Pages of one person: no cache of a browser or of anybody between keeps them.
        Http.Response.Headers.CacheControl = "no-store";
        return Answer.Page(Http, status, html);
    }

    /// <summary>On to a page by reading it, so that a reload sends nothing twice.</summary>
    public Task Go(string path)
    {
        Http.Response.Headers.CacheControl = "no-store";
        Http.Response.StatusCode = StatusCodes.Status303SeeOther;
        Http.Response.Headers.Location = Address(path);
        return Task.CompletedTask;
    }

    public Task Go(string path, NotDone why) =>
        Go($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}why={why}");

    /// <summary>What the page before could not do; null for nothing.</summary>
    public NotDone? Why() =>
        Enum.TryParse(Http.Request.Query["why"].ToString(), out NotDone why) && Enum.IsDefined(why)
            ? why
            : null;
}
