using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Breakwater.App.Tests;

/// <summary>A small OpenID Connect provider on loopback: code flow, PKCE, one signing key, whoever <see cref="Subject"/> says.</summary>
internal sealed class Provider : IAsyncDisposable
{
    public const string Client = "breakwater-test";
    public const string Secret = "canary-secret-of-the-client";

    private readonly WebApplication _server;
    private readonly RSA _key = RSA.Create(2048);
    private readonly ConcurrentDictionary<string, (string Nonce, string Challenge)> _codes = new();

    private Provider(WebApplication server) => _server = server;

    /// <summary>Who is signed in there.</summary>
    public string Subject { get; set; } = "subject-canary-1";

    /// <summary>What stands in the answer instead of the nonce that was asked; null for the right one.</summary>
    public string? OtherNonce { get; set; }

    public string Address => _server.Urls.First();

    public static async Task<Provider> Start()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var provider = new Provider(builder.Build());
        provider._server.MapGet("/.well-known/openid-configuration", provider.Configuration);
        provider._server.MapGet("/keys", provider.Keys);
        provider._server.MapGet("/authorize", provider.Authorize);
        provider._server.MapPost("/token", provider.Token);
        await provider._server.StartAsync();
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.End();
        _key.Dispose();
    }

    private IResult Configuration() =>
        Results.Json(
            new Dictionary<string, object>
            {
                ["issuer"] = Address,
                ["authorization_endpoint"] = $"{Address}/authorize",
                ["token_endpoint"] = $"{Address}/token",
                ["jwks_uri"] = $"{Address}/keys",
                ["response_types_supported"] = new[] { "code" },
                ["subject_types_supported"] = new[] { "public" },
                ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
            }
        );

    private IResult Keys()
    {
        RSAParameters key = _key.ExportParameters(includePrivateParameters: false);
        return Results.Json(
            new
            {
                keys = new[]
                {
                    new
                    {
                        kty = "RSA",
                        use = "sig",
                        kid = "one",
                        alg = "RS256",
                        n = Base64Url.EncodeToString(key.Modulus!),
                        e = Base64Url.EncodeToString(key.Exponent!),
                    },
                },
            }
        );
    }

    private IResult Authorize(HttpRequest request)
    {
        if (request.Query["code_challenge_method"] != "S256" || request.Query["scope"] != "openid")
        {
            return Results.BadRequest();
        }

        string code = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        _codes[code] = (request.Query["nonce"]!, request.Query["code_challenge"]!);
        return Results.Redirect(
            $"{request.Query["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(request.Query["state"]!)}"
        );
    }

    private async Task<IResult> Token(HttpRequest request)
    {
        IFormCollection form = await request.ReadFormAsync();
        string verifier = form["code_verifier"].ToString();
        bool isRight =
            _codes.TryRemove(form["code"].ToString(), out var asked)
            && form["client_id"] == Client
            && form["client_secret"] == Secret
            && asked.Challenge
                == Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        return isRight
            ? Results.Json(
                new Dictionary<string, object>
                {
                    ["access_token"] = "unused",
                    ["token_type"] = "Bearer",
                    ["expires_in"] = 60,
                    ["id_token"] = IdToken(OtherNonce ?? asked.Nonce),
                }
            )
            : Results.BadRequest(new { error = "invalid_grant" });
    }

    private string IdToken(string nonce)
    {
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        string head = Part(
            new
            {
                alg = "RS256",
                typ = "JWT",
                kid = "one",
            }
        );
        string body = Part(
            new
            {
                iss = Address,
                aud = Client,
                sub = Subject,
                // What must not open the account of that name.
                preferred_username = "quiet-tern",
                nonce,
                iat = now,
                exp = now + 60,
            }
        );
        byte[] signature = _key.SignData(
            Encoding.ASCII.GetBytes($"{head}.{body}"),
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        return $"{head}.{body}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Part(object value) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
