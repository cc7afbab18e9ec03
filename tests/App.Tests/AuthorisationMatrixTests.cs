using System.Globalization;
using System.Net;
using System.Text;
using Breakwater.App.Accounts.Store;
using Breakwater.App.Accounts.Tokens;
using Breakwater.App.Api;
using Breakwater.App.Pages.Response;
using Breakwater.App.Subjects;
using Breakwater.Decisions.Membership;
using Breakwater.Records;
using Breakwater.Vocabulary;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>
/// Who may do what, for every address of the running server: the expectation comes from the catalogue, the answer from a real
/// request. The approved text makes a change of policy visible in review.
/// </summary>
public sealed class AuthorisationMatrixTests : IAsyncLifetime
{
    private const string Approved = "tests/App.Tests/authorisation-matrix.verified.txt";

    /// <summary>Addresses that are no acts on subjects. One that is neither here nor described fails the test.</summary>
    private static readonly Dictionary<string, Rule> _pages = new(StringComparer.Ordinal)
    {
        ["GET /"] = Rule.Anybody,
        ["GET /disruptions/{id}"] = Rule.Anybody,
        ["GET /plans/{id}"] = Rule.Anybody,
        ["GET /common-positions/{id}/versions/{number}"] = Rule.Anybody,
        ["GET /consultations/{id}/versions/{number}"] = Rule.Anybody,
        ["GET /consultations/{id}/input"] = Rule.Anybody,
        ["GET /consultations/{id}/inputs"] = Rule.Anybody,
        ["GET /consultations/{id}/topics"] = Rule.Anybody,
        ["GET /consultations/{id}/report"] = Rule.Anybody,
        ["GET /consultations/{id}/report.md"] = Rule.Anybody,
        ["GET /consultations/{id}/report.json"] = Rule.Anybody,
        ["POST /consultations/{id}/input"] = Rule.Anybody,
        ["GET /inputs/follow"] = Rule.Anybody,
        ["POST /inputs/follow"] = Rule.Anybody,
        ["GET /meetings/{id}/calendar"] = Rule.Anybody,
        ["GET /examples/cycles/{id}"] = Rule.Anybody,
        ["GET /norms"] = Rule.Anybody,
        ["GET /agreement-gaps"] = Rule.Anybody,
        ["GET /checklist"] = Rule.Anybody,
        ["GET /country-plans/{id}/changes"] = Rule.Anybody,
        ["GET /norms/rules/{id}"] = Rule.Anybody,
        // What is on them is for whoever may see the sheet.
        ["GET /fact-sheets/{id}/interview"] = Rule.Anybody,
        ["GET /fact-sheets/{id}/findings"] = Rule.Anybody,
        ["GET /fact-sheets/{id}/findings/{rule}"] = Rule.Anybody,
        ["GET /fact-sheets/{id}/brief.{format}"] = Rule.Anybody,
        // What is in the directory is for whoever may see each contact point.
        ["GET /contacts"] = Rule.Anybody,
        ["GET /contacts.csv"] = Rule.Anybody,
        ["GET /contacts.vcf"] = Rule.Anybody,
        ["GET /contacts/readiness"] = Rule.Anybody,
        // Who holds link or code proves itself by it.
        ["GET /contacts/answer"] = Rule.Anybody,
        ["GET /contacts/answer/{id}"] = Rule.Anybody,
        ["POST /contacts/answer"] = Rule.Anybody,
        ["POST /contacts/answer/{id}"] = Rule.Anybody,
        ["GET /reports"] = Rule.Anybody,
        ["GET /reports/{id}"] = Rule.Anybody,
        ["GET /reports/{id}.tlog-proof"] = Rule.Anybody,
        ["GET /published"] = Rule.Anybody,
        ["GET /published/{of}/{name}"] = Rule.Anybody,
        ["GET /published.rss"] = Rule.Anybody,
        ["GET /alerts.atom"] = Rule.Anybody,
        ["GET /alert-key.pem"] = Rule.Anybody,
        ["GET /ogc/{**rest}"] = Rule.Anybody,
        ["GET /gaps"] = Rule.Anybody,
        ["GET /index"] = Rule.Anybody,
        ["GET /index.csv"] = Rule.Anybody,
        ["GET /index/{country}"] = Rule.Anybody,
        ["GET /gap-matrix"] = Rule.Anybody,
        ["GET /gap-matrix.csv"] = Rule.Anybody,
        ["GET /gap-matrix/{phase}/{actor}/{group}"] = Rule.Anybody,
        ["GET /explain"] = Rule.Anybody,
        ["GET /explain/{id}"] = Rule.Anybody,
        ["GET /health/live"] = Rule.Anybody,
        ["GET /health/ready"] = Rule.Anybody,
        ["GET /openapi/v1.json"] = Rule.Anybody,
        ["GET /account/sign-in"] = Rule.Anybody,
        ["GET /account/register"] = Rule.Anybody,
        ["GET /account/recover"] = Rule.Anybody,
        // Everything there is a not-found page.
        ["GET /{*path:nonfile}"] = Rule.Anybody,
        ["GET /api/{**rest}"] = Rule.Anybody,
    };

