using System.Text;
using Breakwater.Vocabulary;

namespace Breakwater.Preparedness.Contacts.Files;

/// <summary>
/// Reads contact points from vCard 4.0 and 3.0 (RFC 6350, RFC 2426): our own, and those of others as far as they say who is
/// reached and how. A damaged card is named by its line and the next one is read.
/// </summary>
public static class VCardReading
{
    private const int LinesOfCardMax = 2_000;

    /// <param name="usual">Texts for what a card does not say, such as the class; by their names as columns.</param>
    public static ContactsRead Read(
        SourceFile file,
        IReadOnlyDictionary<string, string>? usual = null
    )
    {
        ArgumentNullException.ThrowIfNull(file);
        var rows = new List<ContactRow>();
        var faults = new List<InputFault>();
        foreach ((int line, List<Property> card, string? damage) in Cards(file))
        {
            if (rows.Count >= ContactsRead.RowsMax)
            {
                faults.Add(
                    new InputFault(
                        file.Name,
                        $"line {line}",
                        $"more than {ContactsRead.RowsMax} cards; the rest is unread",
                        "Split the file"
                    )
                );
                break;
            }

            (ContactSaid? said, Refusal? no) = damage is not null
                ? (null, Refusal.Invalid(damage))
                : ContactTexts.Read(Texts(card, usual));
            if (said is not null)
            {
                rows.Add(new ContactRow(line, said));
            }
            else
            {
                faults.Add(ContactCsv.Told(file.Name, line, no!));
            }
        }

        if (rows.Count == 0 && faults.Count == 0)
        {
            faults.Add(
                new InputFault(
                    file.Name,
                    "line 1",
                    "there is no vCard in it",
                    "Give a file that begins with BEGIN:VCARD"
                )
            );
        }

        return new ContactsRead(rows, faults);
    }

    private sealed record Property(string Name, string Parameters, string Value)
    {
        public bool Is(string type) =>
            Parameters.Contains(type, StringComparison.OrdinalIgnoreCase);
    }

    private static IEnumerable<(int Line, List<Property> Card, string? Damage)> Cards(
        SourceFile file
    )
    {
        List<Property>? card = null;
        (int begun, string? damage) = (0, null);
        foreach ((int number, string line) in Unfolded(file))
        {
            if (line.Equals("BEGIN:VCARD", StringComparison.OrdinalIgnoreCase))
            {
                if (card is not null)
                {
                    yield return (begun, card, "this card does not end; add END:VCARD");
                }

                (card, begun, damage) = ([], number, null);
            }
            else if (card is null)
            {
                continue;
            }
            else if (line.Equals("END:VCARD", StringComparison.OrdinalIgnoreCase))
            {
                yield return (begun, card, damage ?? Wrong(card));
                card = null;
            }
            else if (card.Count >= LinesOfCardMax)
            {
                damage = $"this card has more than {LinesOfCardMax} lines; shorten it";
            }
            else if (One(line) is { } property)
            {
                card.Add(property);
            }
            else if (line.Length > 0)
            {
                damage ??= $"line {number} of this card is no property; write NAME:VALUE";
            }
        }

        if (card is not null)
        {
            yield return (begun, card, "this card does not end; add END:VCARD");
        }
    }

    private static string? Wrong(List<Property> card) =>
        card.FirstOrDefault(property => property.Name == "VERSION")?.Value.Trim() switch
        {
            "3.0" or "4.0" => null,
            null => "this card does not say its version; export it as vCard 3.0 or 4.0",
            var other =>
                $"version {ContactTexts.Short(other)} is not read; export it as vCard 3.0 or 4.0",
        };

