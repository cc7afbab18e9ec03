using System.Text;
using System.Xml;
using System.Xml.Linq;
using Breakwater.App.Pages;
using Breakwater.Publications;
using Breakwater.Publications.Alerts;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.App.Publishing;

/// <summary>Feeds of what was published: RSS 2.0 of all, and an Atom index (RFC 4287) of whole CAP files.</summary>
/// <param name="node">Name of the node, by which entries are told apart everywhere.</param>
/// <param name="base">Address before every link, with a stroke at its end; empty for links that are relative to the feed.</param>
internal sealed class NewsFeeds(PublishedList list, string node, string @base)
{
    public const string Rss = "application/rss+xml";
    public const string Atom = "application/atom+xml";
    private const int EntriesMax = 200;
    private static readonly XNamespace _atom = "http://www.w3.org/2005/Atom";

    /// <summary>RFC 822 as RSS wants it.</summary>
    private static readonly InstantPattern _rssTime = InstantPattern.CreateWithInvariantCulture(
        "ddd, dd MMM uuuu HH:mm:ss 'GMT'"
    );

    /// <param name="document">Where the document of an item is, after the base.</param>
    public byte[] Publications(
        PageTexts texts,
        Func<PublishedItem, string> document,
        Func<PublishedGone, string> stub
    )
    {
        IEnumerable<(Instant At, XElement Item)> items =
        [
            .. list.Items.Select(item =>
                (
                    item.At,
                    Item(
                        Title(texts, item),
                        @base + document(item),
                        $"{node}:{item.Id}",
                        item.At,
                        item.By is null ? null : texts.Plain("published.replaced")
                    )
                )
            ),
            .. list.Gone.Select(gone =>
            {
                Withdrawn told = gone.In(texts.Language);
                return (
                    told.At,
                    Item(
                        $"{texts.Plain("site.gone")}: {told.Title}",
                        @base + stub(gone),
                        $"{node}:{gone.Id}:withdrawn",
                        told.At,
                        told.Reason
                    )
                );
            }),
        ];
        return Written(
            new XElement(
                "rss",
                new XAttribute("version", "2.0"),
                new XElement(
                    "channel",
                    new XElement("title", $"{texts.Plain("published.title")} ({node})"),
                    new XElement("link", @base.Length == 0 ? "index.html" : @base),
                    new XElement("description", texts.Plain("published.intro")),
                    new XElement("language", texts.Language),
                    items
                        .OrderByDescending(each => each.At)
                        .Take(EntriesMax)
                        .Select(each => each.Item)
                )
            )
        );
    }

    /// <summary>Each entry leads to a whole alert, as aggregators of CAP expect it.</summary>
    /// <param name="file">Where a file is, after the base.</param>
    public byte[] Alerts(PageTexts texts, Func<PublishedFile, string> file)
    {
        PublishedFile[] alerts =
        [
            .. list
                .Items.SelectMany(item => item.Files)
                .Concat(list.Gone.SelectMany(gone => gone.Cancellations))
                .Where(each => each.MediaType == CapXml.MediaType)
                .OrderByDescending(each => each.At)
                .ThenBy(each => each.Path, StringComparer.Ordinal)
                .Take(EntriesMax),
        ];
        return Written(
            new XElement(
                _atom + "feed",
                new XElement(_atom + "id", $"urn:breakwater:{node}:alerts"),
                new XElement(_atom + "title", $"{texts.Plain("published.atom")} ({node})"),
                new XElement(
                    _atom + "updated",
                    InstantPattern.General.Format(
                        alerts.Length == 0 ? Instant.FromUnixTimeSeconds(0) : Whole(alerts[0].At)
                    )
                ),
                new XElement(_atom + "author", new XElement(_atom + "name", $"Breakwater {node}")),
                new XElement(
                    _atom + "link",
                    new XAttribute("rel", "self"),
                    new XAttribute("href", $"{@base}alerts.atom")
                ),
                alerts.Select(each => Entry(texts, each, @base + file(each)))
            )
        );
    }

    private XElement Entry(PageTexts texts, PublishedFile alert, string address)
    {
        string title =
            alert.Titles.GetValueOrDefault(texts.Language) ?? alert.Titles.Values.First();
        return new XElement(
            _atom + "entry",
            new XElement(_atom + "id", $"urn:breakwater:{node}:{alert.Of}:{alert.Name}"),
            new XElement(
                _atom + "title",
                Spoken.Xml(
                    alert.Publication is null ? $"{texts.Plain("site.gone")}: {title}" : title
                )
            ),
            new XElement(_atom + "updated", InstantPattern.General.Format(Whole(alert.At))),
            new XElement(
                _atom + "link",
                new XAttribute("rel", "alternate"),
                new XAttribute("type", CapXml.MediaType),
                new XAttribute("href", address)
            ),
            new XElement(_atom + "summary", $"SHA-256 {alert.Sha256}")
        );
    }

    /// <summary>Which form it is, said once: the titles of some say it themselves.</summary>
    private static string Title(PageTexts texts, PublishedItem item)
    {
        string form = Form(texts, item.Form);
        string title = item.In(texts.Language).Body.Title;
        return title.Contains(form, StringComparison.OrdinalIgnoreCase)
            ? title
            : $"{form}: {title}";
    }

    /// <summary>What a form is called; one that no table knows is called by its word.</summary>
    public static string Form(PageTexts texts, string form) =>
        texts.Keys.Contains($"value.publication-form.{form}")
            ? texts.Plain($"value.publication-form.{form}")
            : form;

    private static XElement Item(
        string title,
        string link,
        string guid,
        Instant at,
        string? description
    ) =>
        new(
            "item",
            new XElement("title", Spoken.Xml(title)),
            new XElement("link", link),
            new XElement("guid", new XAttribute("isPermaLink", "false"), guid),
            new XElement("pubDate", _rssTime.Format(at)),
            description is null ? null : new XElement("description", Spoken.Xml(description))
        );

    private static Instant Whole(Instant at) => Instant.FromUnixTimeSeconds(at.ToUnixTimeSeconds());

    private static byte[] Written(XElement root)
    {
        using var octets = new MemoryStream();
        using (
            var writer = XmlWriter.Create(
                octets,
                new XmlWriterSettings
                {
                    Encoding = new UTF8Encoding(false),
                    Indent = true,
                    NewLineChars = "\n",
                }
            )
        )
        {
            new XDocument(root).Save(writer);
        }

        return octets.ToArray();
    }
}
