using System.Net;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Breakwater.Disruptions;
using Breakwater.Feeds;
using Breakwater.Ledger;
using Breakwater.Records;
using Breakwater.Vocabulary;
using Microsoft.AspNetCore.Builder;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>The real server on a free loopback port, over a store with one walk, hostile records and records nobody may see.</summary>
public sealed class PagesSite : IAsyncLifetime
{
    /// <summary>Stands in every record that the public may not see, and must stand in no answer.</summary>
    public const string Canary = "CANARY7f3a";

    private static readonly Place _sealedArea = Place.OfArea("SD", "Khartoum");

    public const string Hostile = "<script>alert('x')</script>\u202Eabc\" onload=\"y";

    private readonly List<WebApplication> _servers = [];
    private readonly List<SqlRecords> _stores = [];
    private readonly List<string> _folders = [];

    public HttpClient Http { get; private set; } = null!;

    /// <summary>Over a store in which nothing is recorded.</summary>
    public HttpClient Empty { get; private set; } = null!;

    /// <summary>Over a store that has gone away under the server.</summary>
    public HttpClient Broken { get; private set; } = null!;

    public IRecords Records => _stores[0];

    public async ValueTask InitializeAsync()
    {
        Http = await Serve();
        Scenario scenario = BundledScenarios.Read(BundledScenarios.Default).Scenario!;
        await Recording.Keep(Records, Walk.Run(scenario, PlanHand.None), CancellationToken.None);
        await Recording.Append(Records, "planted", [.. await Planted()], CancellationToken.None);
        Empty = await Serve();
        Broken = await Serve(DispatchProxy.Create<IRecords, Gone>());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Empty.Dispose();
        Broken.Dispose();
        foreach (WebApplication server in _servers)
        {
            await server.End();
        }

        foreach (SqlRecords store in _stores)
        {
            await store.DisposeAsync();
        }

        foreach (string folder in _folders)
        {
            Ending.Remove(folder);
        }
    }

    /// <summary>Ids of a kind, as recorded.</summary>
    public async Task<IReadOnlyList<string>> Ids(string kind)
    {
        var ids = new List<string>();
        await foreach (Product product in Records.Products(kind))
        {
            ids.Add(product.Id);
        }

        return ids;
    }

    private Task<HttpClient> Serve()
    {
        string folder = DataFolder.Fresh();
        _folders.Add(folder);
        SqlRecords records = DataFolder.Open(folder);
        _stores.Add(records);
        return Serve(records);
    }

    private async Task<HttpClient> Serve(IRecords records)
    {
        WebApplication server = Pages.Site.Build(
            records,
            "http://127.0.0.1:0",
            new Accounts.AccountSettings(_folders[^1])
        );
        _servers.Add(server);
        await server.StartAsync();
        return new HttpClient(
            new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All }
        )
        {
            BaseAddress = new Uri(server.Urls.First()),
        };
    }

    private async Task<IEnumerable<Draft>> Planted()
    {
        var planted = new List<Draft>
        {
            // Public, and written by somebody who means harm.
            await Copy("disruption", "disruption-hostile", Marking.Public, Hostile),
            await Copy("plan", "plan-hostile", Marking.Public, Hostile),
            // Not public: by the envelope, by the body, by an input, and by the narrower of two words.
            await Copy("disruption", "disruption-sealed", Marking.Sealed, Canary),
            await Copy("plan", "plan-sealed", Marking.Sealed, Canary),
            await Copy("publication", "pub-sealed", Marking.Sealed, Canary),
            await Copy("signal", $"signal-{Canary}", Marking.Sealed, Canary),
            await Copy(
                "disruption",
                "disruption-amber",
                new Marking(Distribution.Public, Tlp.Amber),
                Canary
            ),
            await Copy(
                "disruption",
                "disruption-sealed-inside",
                Marking.Public,
                Canary,
                Marking.Sealed
            ),
            await Copy(
                "disruption",
                "disruption-of-sealed",
                Marking.Public,
                Canary,
                inputs: [$"signal-{Canary}"]
            ),
            // A public sentence that was made from a sealed record: the sentence is shown, the record is not.
            ProductRecorded
                .Of(
                    "p-of-sealed-record",
                    "sentence",
                    new JsonObject { ["text"] = "Something is known." },
                    [$"signal-{Canary}", "disruption-sealed"]
                )
                .ToDraft(Marking.Public, "test"),
            // The feed of a sealed signal could not see; where it is said, it is named with its area.
            ProductRecorded
                .Of(
                    "blind-of-sealed",
                    "blind",
                    new Blind(
                        Blind.NameOf(Canary, _sealedArea),
                        Instant.FromUtc(2024, 2, 6, 0, 0),
                        Instant.FromUtc(2024, 3, 1, 0, 0),
                        "no samples"
                    ),
                    []
                )
                .ToDraft(Marking.Public, "test"),
        };
        return planted;
    }

    /// <summary>A recorded product under another id, every free text of it replaced.</summary>
    private async Task<Draft> Copy(
        string kind,
        string id,
        Marking marking,
        string text,
        Marking? inside = null,
        IReadOnlyList<string>? inputs = null
    )
    {
        Product product = (await Records.Product((await Ids(kind))[0]))!;
        JsonNode body = JsonNode.Parse(product.Body.GetRawText())!;
        if (kind is "disruption" or "plan")
        {
            body["id"] = id;
            body["marking"]!["distribution"] = inside is null
                ? "public"
                : inside.Distribution.ToString().ToLowerInvariant();
        }

        if (kind == "disruption")
        {
            body["network"] = text;
            body["notes"] = new JsonArray(text);
            body["links"] = new JsonArray(
                new JsonObject { ["relation"] = "follows", ["disruptionId"] = "disruption-sealed" }
            );
            foreach (JsonNode? source in body["sources"]!.AsArray())
            {
                source!["tag"] = text;
            }
        }

        if (kind == "plan")
        {
            body["option"] = text;
            body["harmNote"] = text;
            body["reasons"] = new JsonArray(text);
            body["worstServed"] = text;
        }

        if (kind == "publication")
        {
            body["title"] = text;
        }

        if (kind == "signal")
        {
            body["source"] = text;
            body["place"] = JsonSerializer.SerializeToNode(_sealedArea, Json.Compact);
        }

        return ProductRecorded
            .Of(id, kind, body, inputs ?? [])
            .ToDraft(marking, "test", product.Evidence);
    }
}

/// <summary>A store whose disk has gone: whatever is asked of it fails.</summary>
public class Gone : DispatchProxy
{
    private readonly Signer _signer = Signer.FromSeed(new byte[32]);

    /// <summary>Who it is, a node knows without its disk.</summary>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod?.Name == $"get_{nameof(IRecords.Node)}"
            ? _signer.Verifier
            : throw new RecordsFault(
                RecordsFaultKind.Corrupt,
                "the disk is gone",
                "canary-of-the-fault",
                "Bring it back"
            );
}
