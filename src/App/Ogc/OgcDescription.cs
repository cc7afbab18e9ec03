using System.Text.Json;
using System.Text.Json.Nodes;
using Breakwater.Publications.OpenData;

namespace Breakwater.App.Ogc;

/// <summary>The OpenAPI 3.0 document of the features (17-069r4, requirements class oas30).</summary>
internal static class OgcDescription
{
    public const string MediaType = "application/vnd.oai.openapi+json;version=3.0";

    /// <param name="ids">Of the collections that are there for the reader.</param>
    public static byte[] Of(IReadOnlyList<string> ids)
    {
        var paths = new JsonObject
        {
            ["/"] = Get("landing", "The landing page", "application/json", []),
            ["/conformance"] = Get("conformance", "What it conforms to", "application/json", []),
            ["/collections"] = Get("collections", "The collections", "application/json", []),
        };
        foreach (string id in ids)
        {
            string path = $"/collections/{id}";
            paths[path] = Get(id, $"About {id}", "application/json", []);
            paths[$"{path}/items"] = Get(
                $"{id}.items",
                $"Features of {id}",
                GeoJson.MediaType,
                ["bbox", "datetime", "limit", "offset"],
                isRefused: true
            );
            paths[$"{path}/items/{{featureId}}"] = Get(
                $"{id}.item",
                $"One feature of {id}",
                GeoJson.MediaType,
                ["featureId"],
                isMissing: true
            );
        }

        return JsonSerializer.SerializeToUtf8Bytes(
            new JsonObject
            {
                ["openapi"] = "3.0.3",
                ["info"] = new JsonObject
                {
                    ["title"] = "Breakwater open data",
                    ["version"] = "1",
                    ["description"] =
                        "OGC API - Features. What is not for the reader is not there; shapes are no finer than a country.",
                },
                ["servers"] = new JsonArray(new JsonObject { ["url"] = OgcRoutes.Root }),
                ["paths"] = paths,
                ["components"] = new JsonObject
                {
                    ["parameters"] = Parameters(),
                    ["responses"] = new JsonObject
                    {
                        ["problem"] = Answer(
                            "What is wrong, and what to write",
                            "application/problem+json"
                        ),
                    },
                },
            }
        );
    }

    private static JsonObject Get(
        string id,
        string summary,
        string type,
        string[] parameters,
        bool isRefused = false,
        bool isMissing = false
    )
    {
        var responses = new JsonObject { ["200"] = Answer(summary, type) };
        foreach (
            string status in new[] { isRefused ? "400" : "", isMissing ? "404" : "", "500" }.Where(
                status => status.Length > 0
            )
        )
        {
            responses[status] = new JsonObject { ["$ref"] = "#/components/responses/problem" };
        }

        return new JsonObject
        {
            ["get"] = new JsonObject
            {
                ["operationId"] = id,
                ["summary"] = summary,
                ["parameters"] = new JsonArray([
                    .. parameters.Select(name => new JsonObject
                    {
                        ["$ref"] = $"#/components/parameters/{name}",
                    }),
                ]),
                ["responses"] = responses,
            },
        };
    }

    private static JsonObject Answer(string says, string type) =>
        new()
        {
            ["description"] = says,
            ["content"] = new JsonObject
            {
                [type] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "object" } },
            },
        };

    private static JsonObject Parameters() =>
        new()
        {
            ["featureId"] = Parameter(
                "featureId",
                "path",
                "Id of the feature",
                new JsonObject { ["type"] = "string" },
                isRequired: true
            ),
            ["bbox"] = Parameter(
                "bbox",
                "query",
                "west,south,east,north in degrees; west is greater than east across 180 degrees. What has no shape is in no box",
                new JsonObject
                {
                    ["type"] = "array",
                    // 17-069r4, requirement 22: four numbers, or six with heights.
                    ["minItems"] = 4,
                    ["maxItems"] = 6,
                    ["items"] = new JsonObject { ["type"] = "number" },
                }
            ),
            ["datetime"] = Parameter(
                "datetime",
                "query",
                "A moment, or two with a stroke between; '..' leaves a side open",
                new JsonObject { ["type"] = "string" }
            ),
            ["limit"] = Parameter(
                "limit",
                "query",
                "How many at once; more than the maximum gives the maximum",
                new JsonObject
                {
                    ["type"] = "integer",
                    ["minimum"] = 1,
                    ["maximum"] = FeatureQuery.LimitMax,
                    ["default"] = FeatureQuery.LimitDefault,
                }
            ),
            ["offset"] = Parameter(
                "offset",
                "query",
                "Part of the 'next' link",
                new JsonObject { ["type"] = "integer", ["minimum"] = 0 }
            ),
        };

    private static JsonObject Parameter(
        string name,
        string where,
        string says,
        JsonObject schema,
        bool isRequired = false
    ) =>
        new()
        {
            ["name"] = name,
            ["in"] = where,
            ["description"] = says,
            ["required"] = isRequired,
            ["schema"] = schema,
            ["style"] = where == "path" ? "simple" : "form",
            ["explode"] = false,
        };
}
