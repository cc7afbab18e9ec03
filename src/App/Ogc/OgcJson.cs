using System.Text.Json;
using Breakwater.Publications.OpenData;

namespace Breakwater.App.Ogc;

/// <summary>What the documents of the interface have in common: a collection told of, and links.</summary>
internal static class OgcJson
{
    private const string Crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

    public static void Write(
        Utf8JsonWriter writer,
        HttpContext context,
        FeatureCollection collection
    )
    {
        string path = $"{OgcRoutes.Root}/collections/{collection.Id}";
        writer.WriteString("id"u8, collection.Id);
        writer.WriteString("title"u8, collection.Title);
        writer.WriteString("description"u8, collection.Description);
        writer.WriteString("itemType"u8, "feature"u8);
        writer.WriteStartArray("crs"u8);
        writer.WriteStringValue(Crs84);
        writer.WriteEndArray();
        // Of the whole earth, and not of what is in it: an extent that moves would tell of what is hidden.
        writer.WriteStartObject("extent"u8);
        writer.WriteStartObject("spatial"u8);
        writer.WriteStartArray("bbox"u8);
        writer.WriteStartArray();
        foreach (int edge in (int[])[-180, -90, 180, 90])
        {
            writer.WriteNumberValue(edge);
        }

        writer.WriteEndArray();
        writer.WriteEndArray();
        writer.WriteString("crs"u8, Crs84);
        writer.WriteEndObject();
        writer.WriteEndObject();
        Links(
            writer,
            context,
            ("self", path, OgcRoutes.Json, collection.Title),
            ("items", $"{path}/items", GeoJson.MediaType, collection.Title)
        );
    }

    public static void Links(
        Utf8JsonWriter writer,
        HttpContext context,
        params IReadOnlyList<(string Rel, string Href, string Type, string Title)> links
    )
    {
        writer.WriteStartArray("links"u8);
        foreach ((string rel, string href, string type, string title) in links)
        {
            writer.WriteStartObject();
            writer.WriteString(
                "href"u8,
                $"{context.Request.Scheme}://{context.Request.Host}{href}"
            );
            writer.WriteString("rel"u8, rel);
            writer.WriteString("type"u8, type);
            writer.WriteString("title"u8, title);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
