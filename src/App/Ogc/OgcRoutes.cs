using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Breakwater.App.Api;
using Breakwater.Publications.OpenData;
using Breakwater.Vocabulary;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.App.Ogc;

/// <summary>
/// OGC API - Features - Part 1 (17-069r4): Core, GeoJSON and OpenAPI 3.0. It stands at <c>/ogc</c>, because <c>/</c> is the page that
/// people read; the standard leaves the root to the server. Links are absolute, as the reader addressed this node: readers that others wrote follow no relative ones.
/// </summary>
internal sealed class OgcRoutes(Collections collections, Callers callers, IClock clock)
{
    public const string Root = "/ogc";
    public const string Json = "application/json";
    private const string Core = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/";

    /// <summary>Every parameter that there is; another is refused (requirement 7, query-param-unknown).</summary>
    private static readonly string[] _ofItems = ["bbox", "datetime", "limit", "offset"];

    public void Map(IEndpointRouteBuilder site)
    {
        Get(site, Root, "landing", Json, Landing);
        Get(site, $"{Root}/conformance", "conformance", Json, Conformance);
        Get(site, $"{Root}/api", "description", OgcDescription.MediaType, Describe);
        Get(site, $"{Root}/collections", "collections", Json, List);
        Get(site, $"{Root}/collections/{{id}}", "collection", Json, One);
        Get(site, $"{Root}/collections/{{id}}/items", "items", GeoJson.MediaType, Items);
        Get(site, $"{Root}/collections/{{id}}/items/{{feature}}", "item", GeoJson.MediaType, Item);
        Unserved.Map(site, Root);
    }

    private static void Get(
        IEndpointRouteBuilder site,
        string path,
        string name,
        string type,
        Func<HttpContext, Task> answer
    ) =>
        Serving
            .Get(
                site,
                path,
                context =>
                    name != "items" && context.Request.Query.Count > 0
                        ? Problem.Query("This address takes no parameters.").Send(context)
                        : answer(context)
            )
            .WithMetadata(new Described(null, null, $"ogc-{name}"))
            .WithMetadata(
                new ProducesResponseTypeMetadata(
                    StatusCodes.Status200OK,
                    typeof(JsonElement),
                    // A client that takes any JSON takes these, and one that names the older type means the same.
                    [type, Json]
                )
            )
            .ExcludeFromDescription();

    private Task Landing(HttpContext context) =>
        Send(
            context,
            Json,
            writer =>
            {
                writer.WriteString("title"u8, "Breakwater open data");
                writer.WriteString(
                    "description"u8,
                    "Disruptions of connectivity and their measured restorations, as far as the reader may see them, with shapes no finer than a country."
                );
                OgcJson.Links(
                    writer,
                    context,
                    ("self", Root, Json, "This page"),
                    ("service-desc", $"{Root}/api", OgcDescription.MediaType, "OpenAPI 3.0"),
                    ("conformance", $"{Root}/conformance", Json, "What it conforms to"),
                    ("data", $"{Root}/collections", Json, "The collections")
                );
            }
        );

    private Task Conformance(HttpContext context) =>
        Send(
            context,
            Json,
            writer =>
            {
                writer.WriteStartArray("conformsTo"u8);
                foreach (string name in (string[])["core", "geojson", "oas30"])
                {
                    writer.WriteStringValue(Core + name);
                }

                writer.WriteEndArray();
            }
        );

    private async Task Describe(HttpContext context)
    {
        string[] ids = [.. (await Seen(context).ConfigureAwait(false)).Select(each => each.Id)];
        Representation.ForOneReader(context.Response);
        context.Response.ContentType = OgcDescription.MediaType;
        await context
            .Response.Body.WriteAsync(OgcDescription.Of(ids), context.RequestAborted)
            .ConfigureAwait(false);
    }

    private async Task List(HttpContext context)
    {
        IReadOnlyList<FeatureCollection> seen = await Seen(context).ConfigureAwait(false);
        await Send(
                context,
                Json,
                writer =>
                {
                    OgcJson.Links(
                        writer,
                        context,
                        ("self", $"{Root}/collections", Json, "This list")
                    );
                    writer.WriteStartArray("collections"u8);
                    foreach (FeatureCollection each in seen)
                    {
                        writer.WriteStartObject();
                        OgcJson.Write(writer, context, each);
                        writer.WriteEndObject();
                    }

                    writer.WriteEndArray();
                }
            )
            .ConfigureAwait(false);
    }

    private async Task One(HttpContext context)
    {
        if (await Find(context).ConfigureAwait(false) is not var (collection, _))
        {
            await Problem.NotFound.Send(context).ConfigureAwait(false);
            return;
        }

        await Send(context, Json, writer => OgcJson.Write(writer, context, collection))
            .ConfigureAwait(false);
    }

