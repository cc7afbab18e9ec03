using System.Text.RegularExpressions;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Contacts;

/// <summary>What must hold of a contact point before anything of it is kept.</summary>
internal static partial class ContactRules
{
    public const int NameMax = 200;
    public const int SetMax = 250;
    public const int ChannelsMax = 20;
    public const int WindowsMax = 30;
    public const int EscalationMax = 99;

    /// <summary>Letters that steer a terminal, a header of a message or the direction of a line (UAX 9).</summary>
    public static bool IsSteering(char letter) =>
        char.IsControl(letter)
        || letter
            is (>= '\u202A' and <= '\u202E')
                or (>= '\u2066' and <= '\u2069')
                or '\u200E'
                or '\u200F'
                or '\u2028'
                or '\u2029'
                or '\uFEFF';

    public static Refusal? Standing(Contact? contact, Instant now) =>
        contact is null ? Checks.Missing("contact point")
        : contact.State == ContactState.Retired
            ? Refusal.WrongState("this contact point is retired; add it anew if it is needed again")
        : Checks.Order(contact.ChangedAt, now);

    public static Refusal? Entry(ContactEntry? entry) =>
        entry is null
            ? Refusal.Invalid("the entry is missing")
            : Line(entry.Name, "the name of the organisation")
                ?? Checks.Known(entry.Class, "class of stakeholder")
                ?? Line(entry.Role, "the role")
                ?? (
                    entry.Organisation is null
                        ? null
                        : Line(entry.Organisation, "the id of the organisation")
                )
                ?? Set(
                    entry.Countries,
                    "countries",
                    IsCountry,
                    "a code such as UA, from ISO 3166-1"
                )
                ?? Set(entry.Asns, "autonomous systems", IsAsn, "a number such as AS64500")
                ?? Set(
                    entry.Tlds,
                    "top-level domains",
                    text => Tld().IsMatch(text),
                    "a domain such as ua or xn--j1amh"
                )
                ?? Set(
                    entry.Exchanges,
                    "exchanges",
                    text => Line(text, "") is null,
                    "a name in one line"
                )
                ?? Set(
                    entry.Languages,
                    "languages",
                    text => LanguageTag.Read(text) == text,
                    "a code such as uk or ar, from BCP 47"
                )
                ?? (
                    entry.Escalation is < 1 or > EscalationMax
                        ? Refusal.Invalid(
                            $"the order of calling is 1, for the first, to {EscalationMax}"
                        )
                        : null
                )
                ?? (entry.Deputy is null ? null : Line(entry.Deputy, "the deputy"))
                ?? Hours(entry.Hours);

    /// <summary>Ways in are for those who work together; no marking makes them public (INV-07).</summary>
    public static Refusal? Reach(ContactReach? reach, Marking? marking) =>
        reach is null ? Refusal.Invalid("the ways in are missing")
        : marking is null || reach.Marking is null ? Refusal.Invalid("a marking is missing")
        : reach.Marking.Distribution < Distribution.Community || reach.Marking.Tlp < Tlp.Green
            ? Refusal.Invalid(
                "ways in are marked community and green at the widest: addresses of people are never public"
            )
        : !reach.Marking.IsAtMostAsWideAs(marking)
            ? Refusal.Invalid("ways in cannot be marked wider than the entry that they belong to")
        : (reach.Answers is null ? null : Line(reach.Answers, "who answers"))
            ?? Checks.List(reach.Channels, "ways in")
            ?? (
                reach.Channels.Count is 0 or > ChannelsMax
                    ? Refusal.Invalid($"a contact point has 1 to {ChannelsMax} ways in")
                    : null
            )
            ?? First(reach.Channels.Select(Channel))
            ?? (
                reach.Channels.Select(channel => (channel.Kind, channel.To)).Distinct().Count()
                < reach.Channels.Count
                    ? Refusal.Invalid("one way in stands there twice")
                    : null
            );

    public static Refusal? Line(string? text, string what, int most = NameMax) =>
        string.IsNullOrWhiteSpace(text) ? Refusal.Invalid($"{what} is missing")
        : text.Length > most ? Refusal.Invalid($"{what} is longer than {most} characters")
        : text.Any(IsSteering)
            ? Refusal.Invalid(
                $"{what} holds a control character; write it in one line of plain text"
            )
        : null;