    /// <summary>Read without a session: styles and scripts, whose addresses change with what they hold.</summary>
    private static readonly string[] _files = [".css", ".js"];

    private ApiSite _site = null!;

    private enum Rule
    {
        Anybody,

        /// <summary>Pages and forms of an account: a session, and for forms the proof that the page was its own. Tokens open none.</summary>
        Session,
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await ApiSite.Start();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task INV_09_Every_address_answers_each_role_as_the_policy_says_and_a_role_without_a_vetted_organisation_is_none()
    {
        List<Somebody> people = await People();
        var lines = new List<string>();
        var wrong = new List<string>();
        foreach ((string method, string pattern, RouteEndpoint endpoint) in Endpoints(_site))
        {
            string address = $"{method} {pattern}";
            // Pages mirror the table of commands; one sort of organisation shows that they do.
            bool isPage = IsPage(pattern);
            var told = new StringBuilder();
            foreach (Somebody who in isPage ? people.Take(13) : people)
            {
                char? expected = isPage
                    ? OfPage(method, pattern, who)
                    : Expected(address, endpoint, who);
                char answer = await Ask(method, pattern, endpoint, who);
                told.Append(answer);
                if (answer != expected)
                {
                    wrong.Add($"{address}: {who.Name}: {answer} and not {expected ?? '?'}");
                }
            }

            if (!isPage)
            {
                lines.Add($"{Groups(told.ToString())}  {address}");
            }
        }

        Assert.Empty(wrong);
        string matrix = string.Join('\n', [.. Legend(people), .. lines, ""]);
        string path = Path.Combine(AppContext.BaseDirectory, "authorisation-matrix.verified.txt");
        string approved = File.Exists(path) ? File.ReadAllText(path) : "";
        if (matrix != approved)
        {
            string received = path.Replace("verified", "received", StringComparison.Ordinal);
            File.WriteAllText(received, matrix);
            Assert.Fail($"The policy changed. Compare {received} with {Approved} and approve it.");
        }
    }

    /// <summary>Every address with each of its methods, in one order.</summary>
    private static IEnumerable<(string Method, string Pattern, RouteEndpoint Endpoint)> Endpoints(
        ApiSite site
    ) =>
        site
            .Server.Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .SelectMany(
                endpoint =>
                    endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"],
                (endpoint, method) =>
                    (method, $"/{endpoint.RoutePattern.RawText!.TrimStart('/')}", endpoint)
            )
            // A HEAD is a GET without its body.
            .Where(address => address.method != "HEAD")
            .OrderBy(address => address.Item2, StringComparer.Ordinal)
            .ThenBy(address => address.method, StringComparer.Ordinal);

    private static bool IsPage(string pattern) =>
        pattern.StartsWith("/act/", StringComparison.Ordinal)
        || Catalogue.Known.Kinds.Any(kind =>
            pattern == Addresses.Of(kind) || pattern == $"{Addresses.Of(kind)}/{{id}}"
        );

    /// <summary>
    /// A form shows what the API would say. What is sent to it without the proof of its own page is answered by the page and
    /// does nothing; of what is not there nothing is said.
    /// </summary>
    private static char OfPage(string method, string pattern, Somebody who) =>
        method == "GET"
        && Catalogue
            .Known.Kinds.SelectMany(
                kind => kind.Commands,
                (kind, command) => (Path: $"/act/{kind.Plural}/{command.Name}", command)
            )
            .FirstOrDefault(each => each.command.IsStart && each.Path == pattern)
            .command
            is { } start
            ? Rules(start.Admission, start.Roles, who)
            : '+';

