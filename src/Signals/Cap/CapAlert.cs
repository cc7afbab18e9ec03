using System.Xml;
using System.Xml.Linq;
using NodaTime;

namespace Breakwater.Signals.Cap;

/// <summary>
/// One message of the Common Alerting Protocol (OASIS CAP 1.2, section 3). Only what Breakwater uses is read: descriptions, contacts and
/// instructions often name people and are not kept.
/// </summary>
internal sealed record CapAlert(
    string Identifier,
    string Sender,
    Instant Sent,
    string Status,
    string Kind,
    string Scope,
    IReadOnlyList<string> References,
    IReadOnlyList<CapInfo> Infos,
    int FirstLine,
    int LastLine
)
{
    private const int InfosMax = 100;

    /// <summary>How other messages refer to this one: sender, identifier and time of sending (section 3.2.1, references).</summary>
    public string Key => KeyOf(Sender, Identifier);

    public static string KeyOf(string sender, string identifier) => $"{sender},{identifier}";

    /// <summary>Null, with the reason, when a member is missing that section 3.2.1 requires.</summary>
    public static (CapAlert? Alert, string? Fault) Of(XElement element)
    {
        string? identifier = Text(element, "identifier", 200);
        string? sender = Text(element, "sender", 200);
        string? status = Text(element, "status", 40);
        string? kind = Text(element, "msgType", 40);
        Instant? sent = Time(element, "sent");
        if (identifier is null || sender is null || status is null || kind is null || sent is null)
        {
            return (
                null,
                "identifier, sender, sent, status or msgType is missing or no value of CAP"
            );
        }

        return (
            new CapAlert(
                identifier,
                sender,
                sent.Value,
                status,
                kind,
                Text(element, "scope", 40) ?? "",
                Referred(Text(element, "references", 4_000)),
                [
                    .. element
                        .Elements()
                        .Where(child => child.Name.LocalName == "info")
                        .Take(InfosMax)
                        .Select(CapInfo.Of),
                ],
                Line(element),
                Math.Max(Line(element), element.Descendants().Select(Line).DefaultIfEmpty().Max())
            ),
            null
        );
    }

    public static string? Text(XElement element, string name, int length) =>
        element.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value is { } text
        && Wording.Shorten(text.Length > 20_000 ? text[..20_000] : text, length)
            is { Length: > 0 } line
            ? line
            : null;

    public static Instant? Time(XElement element, string name) =>
        Text(element, name, 64) is { } text ? Times.OfText(text) : null;

    public static int Line(XElement element) => ((IXmlLineInfo)element).LineNumber;

    /// <summary><c>sender,identifier,sent</c>, separated by white space.</summary>
    private static string[] Referred(string? text) =>
        [
            .. (text ?? "")
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(reference => reference.Split(','))
                .Where(parts => parts.Length >= 2)
                .Select(parts => KeyOf(parts[0], parts[1])),
        ];
}

/// <summary>What a message says in one language about one event.</summary>
internal sealed record CapInfo(
    string Language,
    IReadOnlyList<string> Categories,
    string Event,
    IReadOnlyList<string> EventCodes,
    IReadOnlyList<string> ResponseTypes,
    string Urgency,
    string Severity,
    string Certainty,
    Instant? Onset,
    Instant? Effective,
    Instant? Expires,
    string? SenderName,
    string? Headline,
    IReadOnlyList<CapArea> Areas
)
{
    private const int AreasMax = 200;

    public static CapInfo Of(XElement element) =>
        new(
            CapAlert.Text(element, "language", 40) ?? "en-US",
            All(element, "category"),
            CapAlert.Text(element, "event", 200) ?? "",
            [.. Pairs(element, "eventCode").Select(pair => pair.Value)],
            All(element, "responseType"),
            CapAlert.Text(element, "urgency", 40) ?? "Unknown",
            CapAlert.Text(element, "severity", 40) ?? "Unknown",
            CapAlert.Text(element, "certainty", 40) ?? "Unknown",
            CapAlert.Time(element, "onset"),
            CapAlert.Time(element, "effective"),
            CapAlert.Time(element, "expires"),
            CapAlert.Text(element, "senderName", 200),
            CapAlert.Text(element, "headline", 300),
            [
                .. element
                    .Elements()
                    .Where(child => child.Name.LocalName == "area")
                    .Take(AreasMax)
                    .Select(area => new CapArea(
                        CapAlert.Text(area, "areaDesc", 400) ?? "",
                        Pairs(area, "geocode"),
                        area.Elements()
                            .Count(child => child.Name.LocalName is "polygon" or "circle")
                    )),
            ]
        );

    private static string[] All(XElement element, string name) =>
        [
            .. element
                .Elements()
                .Where(child => child.Name.LocalName == name)
                .Take(20)
                .Select(child => Wording.Shorten(child.Value, 40)),
        ];

    private static (string Name, string Value)[] Pairs(XElement element, string name) =>
        [
            .. element
                .Elements()
                .Where(child => child.Name.LocalName == name)
                .Take(AreasMax)
                .Select(pair =>
                    (
                        CapAlert.Text(pair, "valueName", 80) ?? "",
                        CapAlert.Text(pair, "value", 80) ?? ""
                    )
                ),
        ];
}

/// <param name="Shapes">Polygons and circles, which are not kept: a place is as coarse as its name.</param>
internal sealed record CapArea(
    string Description,
    IReadOnlyList<(string Name, string Value)> Geocodes,
    int Shapes
);
