using System.Net;
using System.Net.Sockets;
using System.Text;
using Breakwater.App.Limiting;
using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>Who stands behind a connection, and how slowly they may speak.</summary>
public sealed class WireTests
{
    private static readonly string[] _some = ["192.0.2.7", "198.51.100.9"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Behind_a_trusted_proxy_each_hand_is_its_own_and_none_of_their_addresses_is_kept()
    {
        await using ApiSite site = await ApiSite.Start(wire: Trusting("127.0.0.1 ::1"));
        string[] hands = [.. await Hands(site, _some)];

        Assert.Equal(2, hands.Distinct().Count());
        string raw = CanaryFiles.Raw(site.Folder);
        Assert.All(
            _some.Append("X-Forwarded-For"),
            address => Assert.DoesNotContain(address, raw, StringComparison.OrdinalIgnoreCase)
        );
    }

    [Fact]
    public async Task What_a_peer_that_is_not_trusted_says_of_its_origin_is_ignored()
    {
        foreach (WireSettings wire in new[] { new WireSettings(), Trusting("203.0.113.0/24") })
        {
            await using ApiSite site = await ApiSite.Start(wire: wire);
            Assert.Single((await Hands(site, _some)).Distinct());
        }
    }

    [Fact]
    public async Task Behind_a_trusted_proxy_only_what_the_proxy_itself_added_counts()
    {
        await using ApiSite site = await ApiSite.Start(wire: Trusting("127.0.0.0/8"));
        // The proxy appends who asked it; what stood there before is that client's own word.
        string[] forged = ["192.0.2.1, 198.51.100.9", "192.0.2.2, 198.51.100.9"];
        Assert.Single((await Hands(site, forged)).Distinct());
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("127.0.0.1, ::1 10.0.0.0/24", 3)]
    public void Trusted_forwarders_are_addresses_and_networks(string text, int expected) =>
        Assert.Equal(expected, WireSettings.Read(text)!.Count);

    [Theory]
    [InlineData("0.0.0.0/0")]
    [InlineData("::/0")]
    [InlineData("proxy.example.org")]
    [InlineData("127.0.0.1/33")]
    public void Everybody_and_names_are_no_trusted_forwarders(string text)
    {
        Assert.Null(WireSettings.Read(text));
        using var line = new CommandLine();
        line.Write("data/breakwater.json", $$"""{"trustedForwarders": "{{text}}"}""");
        line.Run("serve").Refusal(2);
    }

    [Fact]
    public async Task Headers_and_bodies_that_trickle_are_cut_off_while_others_are_served()
    {
        await using ApiSite site = await ApiSite.Start(
            wire: new WireSettings
            {
                HeadersWithin = TimeSpan.FromSeconds(1),
                BodyGrace = TimeSpan.FromSeconds(1.5),
                OctetsPerSecondMin = 1_000,
            }
        );
        string token = await site.TokenOf(ApiSite.PersonOf(Role.Planner, "relief"), "write");
        TcpClient[] slow =
        [
            await Connect(site, "GET /api/v1/missions HTTP/1.1\r\nHost: node\r\nX-Slow: "),
            await Connect(
                site,
                $"POST /api/v1/baselines HTTP/1.1\r\nHost: node\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{{"
            ),
        ];
        try
        {
            Assert.Equal(HttpStatusCode.OK, (await site.Public.Get("missions")).Status);
            foreach (TcpClient client in slow)
            {
                // Ends when the server hangs up, and not before.
                using var all = new MemoryStream();
                await client.GetStream().CopyToAsync(all, Cancel);
                string told = Encoding.ASCII.GetString(all.ToArray());
                Assert.True(
                    told.Length == 0
                        || told.StartsWith("HTTP/1.1 408", StringComparison.Ordinal)
                        || told.StartsWith("HTTP/1.1 400", StringComparison.Ordinal),
                    told
                );
            }

            Assert.Equal(HttpStatusCode.OK, (await site.Public.Get("missions")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await site.Public.Get("baselines/SD")).Status);
        }
        finally
        {
            Array.ForEach(slow, client => client.Dispose());
        }
    }

    private static WireSettings Trusting(string forwarders) =>
        new() { TrustedForwarders = WireSettings.Read(forwarders)! };

    /// <summary>Hands in one report for each value of the header, and reads under which mark of a hand each is kept.</summary>
    private static async Task<List<string>> Hands(ApiSite site, string[] forwarded)
    {
        ApiClient analyst = await site.As(Role.Analyst, "measurers");
        foreach (string origin in forwarded)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/reports");
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", origin);
            request.Content = new StringContent(
                """{"place":{"country":"SD"},"state":"down"}""",
                Encoding.UTF8,
                "application/json"
            );
            using HttpResponseMessage answer = await site.Stranger.SendAsync(request, Cancel);
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        }

        Answered list = await analyst.Get("reports");
        List<string> hands =
        [
            .. list.Body!["items"]!
                .AsArray()
                .Select(item => item!["state"]!["hand"]!.GetValue<string>()),
        ];
        Assert.Equal(forwarded.Length, hands.Count);
        return hands;
    }

    private static async Task<TcpClient> Connect(ApiSite site, string request)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, site.Address.Port, Cancel);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), Cancel);
        return client;
    }
}
