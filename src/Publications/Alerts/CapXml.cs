using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Breakwater.Vocabulary;
using NodaTime.Text;

namespace Breakwater.Publications.Alerts;

/// <summary>Alerts as documents of the Common Alerting Protocol (OASIS CAP 1.2), in UTF-8.</summary>
public static class CapXml
{
    public const string MediaType = "application/cap+xml";

    /// <summary>Networks that carry alerts drop larger ones, so none leaves.</summary>
    public const int OctetsMax = 900_000;

    /// <summary>What is aimed at: alerts of the bundled scenarios stay under it. A larger one leaves all the same.</summary>
    public const int OctetsAim = 100_000;

    public static XNamespace Namespace { get; } = "urn:oasis:names:tc:emergency:cap:1.2";

    /// <summary>Section 3.3.2: with an offset, and that of UTC is written -00:00.</summary>
    private static readonly InstantPattern _time = InstantPattern.CreateWithInvariantCulture(
        "uuuu-MM-dd'T'HH:mm:ss'-00:00'"
    );

    /// <summary>Without a signature; the node puts one on when two people released it.</summary>
    public static byte[] Write(Alert alert)
    {
        ArgumentNullException.ThrowIfNull(alert);
        XElement root = Of(
            "alert",
            Text("identifier", alert.Identifier),
            Text("sender", alert.Sender),
            Text("sent", _time.Format(alert.Sent)),
            Text("status", alert.Status.ToString()),
            Text("msgType", alert.Type.ToString()),
            Text("scope", "Public"),
            alert.Note is null ? null : Text("note", alert.Note),
            alert.References.Count == 0
                ? null
                : Text(
                    "references",
                    string.Join(
                        ' ',
                        alert.References.Select(each =>
                            $"{each.Sender},{each.Identifier},{_time.Format(each.Sent)}"
                        )
                    )
                ),
            alert.Infos.Select(Info)
        );
        using var octets = new MemoryStream();
        using (
            var writer = XmlWriter.Create(
                octets,
                new XmlWriterSettings
                {
                    Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
                    // A signature covers white space too, so there is none that a carrier could change.
                    Indent = false,
                }
            )
        )
        {
            new XDocument(root).Save(writer);
        }

        return octets.ToArray();
    }

    /// <summary>How later messages name this one; null when it is no alert of ours.</summary>
    public static AlertReference? ReferenceOf(ReadOnlySpan<byte> octets)
    {
        try
        {
            using var stream = new MemoryStream(octets.ToArray(), writable: false);
            using var reader = XmlReader.Create(
                stream,
                new XmlReaderSettings
                {
                    DtdProcessing = DtdProcessing.Prohibit,
                    XmlResolver = null,
                    MaxCharactersInDocument = OctetsMax,
                }
            );
            XElement root = XElement.Load(reader);
            return
                root.Name == Namespace + "alert"
                && root.Element(Namespace + "sender")?.Value is { } sender
                && root.Element(Namespace + "identifier")?.Value is { } identifier
                && _time.Parse(root.Element(Namespace + "sent")?.Value ?? "")
                    is { Success: true } sent
                && Enum.TryParse(root.Element(Namespace + "status")?.Value, out AlertStatus status)
                && Enum.IsDefined(status)
                ? new AlertReference(sender, identifier, sent.Value, status)
                : null;
        }
        // An encoding that nobody knows, or that is not offered for its dangers, is none of these alone.
        catch (Exception fault)
            when (fault is XmlException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static XElement Info(AlertInfo info) =>
        Of(
            "info",
            Text("language", info.Language),
            Text("category", info.Category),
            Text("event", info.Event),
            Text("urgency", info.Urgency),
            Text("severity", info.Severity),
            Text("certainty", info.Certainty),
            Text("effective", _time.Format(info.Onset > info.Expires ? info.Expires : info.Onset)),
            Text("onset", _time.Format(info.Onset)),
            Text("expires", _time.Format(info.Expires)),
            Text("senderName", info.SenderName),
            Text("headline", info.Headline),
            Text("description", info.Description),
            info.Instruction is null ? null : Text("instruction", info.Instruction),
            info.Area is null ? null : Area(info.Area)
        );

    private static XElement Area(AlertArea area) =>
        Of(
            "area",
            Text("areaDesc", area.Description),
            area.Boxes.Select(box => Text("polygon", Polygon(box))),
            Geocode("ISO3166-1", area.Country),
            area.Pcodes.Select(code => Geocode("P-code", code))
        );

    /// <summary>Section 3.2.4: latitude,longitude, and the last point is the first.</summary>
    private static string Polygon(LatLonBox box) =>
        string.Join(
            ' ',
            new (double Latitude, double Longitude)[]
            {
                (box.South, box.West),
                (box.South, box.East),
                (box.North, box.East),
                (box.North, box.West),
                (box.South, box.West),
            }.Select(point =>
                string.Create(CultureInfo.InvariantCulture, $"{point.Latitude},{point.Longitude}")
            )
        );

    private static XElement Geocode(string name, string value) =>
        Of("geocode", Text("valueName", name), Text("value", value));

    private static XElement Text(string name, string text) =>
        new(Namespace + name, new XText(Spoken.Xml(text)));

    private static XElement Of(string name, params object?[] content) =>
        new(Namespace + name, content);
}