    private async Task Items(HttpContext context)
    {
        if (await Find(context).ConfigureAwait(false) is not var (collection, features))
        {
            await Problem.NotFound.Send(context).ConfigureAwait(false);
            return;
        }

        IQueryCollection asked = context.Request.Query;
        if (
            asked.Any(parameter =>
                !_ofItems.Contains(parameter.Key, StringComparer.Ordinal)
                || parameter.Value is not [{ Length: > 0 and <= 200 }]
            )
        )
        {
            await Problem
                .Query(
                    $"The parameters are {string.Join(", ", _ofItems)}, each once and with a value."
                )
                .Send(context)
                .ConfigureAwait(false);
            return;
        }

        (FeatureQuery? query, string? whyNot) = FeatureQuery.Read(
            asked["bbox"],
            asked["datetime"],
            asked["limit"]
        );
        int offset = 0;
        if (
            query is not null
            && asked["offset"].ToString() is { Length: > 0 } place
            && !int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out offset)
        )
        {
            whyNot = "offset is part of the 'next' of an earlier page.";
        }

        if (query is null || whyNot is not null)
        {
            await Problem.Query(whyNot!).Send(context).ConfigureAwait(false);
            return;
        }

        Feature[] matched = [.. features.Where(query.Takes)];
        Feature[] page = [.. matched.Skip(offset).Take(query.Limit)];
        await Send(
                context,
                GeoJson.MediaType,
                GeoJson.Write(
                    page,
                    writer =>
                        Around(writer, context, collection, matched.Length, page.Length, offset)
                )
            )
            .ConfigureAwait(false);
    }

    private async Task Item(HttpContext context)
    {
        string id = (string)context.Request.RouteValues["feature"]!;
        if (
            await Find(context).ConfigureAwait(false) is not var (collection, features)
            || features.FirstOrDefault(feature => feature.Id == id) is not { } found
        )
        {
            await Problem.NotFound.Send(context).ConfigureAwait(false);
            return;
        }

        string path = $"{Root}/collections/{collection.Id}";
        await Send(
                context,
                GeoJson.MediaType,
                GeoJson.Write(
                    found,
                    writer =>
                        OgcJson.Links(
                            writer,
                            context,
                            (
                                "self",
                                $"{path}/items/{Uri.EscapeDataString(id)}",
                                GeoJson.MediaType,
                                "This feature"
                            ),
                            ("collection", path, Json, collection.Title)
                        )
                )
            )
            .ConfigureAwait(false);
    }

    private void Around(
        Utf8JsonWriter writer,
        HttpContext context,
        FeatureCollection collection,
        int matched,
        int returned,
        int offset
    )
    {
        writer.WriteString("timeStamp"u8, InstantPattern.General.Format(clock.GetCurrentInstant()));
        writer.WriteNumber("numberMatched"u8, matched);
        writer.WriteNumber("numberReturned"u8, returned);
        string path = $"{Root}/collections/{collection.Id}";
        string items = $"{path}/items";
        var links = new List<(string, string, string, string)>
        {
            ("self", items + context.Request.QueryString, GeoJson.MediaType, "This page"),
            ("collection", path, Json, collection.Title),
        };
        if (offset + returned < matched && returned > 0)
        {
            var next = QueryString.Create(
                context
                    .Request.Query.Where(parameter => parameter.Key != "offset")
                    .Select(parameter =>
                        KeyValuePair.Create(parameter.Key, (string?)parameter.Value.ToString())
                    )
                    .Append(
                        KeyValuePair.Create(
                            "offset",
                            (string?)(offset + returned).ToString(CultureInfo.InvariantCulture)
                        )
                    )
            );
            links.Add(("next", items + next, GeoJson.MediaType, "The page behind this one"));
        }

        OgcJson.Links(writer, context, [.. links]);
    }

    /// <summary>The collections that are there for this reader.</summary>
    private async Task<IReadOnlyList<FeatureCollection>> Seen(HttpContext context)
    {
        var seen = new List<FeatureCollection>();
        foreach (FeatureCollection collection in Collections.All)
        {
            if (
                collection.IsAlways
                || (await Features(context, collection).ConfigureAwait(false)).Count > 0
            )
            {
                seen.Add(collection);
            }
        }

        return seen;
    }

    /// <summary>A collection of which the reader may see nothing looks like one that is not there.</summary>
    private async Task<(FeatureCollection Collection, IReadOnlyList<Feature> Features)?> Find(
        HttpContext context
    )
    {
        string id = (string)context.Request.RouteValues["id"]!;
        if (Collections.All.FirstOrDefault(each => each.Id == id) is not { } collection)
        {
            return null;
        }

        IReadOnlyList<Feature> features = await Features(context, collection).ConfigureAwait(false);
        return collection.IsAlways || features.Count > 0 ? (collection, features) : null;
    }

    private async Task<IReadOnlyList<Feature>> Features(
        HttpContext context,
        FeatureCollection collection
    )
    {
        Reader reader = (await callers.Of(context).ConfigureAwait(false)).ReaderOf(collection.Kind);
        return (
            await collections.Of(collection, reader, context.RequestAborted).ConfigureAwait(false)
        ).All;
    }

    private static Task Send(HttpContext context, string type, Action<Utf8JsonWriter> write)
    {
        var octets = new ArrayBufferWriter<byte>(2048);
        using (var writer = new Utf8JsonWriter(octets))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return Send(context, type, octets.WrittenSpan.ToArray());
    }

    private static Task Send(HttpContext context, string type, byte[] octets)
    {
        Representation.ForOneReader(context.Response);
        context.Response.ContentType = type;
        return context.Response.Body.WriteAsync(octets, context.RequestAborted).AsTask();
    }
}