    private static char Rules(Admission admission, IReadOnlyList<Role> roles, Somebody who) =>
        admission == Admission.Anybody ? '+'
        : !who.IsSignedIn ? '-'
        : !who.MayWrite ? 'x'
        : admission == Admission.SignedIn ? '+'
        : admission == Admission.Roles && who.Role is { } role && roles.Contains(role) ? '+'
        : 'x';

    private static char? Expected(string address, RouteEndpoint endpoint, Somebody who)
    {
        if (endpoint.Metadata.GetMetadata<Described>() is { } described)
        {
            (Admission admission, IReadOnlyList<Role> roles) = described switch
            {
                { Command: { } command } => (command.Admission, command.Roles),
                { Roles.Count: > 0 } => (Admission.Roles, described.Roles),
                _ => (Admission.Anybody, []),
            };
            // To look, a token that reads is enough; to act, it must be one that writes.
            bool isLook =
                described.Command is null && address.StartsWith("GET ", StringComparison.Ordinal);
            return Rules(admission, roles, isLook ? who with { MayWrite = true } : who);
        }

        return _pages.TryGetValue(address, out Rule rule) && rule == Rule.Anybody ? '+'
            : _files.Any(file => address.EndsWith(file, StringComparison.Ordinal)) ? '+'
            : address.Contains(" /account", StringComparison.Ordinal) ? '>'
            : null;
    }

    /// <returns>+ let in, - sign in first, x not allowed, &gt; sent to the form.</returns>
    private async Task<char> Ask(
        string method,
        string pattern,
        RouteEndpoint endpoint,
        Somebody who
    )
    {
        string path = pattern
            .Replace("{id}", "none", StringComparison.Ordinal)
            .Replace("{number}", "1", StringComparison.Ordinal)
            .Replace("{format}", "html", StringComparison.Ordinal)
            .Replace("{rule}", "none", StringComparison.Ordinal)
            .Replace("{of}", "none", StringComparison.Ordinal)
            .Replace("{name}", "none", StringComparison.Ordinal)
            .Replace("{feature}", "none", StringComparison.Ordinal)
            .Replace("{country}", "SD", StringComparison.Ordinal)
            .Replace(
                "{phase}/{actor}/{group}",
                "mitigate/academia/residents",
                StringComparison.Ordinal
            )
            .Replace("{sha256}", new string('0', 64), StringComparison.Ordinal)
            .Replace("{**rest}", "none", StringComparison.Ordinal)
            .Replace("{level:int}/{**index}", "0/000", StringComparison.Ordinal)
            .Replace("{*path:nonfile}", "none", StringComparison.Ordinal);
        Assert.DoesNotContain('{', path);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (who.Token is not null)
        {
            request.Headers.Authorization = new("Bearer", who.Token);
        }

        if (method == "POST")
        {
            // No command is an empty value, so nothing is done, whoever is let in.
            request.Content = new StringContent(
                "null",
                Encoding.UTF8,
                endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes is [var type, ..]
                    ? type
                    : "application/json"
            );
        }

        using HttpResponseMessage answer = await _site.Stranger.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            Cancel
        );
        Assert.True((int)answer.StatusCode < 500, $"{method} {path}: {(int)answer.StatusCode}");
        Assert.NotEqual(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        return answer.StatusCode switch
        {
            HttpStatusCode.Unauthorized => '-',
            HttpStatusCode.Forbidden => 'x',
            >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest => '>',
            _ => '+',
        };
    }

