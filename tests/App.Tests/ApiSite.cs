using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Breakwater.App.Accounts;
using Breakwater.App.Accounts.Store;
using Breakwater.App.Accounts.Tokens;
using Breakwater.App.Api;
using Breakwater.App.Contacts;
using Breakwater.App.Limiting;
using Breakwater.App.Sealing;
using Breakwater.App.Subjects;
using Breakwater.Decisions.Membership.Applying;
using Breakwater.Ledger.Sealing;
using Breakwater.Records;
using Breakwater.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>A clock that a test sets.</summary>
internal sealed class TestClock : IClock
{
    public Instant Now { get; set; } = Instant.FromUtc(2026, 3, 1, 8, 0);

    public Instant GetCurrentInstant() => Now;
}

/// <summary>A founded node with its API on a free loopback port, and somebody in each role.</summary>
internal sealed class ApiSite : IAsyncDisposable
{
    /// <summary>Five organisations of five classes; pseudonyms say role and organisation.</summary>
    private static readonly (
        string Organisation,
        StakeholderClass Class,
        Role[] Roles
    )[] _founders =
    [
        (
            "measurers",
            StakeholderClass.TechnicalCommunity,
            [Role.Analyst, Role.Representative, Role.Registrar, Role.Operator]
        ),
        (
            "relief",
            StakeholderClass.CivilSociety,
            [Role.Planner, Role.Representative, Role.Registrar, Role.Publisher, Role.Custodian]
        ),
        ("carrier", StakeholderClass.PrivateSector, [Role.Representative, Role.Planner]),
        (
            "university",
            StakeholderClass.Academia,
            [Role.LegalAnalyst, Role.Representative, Role.Publisher, Role.Custodian]
        ),
        ("families", StakeholderClass.AffectedCommunity, [Role.Representative, Role.Analyst]),
    ];

    private readonly Func<SqlRecords> _open;
    private readonly Func<SqlRecords, Task<WebApplication>> _serve;
    private readonly string _folder;
    private readonly Dictionary<string, HttpClient> _clients = [];
    private WebApplication _server;
    private SqlRecords _records;
    private HttpClient? _stranger;

    private ApiSite(
        Func<SqlRecords> open,
        Func<SqlRecords, Task<WebApplication>> serve,
        SqlRecords records,
        WebApplication server,
        string folder,
        TestClock clock
    ) =>
        (_open, _serve, _records, _server, _folder, Clock) = (
            open,
            serve,
            records,
            server,
            folder,
            clock
        );

    public TestClock Clock { get; }

    public IRecords Records => _records;

    public string Folder => _folder;

    /// <summary>Those of the two custodians; no node has them.</summary>
    public IReadOnlyList<KeyShare> Shares { get; private init; } = [];

    public WebApplication Server => _server;

    public Uri Address => new(_server.Urls.First());

    /// <summary>Sends what it is told, shows no token, and follows no redirection.</summary>
    public HttpClient Stranger => _stranger ??= Client(null);

    /// <summary>Nobody in particular.</summary>
    public ApiClient Public => new(Client(null));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<ApiSite> Start(
        Instant? now = null,
        int callsPerMinute = 1_000_000,
        bool hasCustody = true,
        WireSettings? wire = null,
        string? postgres = null,
        Action<FailingRecords>? fails = null,
        Func<ApiSettings, ApiSettings>? settings = null,
        MailSettings? mail = null
    )
    {
        string folder = DataFolder.Fresh();
        var clock = new TestClock();
        clock.Now = now ?? clock.Now;
        SqlRecords Open() =>
            postgres is null
                ? SqliteRecords.Open(folder, clock, Catalogue.Known.Fold)
                : PostgresRecords.Open(folder, postgres, clock, Catalogue.Known.Fold);
        async Task<WebApplication> Serve(SqlRecords records)
        {
            (IRecords failing, FailingRecords how) = FailingRecords.Around(records);
            fails?.Invoke(how);
            WebApplication server = Pages.Site.Build(
                fails is null ? records : failing,
                "http://127.0.0.1:0",
                new AccountSettings(folder),
                (settings ?? (usual => usual))(
                    new ApiSettings(clock, callsPerMinute)
                    {
                        LooksEvery = null,
                        Trouble = TextWriter.Null,
                    }
                ),
                wire,
                mail
            );
            await server.StartAsync(Cancel);
            return server;
        }

        SqlRecords records = Open();
        (_, Refusal? refusal) = await Founding.Do(records, Charter(), clock.Now, Cancel);
        Assert.Null(refusal);
        (Custody custody, IReadOnlyList<KeyShare> shares) = Custody.Found(
            [PersonOf(Role.Custodian, "relief"), PersonOf(Role.Custodian, "university")],
            2,
            RandomNumberGenerator.GetBytes(Custody.RandomOctets(2))
        );
        Assert.True(!hasCustody || await CustodyOnRecord.Found(records, custody, Cancel));
        return new ApiSite(Open, Serve, records, await Serve(records), folder, clock)
        {
            Shares = shares,
        };
    }

    public static string PersonOf(Role role, string organisation) =>
        $"{role.ToString().ToLowerInvariant()}-{organisation}";

