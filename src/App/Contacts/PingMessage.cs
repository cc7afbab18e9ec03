using Breakwater.App.Pages;
using Breakwater.Preparedness.Contacts;
using Breakwater.Preparedness.Contacts.Pinging;
using Breakwater.Publications;
using MimeKit;
using NodaTime;

namespace Breakwater.App.Contacts;

/// <summary>
/// The message of a ping: plain text, in the language of the contact as far as the pages have it. It loads nothing, so opening
/// it tells nobody anything.
/// </summary>
internal static class PingMessage
{
    /// <summary>Where the link leads; its page confirms nothing until its button is pressed.</summary>
    public static string AnswerPath { get; } = "/contacts/answer";

    public static MimeMessage Of(
        Contact contact,
        ContactPing ping,
        string code,
        string link,
        MailSettings settings,
        Instant now
    )
    {
        PageTexts texts = TextsFor(contact.Entry.Languages);
        var from = new MailboxAddress("Breakwater", settings.From);
        string to = contact.Reach!.Channels.First(channel => channel.Kind == ChannelKind.Email).To;
        var message = new MimeMessage
        {
            Subject = texts.Plain("contacts.mail.subject"),
            Date = now.ToDateTimeOffset(),
            MessageId = DeliveryReport.MessageId(ping.Id, from.Domain),
            Body = new TextPart("plain")
            {
                Text = texts.Plain(
                    "contacts.mail.body",
                    ("role", new Native(contact.Entry.Role)),
                    ("name", new Native(contact.Entry.Name)),
                    ("link", new Native(LinkOf(settings, ping, link, texts.Language))),
                    ("page", new Native(Address(settings, AnswerPath))),
                    ("reference", new Native(ping.Id)),
                    ("code", new Native(code)),
                    ("until", new Native($"{ping.ExpiresAt:uuuu'-'MM'-'dd HH':'mm} UTC"))
                ),
            },
        };
        message.From.Add(from);
        message.To.Add(new MailboxAddress("", to));
        // No answering machine is asked to answer (RFC 3834).
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        message.Headers.Add("Content-Language", texts.Language);
        return message;
    }

    private static string LinkOf(
        MailSettings settings,
        ContactPing ping,
        string link,
        string language
    ) => Address(settings, $"{AnswerPath}/{ping.Id}?lang={language}&link={link}");

    private static string Address(MailSettings settings, string path) =>
        settings.PublicAddress.AbsoluteUri.TrimEnd('/') + path;

    private static PageTexts TextsFor(IReadOnlyList<string> languages) =>
        PageTexts.For(
            languages
                .Select(language => language.Split('-')[0])
                .FirstOrDefault(PageTexts.Languages.Contains)
                ?? "en"
        );
}