    private static Refusal? Channel(ContactChannel channel) =>
        Checks.Known(channel.Kind, "way in")
        ?? Line(channel.To, "an address or number")
        ?? (channel.Note is null ? null : Line(channel.Note, "a note on a way in"))
        ?? (
            channel.Kind == ChannelKind.Email && !Email().IsMatch(channel.To)
                ? Refusal.Invalid(
                    "an e-mail address has one @ and a domain, such as noc@example.net"
                )
            : channel.Kind is ChannelKind.Telephone or ChannelKind.Satellite
            && !Telephone().IsMatch(channel.To)
                ? Refusal.Invalid(
                    "a telephone number begins with + and the country, such as +380 44 555 0100"
                )
            : null
        );

    private static Refusal? Hours(DutyHours? hours) =>
        hours is null
            ? Refusal.Invalid("the duty hours are missing; they may be not stated")
            : Checks.Known(hours.Kind, "kind of duty hours")
                ?? Checks.List(hours.Windows, "windows of duty")
                ?? (
                    hours.TimeZone is not null && DutyHours.Zone(hours.TimeZone) is null
                        ? Refusal.Invalid(
                            "there is no such time zone; write one such as Europe/Kyiv"
                        )
                    : hours.Kind == DutyKind.InWindows && hours.TimeZone is null
                        ? Refusal.Invalid("windows of duty need a time zone, such as Europe/Kyiv")
                    : (hours.Kind == DutyKind.InWindows) != (hours.Windows.Count > 0)
                        ? Refusal.Invalid(
                            "windows of duty belong to hours in windows, and to no other"
                        )
                    : hours.Windows.Count > WindowsMax
                        ? Refusal.TooMuch($"duty hours have at most {WindowsMax} windows")
                    : null
                )
                ?? First(hours.Windows.Select(Window));

    private static Refusal? Window(DutyWindow window) =>
        Checks.List(window.Days, "days of a window")
        ?? First(window.Days.Select(day => Checks.Known(day, "day of the week")))
        ?? (
            window.Days.Count == 0 ? Refusal.Invalid("a window of duty names its days")
            : DutyWindow.Time(window.Opens) is null || DutyWindow.Time(window.Closes) is null
                ? Refusal.Invalid("hours of duty are written as 08:00")
            : null
        );

    private static Refusal? Set(
        IReadOnlyList<string>? texts,
        string what,
        Func<string, bool> isOne,
        string form
    ) =>
        Checks.List(texts, what)
        ?? (
            texts!.Count > SetMax ? Refusal.TooMuch($"more than {SetMax} {what}")
            : texts.FirstOrDefault(text => text.Length > NameMax || !isOne(text)) is { } wrong
                ? Refusal.Invalid(
                    $"'{(wrong.Length > 40 || wrong.Any(IsSteering) ? "…" : wrong)}' among the {what} is none; write {form}"
                )
            : null
        );

    private static Refusal? First(IEnumerable<Refusal?> refusals) =>
        refusals.FirstOrDefault(no => no is not null);

    private static bool IsCountry(string text) => Countries.IsCode(text);

    private static bool IsAsn(string text) =>
        text.StartsWith("AS", StringComparison.Ordinal) && Asn.TryParse(text, out _);

    [GeneratedRegex(
        @"^[a-z0-9\p{L}\p{M}](?:[a-z0-9\p{L}\p{M}-]{0,61}[a-z0-9\p{L}\p{M}])?\z",
        RegexOptions.NonBacktracking
    )]
    private static partial Regex Tld();

    /// <summary>What mail servers commonly take; the rest of RFC 5321 (quoted local parts, literals) is no address of an office.</summary>
    [GeneratedRegex(
        @"^[\p{L}\p{N}.!#$%&*+/=?^_{|}~-]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}.-]{0,187}[\p{L}\p{N}])\z",
        RegexOptions.NonBacktracking
    )]
    private static partial Regex Email();

    [GeneratedRegex(
        @"^\+[0-9][0-9 ().-]{3,30}(?:;? ?ext=?\.? ?[0-9]{1,8})?\z",
        RegexOptions.NonBacktracking
    )]
    private static partial Regex Telephone();
}