    /// <summary>Who has which role where.</summary>
    public static IEnumerable<(Role Role, string Organisation)> Seats() =>
        _founders.SelectMany(one => one.Roles, (one, role) => (role, one.Organisation));

    /// <summary>The person of a founding organisation who has this role.</summary>
    public Task<ApiClient> As(Role role, string organisation, string scopes = "write") =>
        As(PersonOf(role, organisation), scopes);

    public async Task<ApiClient> As(string person, string scopes = "write")
    {
        string key = $"{person} {scopes}";
        if (!_clients.TryGetValue(key, out HttpClient? client))
        {
            _clients[key] = client = Client(await TokenOf(person, scopes));
        }

        return new ApiClient(client);
    }

    /// <summary>Lets time pass: what is due by itself happens.</summary>
    public async Task<int> Pass(Duration time)
    {
        Clock.Now += time;
        return await _server.Services.GetRequiredService<Elapsing>().Once(Cancel);
    }

    /// <summary>The process ends, and another begins with what is on the disk.</summary>
    public async Task Restart()
    {
        await Stop();
        _records = _open();
        _server = await _serve(_records);
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        Ending.Remove(_folder);
    }

    private async Task Stop()
    {
        foreach (HttpClient client in _clients.Values)
        {
            client.Dispose();
        }

        _clients.Clear();
        _stranger = null;
        await _server.End();
        await _records.DisposeAsync();
    }

    private static Found Charter() =>
        new([
            .. _founders.Select(one => new FoundingOrganisation(
                one.Organisation,
                $"The {one.Organisation}",
                one.Class,
                "helps people stay connected",
                [],
                [
                    .. one.Roles.Select(role => new FoundingMember(
                        PersonOf(role, one.Organisation),
                        [role]
                    )),
                ]
            )),
        ]);

    private HttpClient Client(string? token)
    {
        var client = new HttpClient(
            new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }
        )
        {
            BaseAddress = Address,
        };
        if (token is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Bearer",
                token
            );
        }

        return client;
    }

    public async Task RevokeTokens(string person)
    {
        await using AsyncServiceScope scope = _server.Services.CreateAsyncScope();
        AccountsContext accounts = scope.ServiceProvider.GetRequiredService<AccountsContext>();
        await _server
            .Services.GetRequiredService<TokenBook>()
            .Revoke(accounts.Users.Single(each => each.UserName == person).Id, null, Cancel);
    }

    /// <summary>A new token; people without an account get one.</summary>
    public async Task<string> TokenOf(string person, string scopes)
    {
        await using AsyncServiceScope scope = _server.Services.CreateAsyncScope();
        Enrolling enrolling = scope.ServiceProvider.GetRequiredService<Enrolling>();
        AccountsContext accounts = scope.ServiceProvider.GetRequiredService<AccountsContext>();
        Account? account = accounts.Users.SingleOrDefault(each => each.UserName == person);
        if (account is null)
        {
            (account, NotDone? why) = await enrolling.Add(person, isOperator: false, Cancel);
            Assert.Null(why);
        }

        (string? token, NotDone? refused) = await _server
            .Services.GetRequiredService<TokenBook>()
            .Make(account!.Id, "test", scopes, 30, Cancel);
        Assert.Null(refused);
        return token!;
    }
}

/// <summary>What came back.</summary>
internal sealed record Answered(HttpStatusCode Status, JsonNode? Body, string? Tag, string Text)
{
    public string Id => Body!["id"]!.GetValue<string>();

    public JsonNode State => Body!["state"]!;

    public string Standing => Body!["standing"]!.GetValue<string>();
}

/// <summary>Somebody at the API: sends commands with the version seen, as any client would.</summary>
internal sealed class ApiClient(HttpClient http)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public HttpClient Http { get; } = http;

    public Task<Answered> Get(string path) => Send(HttpMethod.Get, path, null, null, null);

    public Task<Answered> Start(string plural, object body, string? key = null) =>
        Send(HttpMethod.Post, plural, body, null, key);

    /// <summary>Reads the subject, and gives the command on what was read.</summary>
    public async Task<Answered> Do(string plural, string id, string command, object? body = null)
    {
        Answered seen = await Get($"{plural}/{id}");
        return await Do(plural, id, command, seen.Tag ?? "\"0\"", body);
    }

    public Task<Answered> Do(
        string plural,
        string id,
        string command,
        string? seen,
        object? body = null,
        string? key = null
    ) => Send(HttpMethod.Post, $"{plural}/{id}/{command}", body ?? new { }, seen, key);

    public async Task<Answered> Send(
        HttpMethod method,
        string path,
        object? body,
        string? seen,
        string? key
    )
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/{path}");
        if (body is not null)
        {
            request.Content = new StringContent(
                body as string ?? JsonSerializer.Serialize(body, Json.Compact),
                Encoding.UTF8,
                "application/json"
            );
        }

        if (seen is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", seen);
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using HttpResponseMessage answer = await Http.SendAsync(request, Cancel);
        string text = await answer.Content.ReadAsStringAsync(Cancel);
        return new Answered(
            answer.StatusCode,
            text.Length == 0 ? null : JsonNode.Parse(text),
            answer.Headers.ETag?.ToString(),
            text
        );
    }
}
