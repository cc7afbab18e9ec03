using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Breakwater.App.Accounts;
using Breakwater.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>A clock that stands still until a test moves it.</summary>
internal sealed class StillClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}

/// <summary>A server with its account pages, and a route that says who asks.</summary>
internal sealed class AccountsSite : IAsyncDisposable
{
    public const string Password = "tern under seven lamps";
    public const string WhoPath = "/api/who";

    private readonly WebApplication _server;
    private readonly SqlRecords _records;

    private AccountsSite(
        WebApplication server,
        SqlRecords records,
        string folder,
        StillClock clock
    ) => (_server, _records, Folder, Clock) = (server, records, folder, clock);

    public StillClock Clock { get; }

    public string Folder { get; }

    public Uri Address => new(_server.Urls.First());

    /// <param name="change">What this test sets otherwise.</param>
    public static async Task<AccountsSite> Start(
        Func<AccountSettings, AccountSettings>? change = null,
        string host = "127.0.0.1"
    )
    {
        string folder = DataFolder.Fresh();
        var clock = new StillClock();
        var settings = new AccountSettings(folder)
        {
            Clock = clock,
            Limits = new AccountLimits(SignIns: 1000, Registrations: 1000),
        };
        SqlRecords records = DataFolder.Open(folder);
        WebApplication server = Pages.Site.Build(
            records,
            $"http://{host}:0",
            change is null ? settings : change(settings)
        );
        server.Map(WhoPath, Who);
        await server.StartAsync();
        return new AccountsSite(server, records, folder, clock);
    }

    public Visitor Visitor() => new(Address);

    /// <summary>Somebody who has just made an account.</summary>
    public async Task<Visitor> Registered(string name)
    {
        Visitor visitor = Visitor();
        await visitor.Register(name);
        return visitor;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.End();
        await _records.DisposeAsync();
        Ending.Remove(Folder);
    }

    private static string Who(HttpContext context) =>
        SignedIn.Of(context) is { } who
            ? $"{who.Person} service={who.IsService} for={who.AnsweredForBy} operator={who.IsOperator} read={who.MayRead("mission")} write={who.MayWrite("mission")}"
            : "nobody";
}

/// <summary>A browser without scripts: it keeps cookies, reads pages and sends their forms.</summary>
internal sealed partial class Visitor : IDisposable
{
    private readonly CookieContainer _cookies;
    private readonly HttpClient _http;

    /// <param name="cookies">Those of a browser that is at other nodes too; null for one of its own.</param>
    public Visitor(Uri address, CookieContainer? cookies = null)
    {
        _cookies = cookies ?? new CookieContainer();
        _http = new HttpClient(
            new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false }
        )
        {
            BaseAddress = address,
        };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("CanaryBrowser/7.3");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public IReadOnlyList<string> Codes { get; private set; } = [];

    public HttpClient Http => _http;

    public CookieCollection Cookies => _cookies.GetAllCookies();

    public void Dispose() => _http.Dispose();

    public async Task<string> Read(string path)
    {
        using HttpResponseMessage answer = await _http.GetAsync(path, Cancel);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    public Task<HttpResponseMessage> Get(string path) => _http.GetAsync(path, Cancel);

    /// <summary>Sends a form as the page at <paramref name="page"/> gives it out.</summary>
    public async Task<HttpResponseMessage> Send(
        string page,
        string action,
        params (string Name, string Value)[] fields
    )
    {
        string html = await Read(page);
        return await Post(action, [("page-proof", Proof().Match(html).Groups[1].Value), .. fields]);
    }

    public async Task<HttpResponseMessage> Post(
        string action,
        params (string Name, string Value)[] fields
    )
    {
        using var form = new FormUrlEncodedContent(
            fields.Select(field => KeyValuePair.Create(field.Name, field.Value))
        );
        return await _http.PostAsync(
            action.Contains('?', StringComparison.Ordinal) ? action : $"{action}?lang=en",
            form,
            Cancel
        );
    }

    public async Task<HttpResponseMessage> Register(string name)
    {
        HttpResponseMessage answer = await Send(
            "/account/register",
            "/account/register",
            ("name", name),
            ("new-password", AccountsSite.Password)
        );
        string html = await answer.Content.ReadAsStringAsync(Cancel);
        Codes = [.. Code().Matches(html).Select(match => match.Value)];
        return answer;
    }

    public Task<HttpResponseMessage> SignIn(string name, string password = AccountsSite.Password) =>
        Send("/account/sign-in", "/account/sign-in", ("name", name), ("password", password));

    public Task<HttpResponseMessage> Recover(string name, string code, string password) =>
        Send(
            "/account/recover",
            "/account/recover",
            ("name", name),
            ("code", code),
            ("new-password", password)
        );

    /// <summary>Makes a token on the page and reads it there.</summary>
    public async Task<string> Token(string scopes = "read", string days = "30", string holder = "")
    {
        using HttpResponseMessage answer = await Send(
            "/account/machines",
            "/account/tokens",
            ("label", "a test"),
            ("scopes", scopes),
            ("days", days),
            ("holder", holder)
        );
        return TokenText().Match(await answer.Content.ReadAsStringAsync(Cancel)).Value;
    }

    /// <summary>Whose the request is that shows a token; a new connection each time.</summary>
    public async Task<string> Who(string? token = null, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, AccountsSite.WhoPath);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        using HttpResponseMessage answer = await _http.SendAsync(request, Cancel);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    public async Task<bool> IsSignedIn()
    {
        using HttpResponseMessage answer = await Get("/account");
        return answer.StatusCode == HttpStatusCode.OK;
    }

    [GeneratedRegex("name=\"page-proof\" value=\"([^\"]+)\"")]
    private static partial Regex Proof();

    [GeneratedRegex("[0-9a-hjkmnp-tv-z]{5}(-[0-9a-hjkmnp-tv-z]{5}){3}")]
    private static partial Regex Code();

    [GeneratedRegex("bwt_[A-Za-z0-9_-]{43}")]
    private static partial Regex TokenText();
}
