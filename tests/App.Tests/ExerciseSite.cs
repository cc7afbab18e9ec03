using System.Net;
using System.Security.Cryptography;
using Breakwater.App.Accounts;
using Breakwater.App.Api;
using Breakwater.App.Exercises;
using Breakwater.App.Sealing;
using Breakwater.Feeds;
using Breakwater.Feeds.Injects;
using Breakwater.Ledger.Sealing;
using Breakwater.Preparedness.Exercises;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>Real time that a test lets pass.</summary>
internal sealed class HandTime : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    public void Pass(Duration real) =>
        Interlocked.Add(ref _ticks, (long)(real.TotalNanoseconds / 100));
}

/// <summary>An exercise with its pages on a free loopback port. Real time passes when a test says so.</summary>
internal sealed class ExerciseSite : IAsyncDisposable
{
    private readonly List<Visitor> _visitors = [];
    private readonly Dictionary<string, Visitor> _players = [];
    private WebApplication _server;

    private ExerciseSite(string folder, HandTime time, ExerciseNode node, WebApplication server) =>
        (Folder, Time, Node, _server) = (folder, time, node, server);

    public string Folder { get; }

    public HandTime Time { get; }

    public ExerciseNode Node { get; private set; }

    public Uri Address => new(_server.Urls.First());

    public Conducting Conducting => _server.Services.GetRequiredService<Conducting>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static Scenario Sudan { get; } = BundledScenarios.Read("sudan-2024-02").Scenario!;

    public static InjectPlan Plan { get; } =
        InjectsReader
            .Read(System.IO.Path.Combine(BundledScenarios.Folder, "sudan-2024-02"), Sudan)
            .Plan!;

    public static async Task<ExerciseSite> Start(ExerciseAsked? asked = null)
    {
        string folder = DataFolder.Fresh();
        await Founded.Do(folder, asked ?? new ExerciseAsked(Sudan, Plan, 1_000), Cancel);
        var time = new HandTime();
        ExerciseNode node = await ExerciseNode.Open(folder, time);
        (Custody custody, _) = Custody.Found(
            ["custodian-1", "custodian-2"],
            2,
            RandomNumberGenerator.GetBytes(Custody.RandomOctets(2))
        );
        Assert.True(await CustodyOnRecord.Found(node.Records, custody, Cancel));
        return new ExerciseSite(folder, time, node, await Serve(folder, node));
    }

    /// <summary>The node stops, another begins where it stood.</summary>
    /// <param name="isKilled">True for a node that could say nothing before.</param>
    public async Task Restart(bool isKilled)
    {
        if (!isKilled)
        {
            Assert.Null(await Conducting.Stop());
        }

        await _server.End();
        await Node.DisposeAsync();
        Node = await ExerciseNode.Open(Folder, Time);
        _server = await Serve(Folder, Node);
    }

    /// <summary>Every address of the running server that is read, with an id where it wants one.</summary>
    public IEnumerable<string> Addresses() =>
        _server
            .Services.GetRequiredService<Microsoft.AspNetCore.Routing.EndpointDataSource>()
            .Endpoints.OfType<Microsoft.AspNetCore.Routing.RouteEndpoint>()
            .Where(endpoint =>
                endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.IHttpMethodMetadata>()
                    is not { } methods
                || methods.HttpMethods.Contains("GET")
            )
            .Select(endpoint => endpoint.RoutePattern.RawText ?? "")
            // Follows changes for as long as somebody reads.
            .Where(pattern => !pattern.Contains("changes", StringComparison.Ordinal))
            .Select(pattern =>
                System.Text.RegularExpressions.Regex.Replace(
                    "/" + pattern.TrimStart('/'),
                    "\\{[^}]*\\}",
                    "x1"
                )
            )
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);

    public async Task<ExerciseRun> Run() => (await ExerciseNode.RunOf(Node.Records))!;

    /// <summary>Lets scenario time pass as its clock runs, and does what is due.</summary>
    public async Task Pass(Duration scenario)
    {
        Time.Pass(scenario / (double)Node.Clock.Speed);
        await Conducting.Once(Cancel);
        await Conducting.Detect(Cancel);
    }

    public Visitor Stranger()
    {
        var visitor = new Visitor(Address);
        _visitors.Add(visitor);
        return visitor;
    }

    /// <summary>A player at the pages, signed in.</summary>
    public async Task<Visitor> As(string person)
    {
        if (!_players.TryGetValue(person, out Visitor? player))
        {
            _players[person] = player = Stranger();
            using HttpResponseMessage made = await player.Register(person);
            Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        }

        return player;
    }

    /// <summary>An act of those who run it, on their page.</summary>
    public async Task Control(string act, params (string Name, string Value)[] fields)
    {
        Visitor control = await As("control-1");
        using HttpResponseMessage sent = await control.Send(
            "/exercise/control",
            $"/exercise/control/{act}",
            fields
        );
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        Assert.DoesNotContain("why=", sent.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Visitor visitor in _visitors)
        {
            visitor.Dispose();
        }

        await _server.End();
        await Node.DisposeAsync();
        Ending.Remove(Folder);
    }

    private static async Task<WebApplication> Serve(string folder, ExerciseNode node)
    {
        WebApplication server = App.Pages.Site.Build(
            node.Records,
            "http://127.0.0.1:0",
            new AccountSettings(folder)
            {
                Limits = new AccountLimits(SignIns: 1000, Registrations: 1000),
            },
            new ApiSettings(node.Clock, 1_000_000)
            {
                LooksEvery = null,
                Trouble = TextWriter.Null,
                Exercise = node,
            }
        );
        await server.StartAsync(Cancel);
        return server;
    }
}
