using System.Buffers;
using System.Text.Json;
using Breakwater.Vocabulary;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.Publications.OpenData;

/// <summary>Features as GeoJSON (RFC 7946) in longitude and latitude, which is CRS84.</summary>
public static class GeoJson
{
    public const string MediaType = "application/geo+json";

    /// <summary>One feature. <paramref name="links"/> writes what goes with it where it is served.</summary>
    public static byte[] Write(Feature feature, Action<Utf8JsonWriter>? links = null) =>
        Written(writer => Write(writer, feature, links));

    /// <summary>A collection; <paramref name="around"/> writes its other members.</summary>
    public static byte[] Write(
        IReadOnlyList<Feature> features,
        Action<Utf8JsonWriter>? around = null
    ) =>
        Written(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "FeatureCollection"u8);
            around?.Invoke(writer);
            writer.WriteStartArray("features"u8);
            foreach (Feature feature in features)
            {
                Write(writer, feature, null);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });

    internal static byte[] Written(Action<Utf8JsonWriter> write)
    {
        var octets = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(octets))
        {
            write(writer);
        }

        return octets.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, Feature feature, Action<Utf8JsonWriter>? links)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "Feature"u8);
        writer.WriteString("id"u8, feature.Id);
        Geometry(writer, feature.Shape);
        writer.WriteStartObject("properties"u8);
        foreach ((string name, object? value) in feature.Properties)
        {
            writer.WritePropertyName(name);
            Value(writer, value);
        }

        writer.WriteEndObject();
        links?.Invoke(writer);
        writer.WriteEndObject();
    }

    /// <summary>RFC 7946 section 3.2: what lies nowhere says null, and section 3.1.9: nothing crosses 180 degrees.</summary>
    private static void Geometry(Utf8JsonWriter writer, CoarseShape? shape)
    {
        if (shape is null)
        {
            writer.WriteNull("geometry"u8);
            return;
        }

        writer.WriteStartObject("geometry"u8);
        writer.WriteString("type"u8, "MultiPolygon"u8);
        writer.WriteStartArray("coordinates"u8);
        foreach (LatLonBox box in shape.Boxes)
        {
            writer.WriteStartArray();
            writer.WriteStartArray();
            // Counter-clockwise, as section 3.1.6 asks of an exterior ring.
            Position(writer, box.West, box.South);
            Position(writer, box.East, box.South);
            Position(writer, box.East, box.North);
            Position(writer, box.West, box.North);
            Position(writer, box.West, box.South);
            writer.WriteEndArray();
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Position(Utf8JsonWriter writer, double longitude, double latitude)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(longitude);
        writer.WriteNumberValue(latitude);
        writer.WriteEndArray();
    }

    private static void Value(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            case Instant at:
                writer.WriteStringValue(InstantPattern.General.Format(at));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(value), value, null);
        }
    }
}
