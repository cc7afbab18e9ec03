using System.Globalization;
using Breakwater.Vocabulary;
using NodaTime.Text;

namespace Breakwater.Preparedness.Contacts.Files;

/// <summary>
/// A contact point as named texts: the columns of the CSV, and what a vCard is written from and read into. Several values are
/// parted by semicolons; a note on a way in stands behind a bar: <c>+380 44 555 0100 | at night</c>.
/// </summary>
public static class ContactTexts
{
    /// <summary>In the order of the CSV. The last two are written and never read: no file verifies a contact.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "id",
        "name",
        "class",
        "role",
        "countries",
        "asns",
        "tlds",
        "exchanges",
        "languages",
        .. Enum.GetValues<ChannelKind>().Select(Checks.Word),
        "answers",
        "escalation",
        "deputy",
        "time_zone",
        "hours",
        "organisation",
        "marking",
        "reach_marking",
        "state",
        "verified_at",
    ];

    /// <summary>What a row says that says nothing of its marking: for those who work together on this node.</summary>
    public static Marking Usual { get; } = new(Distribution.Community, Tlp.Green);

    /// <param name="contact">As the reader may see it: without ways in, their columns stay empty.</param>
    public static Dictionary<string, string> Of(Contact contact)
    {
        ArgumentNullException.ThrowIfNull(contact);
        ContactEntry entry = contact.Entry;
        var texts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["id"] = contact.Id,
            ["name"] = entry.Name,
            ["class"] = Checks.Word(entry.Class),
            ["role"] = entry.Role,
            ["countries"] = List(entry.Countries),
            ["asns"] = List(entry.Asns),
            ["tlds"] = List(entry.Tlds),
            ["exchanges"] = List(entry.Exchanges),
            ["languages"] = List(entry.Languages),
            ["answers"] = contact.Reach?.Answers ?? "",
            ["escalation"] = entry.Escalation.ToString(CultureInfo.InvariantCulture),
            ["deputy"] = entry.Deputy ?? "",
            ["time_zone"] = entry.Hours.TimeZone ?? "",
            ["hours"] = entry.Hours.ToString(),
            ["organisation"] = entry.Organisation ?? "",
            ["marking"] = Text(contact.Marking),
            ["reach_marking"] = contact.Reach is { } reach ? Text(reach.Marking) : "",
            ["state"] = Checks.Word(contact.State),
            ["verified_at"] = contact.VerifiedAt is { } at
                ? InstantPattern.ExtendedIso.Format(at)
                : "",
        };
        foreach (ChannelKind kind in Enum.GetValues<ChannelKind>())
        {
            texts[Checks.Word(kind)] = List(
                (contact.Reach?.Channels ?? [])
                    .Where(channel => channel.Kind == kind)
                    .Select(channel =>
                        channel.Note is null ? channel.To : $"{channel.To} | {channel.Note}"
                    )
            );
        }

        return texts;
    }

    /// <summary>What the texts of one row or card say, or why they say nothing.</summary>
    public static (ContactSaid? Said, Refusal? Refusal) Read(
        IReadOnlyDictionary<string, string> texts
    )
    {
        ArgumentNullException.ThrowIfNull(texts);
        string At(string column) => texts.GetValueOrDefault(column, "").Trim();
        string? Optional(string column) => At(column) is { Length: > 0 } text ? text : null;
        string zone = At("time_zone");
        DutyHours? hours = DutyHours.Read(At("hours"), zone.Length == 0 ? null : zone);
        Marking? marking = ReadMarking(Optional("marking") ?? Text(Usual));
        // Ways in are never wider than the entry, and never for more than those who work together.
        Marking? reach = Optional("reach_marking") is { } stated
            ? ReadMarking(stated)
            : Marking.Strictest([marking ?? Marking.Sealed, Usual]);
        Refusal? no =
            Class(At("class")) is null
                ? Refusal.Invalid(
                    $"'{Short(At("class"))}' is no class of stakeholder; write one of {string.Join(", ", Enum.GetValues<StakeholderClass>().Select(Checks.Word))}"
                )
            : hours is null
                ? Refusal.Invalid(
                    $"'{Short(At("hours"))}' are no duty hours; write always, or mon-fri 08:00-18:00; sat 22:00-06:00"
                )
            : marking is null || reach is null
                ? Refusal.Invalid(
                    $"'{Short(marking is null ? At("marking") : At("reach_marking"))}' is no marking; write one such as community/green, or group/green group=ID"
                )
            : Escalation(At("escalation")) is null
                ? Refusal.Invalid(
                    $"'{Short(At("escalation"))}' is no order of calling; write 1 for who is called first"
                )
            : null;
        return no is not null
            ? (null, no)
            : (
                new ContactSaid(
                    Optional("id"),
                    new ContactEntry(
                        At("name"),
                        Class(At("class"))!.Value,
                        At("role"),
                        Optional("organisation"),
                        Parts(At("countries")),
                        Parts(At("asns")),
                        Parts(At("tlds")),
                        Parts(At("exchanges")),
                        Parts(At("languages")),
                        Escalation(At("escalation"))!.Value,
                        Optional("deputy"),
                        hours!
                    ),
                    new ContactReach(
                        Optional("answers"),
                        [
                            .. Enum.GetValues<ChannelKind>()
                                .SelectMany(kind =>
                                    Parts(At(Checks.Word(kind))).Select(to => Channel(kind, to))
                                ),
                        ],
                        reach!
                    ),
                    marking!
                ),
                null
            );
    }

    public static string Text(Marking marking)
    {
        ArgumentNullException.ThrowIfNull(marking);
        string?[] words =
        [
            $"{Checks.Word(marking.Distribution)}/{Checks.Word(marking.Tlp)}",
            marking.Group is { } group ? $"group={group}" : null,
            marking.Organisation is { } organisation ? $"organisation={organisation}" : null,
            marking.EmbargoUntil is { } until
                ? $"embargo={InstantPattern.ExtendedIso.Format(until)}"
                : null,
        ];
        return string.Join(' ', words.OfType<string>());
    }

    /// <returns>Null for what is no marking: what cannot be read must not widen anything.</returns>
    public static Marking? ReadMarking(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (
            words.Length == 0
            || words[0].Split('/') is not [var distribution, var tlp]
            || Word<Distribution>(distribution) is not { } to
            || Word<Tlp>(tlp) is not { } light
        )
        {
            return null;
        }

        var marking = new Marking(to, light);
        foreach (string word in words[1..])
        {
            switch (word.Split('=', 2))
            {
                case ["group", { Length: > 0 } group]:
                    marking = marking with { Group = group };
                    break;
                case ["organisation", { Length: > 0 } organisation]:
                    marking = marking with { Organisation = organisation };
                    break;
                case ["embargo", var until]
                    when InstantPattern.ExtendedIso.Parse(until) is { Success: true } at:
                    marking = marking with { EmbargoUntil = at.Value };
                    break;
                default:
                    return null;
            }
        }

        return marking;
    }

    internal static string Short(string text) =>
        string.Concat(
            text.Take(40).Select(letter => ContactRules.IsSteering(letter) ? '\uFFFD' : letter)
        );

    internal static T? Word<T>(string text)
        where T : struct, Enum =>
        Enum.GetValues<T>()
            .Where(value => Checks.Word(value).Equals(text, StringComparison.OrdinalIgnoreCase))
            .Select(value => (T?)value)
            .FirstOrDefault();

    private static StakeholderClass? Class(string text) =>
        Word<StakeholderClass>(text.Replace(' ', '-').Replace('_', '-'));

    private static int? Escalation(string text) =>
        text.Length == 0 ? 1
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int order) ? order
        : null;

    private static ContactChannel Channel(ChannelKind kind, string text) =>
        text.IndexOf(" | ", StringComparison.Ordinal) is > 0 and var bar
            ? new ContactChannel(kind, text[..bar].Trim(), text[(bar + 3)..].Trim())
            : new ContactChannel(kind, text);

    private static string List(IEnumerable<string> texts) => string.Join("; ", texts);

    private static string[] Parts(string text) =>
        text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>What one row or card says of a contact point.</summary>
/// <param name="Id">As it stands there; null when it follows from organisation and role.</param>
public sealed record ContactSaid(
    string? Id,
    ContactEntry Entry,
    ContactReach Reach,
    Marking Marking
);

/// <param name="Line">Where it begins.</param>
public sealed record ContactRow(int Line, ContactSaid Said);

/// <summary>What a file holds, with what of it could not be used.</summary>
public sealed record ContactsRead(IReadOnlyList<ContactRow> Rows, IReadOnlyList<InputFault> Faults)
{
    /// <summary>More contact points than any directory of one node is meant for.</summary>
    public const int RowsMax = 100_000;

    /// <summary>Of one value; the rules of the directory are narrower.</summary>
    public const int TextMax = 20_000;
}
