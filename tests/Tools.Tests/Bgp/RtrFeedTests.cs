using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Breakwater.Bgp;
using Breakwater.Feeds;
using NodaTime;
using Xunit;

namespace Breakwater.Tests.Bgp;

/// <summary>Reading from a cache over TCP: hostile ones of our own, and StayRTR as Debian packages it.</summary>
public sealed class RtrFeedTests
{
    private static readonly RtrFeedTimes _quick = new()
    {
        BackoffMin = TimeSpan.FromMilliseconds(10),
        BackoffMax = TimeSpan.FromMilliseconds(50),
    };

    [Theory]
    [InlineData("192.0.2.1:8282", "192.0.2.1", 8282)]
    [InlineData("cache.example", "cache.example", 323)]
    [InlineData("[2001:db8::1]:99", "2001:db8::1", 99)]
    [InlineData("[2001:db8::1]", "2001:db8::1", 323)]
    [InlineData("2001:db8::1", "2001:db8::1", 323)]
    public void Addresses_of_caches_are_read(string text, string host, int port)
    {
        Assert.True(RtrEndpoint.TryParse(text, out RtrEndpoint endpoint));
        Assert.Equal(new RtrEndpoint(host, port), endpoint);
    }

    [Theory]
    [InlineData("")]
    [InlineData(":323")]
    [InlineData("host:0")]
    [InlineData("host:65536")]
    [InlineData("host:x")]
    [InlineData("[]:1")]
    public void What_is_no_address_is_refused(string text) =>
        Assert.False(RtrEndpoint.TryParse(text, out _));

    [Theory]
    // Text of another protocol, a length that lies, a prefix out of turn, nothing at all.
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", "version 72 is unknown")]
    [InlineData("\u0001\u0003\u0000\u0000\u007F\u0000\u0000\u0000", "claims 2130706432 octets")]
    [InlineData("\u0001\u0007\u0000\u0000\u0000\u0000\u0000\u0018aaaabbbbccccdddd", "out of turn")]
    [InlineData("", "closed the connection")]
    public async Task A_cache_that_talks_nonsense_is_left_and_tried_again(
        string answer,
        string expected
    )
    {
        using var cache = new OwnCache(
            async (stream, _) =>
                await stream.WriteAsync(answer.Select(letter => (byte)letter).ToArray())
        );
        List<RtrReport> reports = await Collect(cache.Endpoint, 2, new RtrLimits());
        Assert.All(reports, report => Assert.False(report.HasData));
        Assert.Contains(expected, reports[0].Trouble, StringComparison.Ordinal);
        Assert.True(cache.Connections >= 2);
    }