    /// <summary>Public, account, tokens; then each role in a vetted organisation, and in two that are not.</summary>
    private async Task<List<Somebody>> People()
    {
        Role[] roles = Enum.GetValues<Role>();
        await Seat("vetted", roles, []);
        await Seat("not-vetted", roles, null);
        Instant now = _site.Clock.Now;
        await Seat(
            "not-any-more",
            roles,
            [
                new OrganisationRevoked(
                    "said what was not so",
                    new Signatory("registrar-relief", "relief"),
                    now
                ),
            ]
        );
        _site
            .Server.Services.GetRequiredService<Roll>()
            .Changed([
                "organisation/vetted",
                "organisation/not-vetted",
                "organisation/not-any-more",
            ]);

        List<Somebody> people =
        [
            new("public", null, null),
            new("account", await _site.TokenOf("alone-1", "write"), null),
            new(
                "reading-token",
                await _site.TokenOf(ApiSite.PersonOf(Role.Planner, "vetted"), "read"),
                Role.Planner
            )
            {
                MayWrite = false,
            },
            new("revoked-token", await Revoked(), Role.Planner) { IsSignedIn = false },
        ];
        foreach (string organisation in new[] { "vetted", "not-vetted", "not-any-more" })
        {
            foreach (Role role in roles)
            {
                people.Add(
                    new(
                        $"{organisation} {role}",
                        await _site.TokenOf(ApiSite.PersonOf(role, organisation), "write"),
                        organisation == "vetted" ? role : null
                    )
                );
            }
        }

        return people;
    }

    private async Task<string> Revoked()
    {
        string person = ApiSite.PersonOf(Role.Planner, "relief");
        string token = await _site.TokenOf(person, "write");
        await using AsyncServiceScope scope = _site.Server.Services.CreateAsyncScope();
        AccountsContext accounts = scope.ServiceProvider.GetRequiredService<AccountsContext>();
        Account account = accounts.Users.Single(each => each.UserName == person);
        await _site
            .Server.Services.GetRequiredService<TokenBook>()
            .Revoke(account.Id, null, Cancel);
        return token;
    }

    /// <param name="after">What happened to it since it was founded; null for one that only applied.</param>
    private async Task Seat(string id, Role[] roles, IReadOnlyList<OrganisationEvent>? after)
    {
        Instant now = _site.Clock.Now;
        Marking marking = new(Distribution.Community, Tlp.Green);
        Member[] members =
        [
            .. roles.Select(role => new Member(
                ApiSite.PersonOf(role, id),
                MemberStanding.Joined,
                now,
                [new RoleHeld(role, now, null)]
            )),
        ];
        List<OrganisationEvent> events = after is null
            ?
            [
                new OrganisationApplied(
                    id,
                    id,
                    StakeholderClass.Academia,
                    "helps",
                    [],
                    marking,
                    members[0].Person,
                    now
                ),
                new OrganisationJoined(now),
                .. members.SelectMany(member =>
                    (OrganisationEvent[])
                        [
                            new MemberJoined(member.Person, now),
                            new RoleGiven(
                                member.Person,
                                member.Roles[0].Role,
                                null,
                                new Signatory("registrar-relief", "relief"),
                                new Signatory("registrar-measurers", "measurers"),
                                now
                            ),
                        ]
                ),
            ]
            :
            [
                new OrganisationFounded(
                    id,
                    id,
                    StakeholderClass.Academia,
                    "helps",
                    [],
                    members,
                    marking,
                    now
                ),
                .. after,
            ];
        var work = new Workspace(_site.Records);
        work.Stage(new Loaded<Organisation>($"{Organisation.Kind}/{id}", 0, null), events, "test");
        Assert.IsType<Appended>(await work.Commit(null, Cancel));
    }

    private static IEnumerable<string> Legend(List<Somebody> people) =>
        [
            "Who may do what, address by address: + let in, - sign in first, x not allowed, > sent to a form.",
            "What a reader sees of what is let in is decided record by record, by its marking.",
            $"Columns: {string.Join(", ", people.Take(4).Select(who => who.Name))};",
            $"  then in a vetted organisation, in one that is not vetted, in a revoked one: {string.Join(", ", Enum.GetNames<Role>())}.",
            string.Create(CultureInfo.InvariantCulture, $"Columns in all: {people.Count}."),
            "",
        ];

    private static string Groups(string told)
    {
        int roles = Enum.GetValues<Role>().Length;
        return string.Join(
            ' ',
            [
                told[..4],
                .. Enumerable.Range(0, 3).Select(i => told.Substring(4 + (i * roles), roles)),
            ]
        );
    }

    /// <param name="Role">Null for one that has none that counts.</param>
    private sealed record Somebody(string Name, string? Token, Role? Role)
    {
        public bool IsSignedIn { get; init; } = Token is not null;

        public bool MayWrite { get; init; } = true;
    }
}
