using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Breakwater.App.Accounts.Sessions;
using Breakwater.App.Accounts.Store;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Breakwater.App.Accounts.Outside;

/// <summary>
/// Sign-in with an OpenID Connect provider that the operator chose: code flow with PKCE. The provider's word opens an account
/// only where that account's person linked it while signed in; a name or an address that the provider tells is not even read.
/// </summary>
internal static class OutsideDoor
{
    public const string Scheme = "outside";
    public const string Provider = "oidc";

    private const string Link = "link";
    private const string Stamp = "stamp";
    private const string Language = "language";

    /// <exception cref="Fault">The file of the client's secret cannot be read.</exception>
    public static void Add(IServiceCollection services, OutsideSignIn outside)
    {
        string secret;
        try
        {
            secret = File.ReadAllText(outside.SecretFile).Trim();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new Fault(
                ExitCode.Usage,
                $"{outside.SecretFile}: the secret of the outside provider cannot be read. Correct 'oidcSecretFile'"
            );
        }

        services.AddAuthentication().AddOpenIdConnect(Scheme, oidc => Set(oidc, outside, secret));
    }

    /// <summary>Where the provider wants to be asked, with what must come back from it; null when it cannot be reached.</summary>
    /// <param name="link">The account that shall be linked; null for a sign-in.</param>
    public static async Task<string?> Ask(HttpContext context, Account? link, string language)
    {
        var properties = new AuthenticationProperties { RedirectUri = "/account" };
        properties.Items[Language] = language;
        if (link is not null)
        {
            // The cookie of the session does not come back with the provider's answer, so the protected state says whose it is.
            properties.Items[Link] = link.Id.ToString("N");
            properties.Items[Stamp] = link.SecurityStamp;
        }

        try
        {
            await context.ChallengeAsync(Scheme, properties).ConfigureAwait(false);
        }
        catch (InvalidOperationException)
        {
            return null;
        }

        string address = context.Response.Headers.Location.ToString();
        context.Response.Headers.Remove("Location");
        return address;
    }

    private static void Set(OpenIdConnectOptions oidc, OutsideSignIn outside, string secret)
    {
        oidc.Authority = outside.Authority.ToString();
        oidc.RequireHttpsMetadata = !outside.Authority.IsLoopback;
        oidc.ClientId = outside.ClientId;
        oidc.ClientSecret = secret;
        oidc.CallbackPath = "/account/outside/back";
        oidc.SignInScheme = Session.Scheme;
        oidc.ResponseType = OpenIdConnectResponseType.Code;
        oidc.ResponseMode = OpenIdConnectResponseMode.Query;
        oidc.UsePkce = true;
        oidc.SaveTokens = false;
        oidc.MapInboundClaims = false;
        oidc.DisableTelemetry = true;
        oidc.GetClaimsFromUserInfoEndpoint = false;
        oidc.BackchannelTimeout = TimeSpan.FromSeconds(10);
        oidc.RemoteAuthenticationTimeout = TimeSpan.FromMinutes(10);
        oidc.Scope.Clear();
        oidc.Scope.Add("openid");
        // The answer comes from another site, so these two cookies alone are not strict.
        foreach (
            CookieBuilder cookie in (CookieBuilder[])[oidc.CorrelationCookie, oidc.NonceCookie]
        )
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.HttpOnly = true;
        }

        oidc.Events.OnTicketReceived = Received;
        oidc.Events.OnRemoteFailure = context =>
        {
            context.HandleResponse();
            return OutsidePage.Back(context.HttpContext, "en", NotDone.NotAccepted);
        };
    }

    /// <summary>Every proof of the protocol holds by now: signature, audience, nonce, correlation and PKCE.</summary>
    private static async Task Received(TicketReceivedContext context)
    {
        context.HandleResponse();
        HttpContext http = context.HttpContext;
        UserManager<Account> users = http.RequestServices.GetRequiredService<
            UserManager<Account>
        >();
        string language = "en";
        if (context.Properties?.Items.TryGetValue(Language, out string? said) == true)
        {
            language = said ?? language;
        }

        OutsideSignIn outside = http.RequestServices.GetRequiredService<AccountSettings>().Outside!;
        string? key = KeyOf(context.Principal, outside);
        Account? account = key is null
            ? null
            : await (
                context.Properties!.Items.TryGetValue(Link, out string? link)
                    ? Linked(users, link!, context.Properties.Items[Stamp], key, outside)
                    : users.FindByLoginAsync(Provider, key)
            ).ConfigureAwait(false);
        if (account is not null)
        {
            await Session.Start(http, account).ConfigureAwait(false);
        }

        await OutsidePage
            .Back(http, language, account is null ? NotDone.LinkedElsewhere : null)
            .ConfigureAwait(false);
    }

    private static async Task<Account?> Linked(
        UserManager<Account> users,
        string id,
        string? stamp,
        string key,
        OutsideSignIn outside
    )
    {
        // The stamp: whoever signed out everywhere meanwhile links nothing more.
        if (
            await users.FindByIdAsync(Guid.Parse(id).ToString()).ConfigureAwait(false)
                is not { } account
            || account.SecurityStamp != stamp
        )
        {
            return null;
        }

        IdentityResult added = await users
            .AddLoginAsync(account, new UserLoginInfo(Provider, key, outside.Name))
            .ConfigureAwait(false);
        return added.Succeeded ? account : null;
    }

    /// <summary>Issuer and subject as a hash: what the provider calls the person is not kept.</summary>
    private static string? KeyOf(ClaimsPrincipal? principal, OutsideSignIn outside) =>
        principal?.FindFirst("sub") is { Value.Length: > 0 } subject
            ? Convert.ToHexStringLower(
                SHA256.HashData(Encoding.UTF8.GetBytes($"{outside.Authority}\n{subject.Value}"))
            )
            : null;
}