    [Fact]
    public async Task A_cache_that_never_ends_is_left_at_the_limit()
    {
        using var cache = new OwnCache(
            async (stream, cancellation) =>
            {
                var octets = new System.Buffers.ArrayBufferWriter<byte>();
                RtrWriter.CacheResponse(octets, 1, 7);
                for (
                    uint number = 0;
                    number < 100_000 && !cancellation.IsCancellationRequested;
                    number++
                )
                {
                    RtrWriter.Prefix(
                        octets,
                        1,
                        new Vrp(
                            IpPrefixes.Of("10.0.0.0/8"),
                            8,
                            new Breakwater.Vocabulary.Asn(number)
                        ),
                        isAnnouncement: true
                    );
                    if (octets.WrittenCount > 10_000)
                    {
                        await stream.WriteAsync(octets.WrittenMemory, cancellation);
                        octets.ResetWrittenCount();
                    }
                }
            }
        );
        List<RtrReport> reports = await Collect(
            cache.Endpoint,
            1,
            new RtrLimits { VrpsMax = 1000 }
        );
        Assert.Contains("more than 1000 VRPs", reports[0].Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cache_that_says_nothing_is_left_after_a_while()
    {
        using var cache = new OwnCache(
            async (_, cancellation) => await Task.Delay(Timeout.Infinite, cancellation)
        );
        List<RtrReport> reports = await Collect(
            cache.Endpoint,
            1,
            new RtrLimits { AnswerMax = Duration.FromMilliseconds(200) }
        );
        Assert.Contains("no complete answer", reports[0].Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cache_that_is_not_there_is_trouble_and_no_statement()
    {
        List<RtrReport> reports = await Collect(
            new RtrEndpoint("127.0.0.1", FreePort()),
            2,
            new RtrLimits()
        );
        Assert.All(
            reports,
            report => Assert.Contains("cannot be reached", report.Trouble, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task StayRTR_is_read_and_its_changes_followed(byte version)
    {
        const string program = "/usr/bin/stayrtr";
        Assert.SkipUnless(
            File.Exists(program),
            "stayrtr is not installed (Debian package stayrtr)"
        );
        string folder = Directory.CreateTempSubdirectory("rtr").FullName;
        string file = Path.Combine(folder, "vrps.json");
        int port = FreePort();
        await File.WriteAllTextAsync(file, Json("192.0.2.0/24", "2001:db8::/32"));
        using var process = Process.Start(
            new ProcessStartInfo(program)
            {
                ArgumentList =
                {
                    "-cache",
                    file,
                    "-checktime=false",
                    "-bind",
                    $"127.0.0.1:{port}",
                    "-metrics.addr",
                    $"127.0.0.1:{FreePort()}",
                    "-refresh",
                    "1",
                },
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            }
        )!;
        process.ErrorDataReceived += (_, _) => { };
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            var feed = new RtrFeed(
                new RtrEndpoint("127.0.0.1", port),
                TimeProvider.System,
                version,
                times: _quick
            );
            var updates = new List<RtrReport>();
            await foreach (RtrReport report in feed.Reports(limit.Token))
            {
                if (report.Data is null)
                {
                    continue;
                }

                updates.Add(report);
                if (updates.Count == 1)
                {
                    await File.WriteAllTextAsync(file, Json("192.0.2.0/24", "198.51.100.0/24"));
                }
                else
                {
                    break;
                }
            }

            Assert.Equal(2, updates.Count);
            Assert.Equal(
                "192.0.2.0/24 to /28 by AS64496, 2001:db8::/32 to /48 by AS64496",
                string.Join(", ", updates[0].Data!.Vrps)
            );
            Assert.Equal(
                "192.0.2.0/24 to /28 by AS64496, 198.51.100.0/24 to /28 by AS64496",
                string.Join(", ", updates[1].Data!.Vrps)
            );
            Assert.Equal(
                "198.51.100.0/24",
                Assert.Single(updates[1].Delta!.Announced).Prefix.ToString()
            );
            Assert.Equal(
                "2001:db8::/32",
                Assert.Single(updates[1].Delta!.Withdrawn).Prefix.ToString()
            );
            if (version == 2)
            {
                Assert.Equal(
                    [64499u, 64500u],
                    Assert.Single(updates[0].Data!.Aspas).Providers.Select(one => one.Number)
                );
            }
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Json(params string[] prefixes) =>
        "{\"metadata\":{\"buildtime\":\"2026-01-01T00:00:00Z\"},\"roas\":["
        + string.Join(
            ",",
            prefixes.Select(prefix =>
                $"{{\"asn\":64496,\"prefix\":\"{prefix}\",\"maxLength\":{(prefix.Contains(':', StringComparison.Ordinal) ? 48 : 28).ToString(CultureInfo.InvariantCulture)},\"ta\":\"test\",\"expires\":4000000000}}"
            )
        )
        + "],\"bgpsec_keys\":[],\"provider_authorizations\":{\"ipv4\":[{\"customer_asid\":64498,\"providers\":[64499,64500]}],\"ipv6\":[{\"customer_asid\":64498,\"providers\":[64499]}]}}";

    private static async Task<List<RtrReport>> Collect(
        RtrEndpoint cache,
        int count,
        RtrLimits limits
    )
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var reports = new List<RtrReport>();
        await foreach (
            RtrReport report in new RtrFeed(
                cache,
                TimeProvider.System,
                limits: limits,
                times: _quick
            ).Reports(limit.Token)
        )
        {
            reports.Add(report);
            if (reports.Count == count)
            {
                break;
            }
        }

        Assert.Equal(count, reports.Count);
        return reports;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A cache that reads the query and then does what it is told.</summary>
    private sealed class OwnCache : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource stop = new();
        private int connections;

        public OwnCache(Func<NetworkStream, CancellationToken, Task> behave)
        {
            listener.Start();
            _ = Serve(behave);
        }

        public RtrEndpoint Endpoint => new("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);

        public int Connections => Volatile.Read(ref connections);

        public void Dispose()
        {
            stop.Cancel();
            listener.Dispose();
            stop.Dispose();
        }

        private async Task Serve(Func<NetworkStream, CancellationToken, Task> behave)
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    using TcpClient client = await listener.AcceptTcpClientAsync(stop.Token);
                    Interlocked.Increment(ref connections);
                    NetworkStream stream = client.GetStream();
                    await stream.ReadExactlyAsync(new byte[8], stop.Token);
                    await behave(stream, stop.Token);
                }
                catch (Exception e)
                    when (e
                            is IOException
                                or OperationCanceledException
                                or SocketException
                                or ObjectDisposedException
                    )
                {
                    // The reader hung up, which is what it should do; or the test is over.
                }
            }
        }
    }
}