    private static Dictionary<string, string> Texts(
        List<Property> card,
        IReadOnlyDictionary<string, string>? usual
    )
    {
        var texts = new Dictionary<string, string>(usual ?? new Dictionary<string, string>());
        foreach (Property property in card)
        {
            string value = property.Value;
            switch (property.Name)
            {
                case "UID" when Plain(value).StartsWith(ContactVCard.Uid, StringComparison.Ordinal):
                    texts["id"] = Plain(value)[ContactVCard.Uid.Length..];
                    break;
                case "ORG":
                    texts["name"] = string.Join(
                        ", ",
                        Parts(value, ';').Where(part => part.Length > 0)
                    );
                    break;
                case "ROLE":
                    texts["role"] = Plain(value);
                    break;
                case "TITLE":
                    texts.TryAdd("role", Plain(value));
                    break;
                case "FN":
                    texts["answers"] = Plain(value);
                    break;
                case "LANG":
                    Add(texts, "languages", Plain(value));
                    break;
                case "TZ":
                    texts["time_zone"] = Plain(value);
                    break;
                case "EMAIL":
                    Add(texts, "email", Plain(value));
                    break;
                case "TEL":
                    Add(
                        texts,
                        property.Is("x-satellite") ? "satellite"
                            : property.Is("TYPE=text") ? "message"
                            : "telephone",
                        Number(Plain(value))
                    );
                    break;
                case var own when own.StartsWith(ContactVCard.Own, StringComparison.Ordinal):
                    string name = own[ContactVCard.Own.Length..]
                        .Replace('-', '_')
                        .ToLowerInvariant();
                    if (ContactVCard.Extras.Contains(name))
                    {
                        texts[name] = Plain(value);
                    }

                    break;
            }
        }

        // A card must have a formatted name; where it says only office and organisation, nobody is named.
        if (
            texts.GetValueOrDefault("answers")
                == $"{texts.GetValueOrDefault("role")}, {texts.GetValueOrDefault("name")}"
            || texts.GetValueOrDefault("answers") == texts.GetValueOrDefault("name")
        )
        {
            texts.Remove("answers");
        }

        return texts;
    }

    private static void Add(Dictionary<string, string> texts, string name, string value)
    {
        string before = texts.GetValueOrDefault(name, "");
        if (before.Length < ContactsRead.TextMax)
        {
            texts[name] = before.Length == 0 ? value : $"{before}; {value}";
        }
    }

    /// <summary>RFC 3966, without the parameters that no directory shows.</summary>
    private static string Number(string value) =>
        value.StartsWith("tel:", StringComparison.OrdinalIgnoreCase)
            ? value[4..].Replace(";ext=", " ext. ", StringComparison.OrdinalIgnoreCase)
            : value;

    private static Property? One(string line)
    {
        int colon = ColonOf(line);
        if (colon <= 0)
        {
            return null;
        }

        string head = line[..colon];
        int semicolon = head.IndexOf(';', StringComparison.Ordinal);
        string name = semicolon < 0 ? head : head[..semicolon];
        return new Property(
            // A group in front, item1.EMAIL, says nothing here.
            name[(name.LastIndexOf('.') + 1)..].ToUpperInvariant(),
            semicolon < 0 ? "" : head[semicolon..],
            line[(colon + 1)..]
        );
    }

    /// <summary>The first colon outside the quotes of a parameter.</summary>
    private static int ColonOf(string line)
    {
        bool isQuoted = false;
        for (int at = 0; at < line.Length; at++)
        {
            isQuoted ^= line[at] == '"';
            if (line[at] == ':' && !isQuoted)
            {
                return at;
            }
        }

        return -1;
    }

    private static string Plain(string value) => string.Join(' ', Parts(value, '\0'));

    /// <summary>Parts between unescaped separators, with escapes undone.</summary>
    private static List<string> Parts(string value, char separator)
    {
        List<string> parts = [];
        var part = new StringBuilder();
        for (int at = 0; at < value.Length; at++)
        {
            if (value[at] == '\\' && at + 1 < value.Length)
            {
                at++;
                part.Append(value[at] is 'n' or 'N' ? ' ' : value[at]);
            }
            else if (value[at] == separator)
            {
                parts.Add(part.ToString());
                part.Clear();
            }
            else
            {
                part.Append(value[at]);
            }
        }

        parts.Add(part.ToString());
        return parts;
    }

    /// <summary>Lines with those that go on joined (RFC 6350, section 3.2), each with the number of its first.</summary>
    private static IEnumerable<(int Number, string Line)> Unfolded(SourceFile file)
    {
        var line = new StringBuilder();
        (int number, int begun) = (0, 1);
        foreach (
            string raw in Encoding
                .UTF8.GetString(file.Content.Span)
                .TrimStart('\uFEFF')
                .ReplaceLineEndings("\n")
                .Split('\n')
        )
        {
            number++;
            if (raw is [' ' or '\t', ..])
            {
                if (line.Length < ContactsRead.TextMax)
                {
                    line.Append(raw, 1, raw.Length - 1);
                }

                continue;
            }

            if (number > 1)
            {
                yield return (begun, line.ToString());
            }

            line.Clear()
                .Append(raw.Length > ContactsRead.TextMax ? raw[..ContactsRead.TextMax] : raw);
            begun = number;
        }

        yield return (begun, line.ToString());
    }
}
