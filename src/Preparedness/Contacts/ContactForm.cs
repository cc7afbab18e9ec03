using System.Security.Cryptography;
using System.Text;
using Breakwater.Vocabulary;

namespace Breakwater.Preparedness.Contacts;

/// <summary>The one way in which an entry is written, so that equal ones are equal.</summary>
public static class ContactForm
{
    private const int IdOctets = 10;

    /// <summary>
    /// The id follows from organisation and role, so that one contact is not entered twice; who answers in the same role is told
    /// apart by it: <c>duty officer, second</c>.
    /// </summary>
    public static string? IdOf(string? name, string? role) =>
        string.IsNullOrWhiteSpace(name) || string.IsNullOrWhiteSpace(role)
            ? null
            : Convert.ToHexStringLower(
                SHA256.HashData(Encoding.UTF8.GetBytes($"contact-point\n{Key(name)}\n{Key(role)}"))[
                    ..IdOctets
                ]
            );

    public static ContactEntry Plain(ContactEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry with
        {
            Name = Line(entry.Name),
            Role = Line(entry.Role),
            Organisation = Optional(entry.Organisation),
            Deputy = Optional(entry.Deputy),
            Countries = Set(entry.Countries, text => text.ToUpperInvariant()),
            Asns = Set(entry.Asns, text => Asn.TryParse(text, out Asn asn) ? asn.ToString() : text),
            Tlds = Set(entry.Tlds, text => text.TrimStart('.').ToLowerInvariant()),
            Exchanges = Set(entry.Exchanges, text => text),
            Languages = Set(
                entry.Languages,
                text =>
                    text.Split('-', 2) is [var first, var rest]
                        ? $"{first.ToLowerInvariant()}-{rest}"
                        : text.ToLowerInvariant()
            ),
        };
    }

    public static ContactReach Plain(ContactReach reach)
    {
        ArgumentNullException.ThrowIfNull(reach);
        return reach with
        {
            Answers = Optional(reach.Answers),
            Channels =
            [
                .. reach.Channels.Select(channel =>
                    channel with
                    {
                        To = Line(channel.To),
                        Note = Optional(channel.Note),
                    }
                ),
            ],
        };
    }

    /// <summary>True when whoever reached the one reaches the other.</summary>
    internal static bool HaveSameWays(ContactReach one, ContactReach other) =>
        one
            .Channels.Select(channel => (channel.Kind, channel.To))
            .Order()
            .SequenceEqual(other.Channels.Select(channel => (channel.Kind, channel.To)).Order());

    /// <summary>True when nothing was changed; lists have no equality of their own.</summary>
    public static bool AreSame<T>(T one, T other)
        where T : class => CanonicalJson.Of(one).AsSpan().SequenceEqual(CanonicalJson.Of(other));

    private static string Key(string text) =>
        string.Join(
            ' ',
            text.ToUpperInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        );

    private static string Line(string text) => text?.Trim() ?? "";

    private static string? Optional(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static IReadOnlyList<string> Set(
        IReadOnlyList<string> texts,
        Func<string, string> plain
    ) =>
        texts is null
            ? texts!
            :
            [
                .. texts
                    .Where(text => !string.IsNullOrWhiteSpace(text))
                    .Select(text => plain(text.Trim()))
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal),
            ];
}
