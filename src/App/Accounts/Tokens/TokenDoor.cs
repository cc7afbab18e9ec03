using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Breakwater.App.Accounts.Tokens;

/// <summary>Lets in who shows a token: <c>Authorization: Bearer bwt_…</c>.</summary>
internal sealed class TokenDoor(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    TokenBook tokens
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "token";

    private const string Bearer = "Bearer ";

    public static bool IsShown(HttpRequest request) =>
        request
            .Headers.Authorization.ToString()
            .StartsWith(Bearer, StringComparison.OrdinalIgnoreCase);

    /// <summary>What is shown; only where something is.</summary>
    public static string Shown(HttpRequest request) =>
        request.Headers.Authorization.ToString()[Bearer.Length..].Trim();

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!IsShown(Request))
        {
            return AuthenticateResult.NoResult();
        }

        ClaimsPrincipal? holder = await tokens
            .Find(Shown(Request), Context.RequestAborted)
            .ConfigureAwait(false);
        return holder is null
            ? AuthenticateResult.Fail("unknown, revoked or past its end")
            : AuthenticateResult.Success(new AuthenticationTicket(holder, TokenDoor.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = IsShown(Request)
            ? "Bearer error=\"invalid_token\""
            : "Bearer";
        return Task.CompletedTask;
    }
}
