using System.Text;

namespace Breakwater.Preparedness.Contacts.Files;

/// <summary>
/// Contact points as vCard 4.0 (RFC 6350). What vCard has no property for stands in <c>X-BREAKWATER-*</c>, one a named text of
/// <see cref="ContactTexts"/>.
/// </summary>
public static class ContactVCard
{
    internal const string Own = "X-BREAKWATER-";
    internal const string Uid = "urn:breakwater:contact-point:";

    /// <summary>Octets of a line without its end (RFC 6350, section 3.2).</summary>
    private const int LineOctets = 75;

    /// <summary>Texts that have no property of their own.</summary>
    internal static IReadOnlyList<string> Extras { get; } =
    [
        "class",
        "countries",
        "asns",
        "tlds",
        "exchanges",
        "escalation",
        "deputy",
        "hours",
        "organisation",
        "radio",
        "other",
        "marking",
        "reach_marking",
        "state",
        "verified_at",
    ];

    public static string Write(IEnumerable<Contact> contacts)
    {
        ArgumentNullException.ThrowIfNull(contacts);
        var cards = new StringBuilder();
        foreach (Contact contact in contacts)
        {
            Write(cards, contact, ContactTexts.Of(contact));
        }

        return cards.ToString();
    }

    private static void Write(StringBuilder card, Contact contact, Dictionary<string, string> texts)
    {
        ContactEntry entry = contact.Entry;
        Line(card, "BEGIN:VCARD");
        Line(card, "VERSION:4.0");
        Line(card, "KIND:org");
        Line(card, $"UID:{Uid}{contact.Id}");
        Line(
            card,
            $"FN:{Text(contact.Reach?.Answers is { } answers ? answers : $"{entry.Role}, {entry.Name}")}"
        );
        Line(card, $"ORG:{Text(entry.Name)}");
        Line(card, $"ROLE:{Text(entry.Role)}");
        foreach (string language in entry.Languages)
        {
            Line(card, $"LANG:{language}");
        }

        if (entry.Hours.TimeZone is { } zone)
        {
            Line(card, $"TZ:{Text(zone)}");
        }

        int preference = 1;
        foreach (ContactChannel channel in contact.Reach?.Channels ?? [])
        {
            string pref = $";PREF={Math.Min(preference++, 100)}";
            string to = Text(channel.Note is null ? channel.To : $"{channel.To} | {channel.Note}");
            switch (channel.Kind)
            {
                case ChannelKind.Email:
                    Line(card, $"EMAIL{pref}:{to}");
                    break;
                case ChannelKind.Telephone:
                    Line(card, $"TEL;VALUE=text;TYPE=voice{pref}:{to}");
                    break;
                case ChannelKind.Satellite:
                    Line(card, $"TEL;VALUE=text;TYPE=x-satellite{pref}:{to}");
                    break;
                case ChannelKind.Message:
                    Line(card, $"TEL;VALUE=text;TYPE=text{pref}:{to}");
                    break;
            }
        }

        foreach (string name in Extras.Where(name => texts[name].Length > 0))
        {
            Line(card, $"{Own}{name.Replace('_', '-').ToUpperInvariant()}:{Text(texts[name])}");
        }

        Line(card, "END:VCARD");
    }

    /// <summary>RFC 6350, section 3.4.</summary>
    private static string Text(string value) =>
        value
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace(",", "\\,", StringComparison.Ordinal)
            .Replace(";", "\\;", StringComparison.Ordinal)
            .ReplaceLineEndings("\\n");

    /// <summary>Folded so that no letter is cut in two.</summary>
    private static void Line(StringBuilder card, string line)
    {
        int octets = 0;
        foreach (Rune rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LineOctets)
            {
                card.Append("\r\n ");
                octets = 1;
            }

            card.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        card.Append("\r\n");
    }
}
