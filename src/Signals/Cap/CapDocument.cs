using System.Xml;
using System.Xml.Linq;
using Breakwater.Vocabulary;

namespace Breakwater.Signals.Cap;

/// <summary>The XML around alerts: no document types, no entities, nothing fetched, limits on size and depth.</summary>
internal static class CapDocument
{
    public const int BytesMax = 16 * 1024 * 1024;

    private const int DepthMax = 32;

    private const int AlertsMax = 10_000;

    private static readonly string[] _namespaces =
    [
        "urn:oasis:names:tc:emergency:cap:1.2",
        "urn:oasis:names:tc:emergency:cap:1.1",
    ];

    /// <summary>The alerts of a message or of a feed of messages; a fault when it cannot be read.</summary>
    public static IReadOnlyList<XElement> Alerts(SourceFile file, FaultList faults)
    {
        if (file.Content.Length > BytesMax)
        {
            faults.Add("", $"larger than {BytesMax / 1024 / 1024} MB", "Split the file");
            return [];
        }

        try
        {
            if (TooDeepAt(file) is { } line)
            {
                faults.Add(
                    $"line {line}",
                    $"deeper than {DepthMax} elements",
                    "Give a CAP message"
                );
                return [];
            }

            using XmlReader reader = Open(file);
            XDocument document = XDocument.Load(reader, LoadOptions.SetLineInfo);
            XElement[] alerts =
            [
                .. document
                    .Descendants()
                    .Where(element =>
                        element.Name.LocalName == "alert"
                        && _namespaces.Contains(element.Name.NamespaceName)
                    )
                    .Take(AlertsMax + 1),
            ];
            if (alerts.Length == 0)
            {
                faults.Add("line 1", "no alert of CAP 1.1 or 1.2", "Give a CAP message");
            }

            if (alerts.Length > AlertsMax)
            {
                faults.Add("end", $"more than {AlertsMax} alerts", "Split the file");
            }

            return [.. alerts.Take(AlertsMax)];
        }
        catch (Exception fault)
            when (fault is XmlException or ArgumentException or System.Text.DecoderFallbackException
            )
        {
            // The message of the reader may quote what a hostile document holds.
            int line = fault is XmlException xml ? Math.Max(1, xml.LineNumber) : 1;
            faults.Add(
                $"line {line}",
                "not well-formed XML, or it has a document type or entities, which are refused",
                "Correct the message"
            );
            return [];
        }
    }

    private static int? TooDeepAt(SourceFile file)
    {
        using XmlReader reader = Open(file);
        while (reader.Read())
        {
            if (reader.Depth > DepthMax)
            {
                return ((IXmlLineInfo)reader).LineNumber;
            }
        }

        return null;
    }

    private static XmlReader Open(SourceFile file) =>
        XmlReader.Create(
            new MemoryStream(file.Content.ToArray(), writable: false),
            new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                MaxCharactersInDocument = BytesMax,
                MaxCharactersFromEntities = 1024,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
            }
        );
}
