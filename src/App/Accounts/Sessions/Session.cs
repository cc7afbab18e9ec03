using System.Globalization;
using System.Security.Claims;
using Breakwater.App.Accounts.Store;
using Breakwater.Ledger;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Breakwater.App.Accounts.Sessions;

/// <summary>
/// A person's stay on the pages: a cookie that no script reads and no other site sends, which ends half an hour after the last
/// request, twelve hours after the sign-in, or when the account's stamp changes.
/// </summary>
internal static class Session
{
    public const string Scheme = "session";

    /// <summary>What changes how one signs in wants a sign-in no older than this.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    private const string Account = "account";
    private const string Stamp = "stamp";
    private const string Since = "since";

    public static void Set(CookieAuthenticationOptions cookie, Verifier node)
    {
        cookie.Cookie.Name = CookieName.Of("session", node);
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Strict;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.Cookie.IsEssential = true;
        cookie.ExpireTimeSpan = Idle;
        cookie.SlidingExpiration = true;
        cookie.Events.OnValidatePrincipal = Check;
        // Who is not signed in gets a status from the door; pages lead to the sign-in themselves.
        cookie.Events.OnRedirectToLogin = context =>
            Answer(context, StatusCodes.Status401Unauthorized);
        cookie.Events.OnRedirectToAccessDenied = context =>
            Answer(context, StatusCodes.Status403Forbidden);
    }

    public static Task Start(HttpContext context, Account account)
    {
        DateTimeOffset now = Clock(context).GetUtcNow();
        var identity = new ClaimsIdentity(
            [
                new Claim(Account, account.Id.ToString("N")),
                new Claim(Stamp, account.SecurityStamp!),
                new Claim(Since, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            ],
            Scheme
        );
        return context.SignInAsync(
            Scheme,
            new ClaimsPrincipal(identity),
            new AuthenticationProperties { IsPersistent = false }
        );
    }

    public static Task End(HttpContext context) => context.SignOutAsync(Scheme);

    /// <summary>The account of the person who is signed in on the pages; null for tokens and for nobody.</summary>
    public static Guid? AccountOf(HttpContext context) =>
        context.User.Identity is KnownIdentity { AuthenticationType: Scheme } known
            ? known.Account
            : null;

    public static bool IsFresh(HttpContext context) =>
        AccountOf(context) is not null
        && Read(context.User) is { } read
        && Clock(context).GetUtcNow() - read.Since < Fresh;

    /// <summary>Whether the stay that a request began with goes on: for requests that last.</summary>
    public static async ValueTask<bool> Holds(HttpContext context) =>
        await Find(context, context.User).ConfigureAwait(false) is not null;

    private static async Task Check(CookieValidatePrincipalContext context)
    {
        HttpContext http = context.HttpContext;
        if (
            context.Principal is { } principal
            && await Find(http, principal).ConfigureAwait(false) is ({ } account, { } life)
        )
        {
            var identity = new KnownIdentity(
                account,
                new SignedIn(life.Name, IsService: false, Scopes: null)
                {
                    IsOperator = life.IsOperator,
                },
                Scheme
            );
            identity.AddClaims(
                principal.Claims.Where(claim => claim.Type is Account or Stamp or Since)
            );
            context.ReplacePrincipal(new ClaimsPrincipal(identity));
            return;
        }

        context.RejectPrincipal();
        await End(http).ConfigureAwait(false);
    }

    /// <summary>Null when the account is gone, its stamp is another, or the sign-in is too long ago.</summary>
    private static async ValueTask<(Guid Account, Life Life)?> Find(
        HttpContext http,
        ClaimsPrincipal principal
    ) =>
        Read(principal) is { } read
        && Clock(http).GetUtcNow() - read.Since < Longest
        && await http
            .RequestServices.GetRequiredService<Living>()
            .Find(read.Account, http.RequestAborted)
            .ConfigureAwait(false)
            is { } life
        && life.Stamp == read.Stamp
            ? (read.Account, life)
            : null;

    private static (Guid Account, string Stamp, DateTimeOffset Since)? Read(
        ClaimsPrincipal principal
    ) =>
        Guid.TryParse(principal.FindFirstValue(Account), out Guid account)
        && principal.FindFirstValue(Stamp) is { } stamp
        && long.TryParse(
            principal.FindFirstValue(Since),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out long since
        )
            ? (account, stamp, DateTimeOffset.FromUnixTimeSeconds(since))
            : null;

    private static TimeProvider Clock(HttpContext context) =>
        context.RequestServices.GetRequiredService<TimeProvider>();

    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
