using Breakwater.App.Pages.Response;
using Breakwater.Preparedness.Contacts;
using Breakwater.Publications;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Pages.Contacts;

/// <summary>Parts of a contact point as HTML, as its reader may see it.</summary>
internal static class ContactParts
{
    public static string Name(Markup page, Contact contact) =>
        $"{page.LinkTo("contact-points", contact.Id, page.Texts.Html(new Free(contact.Entry.Role)))}<br>{page.Texts.Html(new Free(contact.Entry.Name))}";

    /// <summary>In a word, and since when; never by colour alone.</summary>
    public static string State(Markup page, Contact contact)
    {
        PageTexts texts = page.Texts;
        string word = Checks.Word(contact.State);
        return $"<span class=\"state {word}\">{Labels.Value(texts, typeof(ContactState), word)}</span>"
            + (
                contact.VerifiedAt is { } at
                    ? $"<br><span class=\"quiet\">{texts.Html("contacts.verified", ("at", new Moment(at)))}</span>"
                    : ""
            );
    }

    public static string Duty(Markup page, Contact contact, Instant now)
    {
        PageTexts texts = page.Texts;
        Duty duty = contact.Entry.Hours.At(now);
        string html = texts.Html($"contacts.duty.{Checks.Word(duty)}");
        return contact.Entry.Hours.Kind == DutyKind.InWindows
            ? $"{html}<br>{texts.Html(new Code($"{contact.Entry.Hours} {contact.Entry.Hours.TimeZone}"))}"
            : html;
    }

    public static string For(Markup page, Contact contact)
    {
        PageTexts texts = page.Texts;
        ContactEntry entry = contact.Entry;
        string[] lines =
        [
            string.Join(
                ", ",
                entry
                    .Countries.Select(country => texts.Html(new Free(country)))
                    .Concat(entry.Asns.Select(asn => texts.Html(new Code(asn))))
                    .Concat(entry.Tlds.Select(tld => texts.Html(new Code("." + tld))))
                    .Concat(entry.Exchanges.Select(exchange => texts.Html(new Free(exchange))))
            ),
            entry.Languages.Count == 0
                ? ""
                : $"<span class=\"quiet\">{string.Join(texts.Comma, entry.Languages.Select(language => texts.Html(new Code(language))))}</span>",
        ];
        return string.Join("<br>", lines.Where(line => line.Length > 0)) is { Length: > 0 } html
            ? html
            : "—";
    }

    public static string Ways(Markup page, Contact contact)
    {
        PageTexts texts = page.Texts;
        return contact.Reach is not { } reach
            ? $"<span class=\"quiet\">{texts.Html("contacts.not-shown")}</span>"
            : string.Join(
                "<br>",
                reach
                    .Channels.Select(channel => Way(texts, channel))
                    .Prepend(reach.Answers is { } answers ? texts.Html(new Free(answers)) : "")
                    .Where(line => line.Length > 0)
            );
    }

    private static string Way(PageTexts texts, ContactChannel channel)
    {
        string to = texts.Html(new Code(channel.To));
        string linked = channel.Kind switch
        {
            ChannelKind.Email =>
                $"<a href=\"mailto:{Uri.EscapeDataString(channel.To).Replace("%40", "@", StringComparison.Ordinal)}\">{to}</a>",
            ChannelKind.Telephone or ChannelKind.Satellite =>
                $"<a href=\"tel:{Digits(channel.To)}\">{to}</a>",
            _ => to,
        };
        string kind = Labels.Value(texts, typeof(ChannelKind), Checks.Word(channel.Kind));
        return channel.Note is { } note
            ? $"{kind}: {linked} ({texts.Html(new Free(note))})"
            : $"{kind}: {linked}";
    }

    /// <summary>As a telephone dials it: without the extension, which a person enters.</summary>
    private static string Digits(string number) =>
        new([
            .. number
                .Split('e', 'E', ';')[0]
                .Where(letter => letter == '+' || char.IsAsciiDigit(letter)),
        ]);
}
