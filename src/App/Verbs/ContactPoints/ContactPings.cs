using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Breakwater.App.Contacts;
using Breakwater.Preparedness.Contacts;
using Breakwater.Preparedness.Contacts.Pinging;
using Breakwater.Preparedness.Contacts.Verifying;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Verbs.ContactPoints;

/// <summary>Asks contact points whether somebody answers, and takes what comes back.</summary>
internal static class ContactPings
{
    public static Command Ping(Printing print)
    {
        var id = new Argument<string>("ID") { Description = "Id of the contact point" };
        var byCode = new Option<bool>("--code")
        {
            Description = "Make a code to read out or hand over, instead of an e-mail",
        };
        Option<bool> dry = ContactsVerb.DryRun();
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "ping",
            "Ask a contact point whether somebody answers. 'serve' sends the e-mail, where a mail server is set. Example: breakwater contacts ping 5d0c21f9a3b84e67c102 --code"
        )
        {
            id,
            byCode,
            dry,
            json,
            data,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                string? folder = parsed.GetValue(data);
                await using SqlRecords records = ContactsVerb.Open(folder);
                Contact contact = await ContactsVerb
                    .Known(records, parsed.GetValue(id)!)
                    .ConfigureAwait(false);
                Participant by = ContactsVerb.Operator(contact.Keeper);
                string? code = parsed.GetValue(byCode)
                    ? PingCode.Of(RandomNumberGenerator.GetBytes(PingCode.Octets))
                    : null;
                Decided<ContactEvent> Decide(Contact? at, Instant now) =>
                    code is null
                        ? PingContact.Decide(at, new PingContact(), by, now)
                        : HandOverCode.Decide(
                            at,
                            new HandOverCode(code)
                            {
                                Salt = RandomNumberGenerator.GetBytes(PingSecret.SaltOctets),
                            },
                            by,
                            now
                        );
                if (parsed.GetValue(dry))
                {
                    ContactsVerb.ThrowIf(Decide(contact, ContactsVerb.Now).Refusal);
                }
                else
                {
                    contact = await ContactsVerb
                        .Do<Contact, ContactEvent>(records, contact.Id, by.Person, Decide, cancel)
                        .ConfigureAwait(false);
                }

                bool hasMail = MailSettings.Of(DataFolder.Path(folder)) is not null;
                Pinged(print, parsed.GetValue(dry), contact, code, hasMail, parsed.GetValue(json));
                return ExitCode.Done;
            }
        );
        return command;
    }

    public static Command Confirm(Printing print)
    {
        var reference = new Argument<string>("REFERENCE")
        {
            Description = "Of the ping, as it was told with the code",
        };
        var code = new Argument<string>("CODE") { Description = "As it was read out" };
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "confirm",
            "Enter the code that a contact read out. Who was shown it cannot: the contact, or a registrar, enters what was made here. Example: breakwater contacts confirm 3fk28q1z 7KQM-2RTD"
        )
        {
            reference,
            code,
            json,
            data,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                await using SqlRecords records = ContactsVerb.Open(parsed.GetValue(data));
                ContactPing ping = await ContactsVerb
                    .Do<ContactPing, ContactPingEvent>(
                        records,
                        PingReference.Plain(parsed.GetValue(reference)!),
                        "operator",
                        (at, now) =>
                            EnterCode.Decide(
                                at,
                                new EnterCode(parsed.GetValue(code)!),
                                ContactsVerb.Operator(""),
                                now
                            ),
                        cancel
                    )
                    .ConfigureAwait(false);
                bool holds = ping.State == PingState.Answered;
                if (parsed.GetValue(json))
                {
                    print.Json(
                        new
                        {
                            ping.Contact,
                            Verified = holds,
                            ping.Guesses,
                            ping.State,
                        }
                    );
                }
                else
                {
                    print.Line(
                        holds
                            ? $"contact point {ping.Contact} is verified"
                            : $"not the code; tried {ping.Guesses} of {ContactPing.GuessesMax} times"
                    );
                }

                return holds ? ExitCode.Done : ExitCode.DoesNotHold;
            }
        );
        return command;
    }

    public static Command Bounce(Printing print)
    {
        var file = new Argument<string>("FILE")
        {
            Description =
                "A delivery status notification as the mail server sent it (RFC 3464); - is standard input",
        };
        Option<bool> dry = ContactsVerb.DryRun();
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "bounce",
            "Take a notification that e-mail came back: its contact points count as bounced. Example: breakwater contacts bounce returned.eml"
        )
        {
            file,
            dry,
            json,
            data,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                (SourceFile plain, _, _) = Inputs.Open(parsed.GetValue(file)!);
                IReadOnlyList<DeliveryReport> reports = DeliveryReport.Read(
                    Encoding.UTF8.GetString(plain.Content.Span)
                );
                if (reports.Count == 0)
                {
                    throw new Fault(
                        ExitCode.Usage,
                        $"{plain.Name}: there is no delivery status in it. Give the notification as it came, with its part for machines"
                    );
                }

                await using SqlRecords records = ContactsVerb.Open(parsed.GetValue(data));
                Contact[] all =
                [
                    .. (await ContactsOnRecord.All(records).ConfigureAwait(false)).Values,
                ];
                var bounced = new List<(Contact Contact, string Reason)>();
                foreach (DeliveryReport report in reports.Where(report => report.IsBounce))
                {
                    bounced.AddRange(
                        all.Where(one => IsOf(report, one)).Select(one => (one, report.Reason))
                    );
                }

                foreach ((Contact one, string reason) in parsed.GetValue(dry) ? [] : bounced)
                {
                    await ContactsVerb
                        .Do<Contact, ContactEvent>(
                            records,
                            one.Id,
                            "operator",
                            (at, now) =>
                                RecordBounce.Decide(
                                    at,
                                    new RecordBounce(reason),
                                    ContactsVerb.Operator(one.Keeper),
                                    now
                                ),
                            cancel
                        )
                        .ConfigureAwait(false);
                }

                Told(print, bounced, reports, parsed.GetValue(dry), parsed.GetValue(json));
                return bounced.Count > 0 ? ExitCode.Done : ExitCode.DoesNotHold;
            }
        );
        return command;
    }

    /// <summary>By the ping that the message carried, else by its address: e-mail to it bounces for each that has it.</summary>
    private static bool IsOf(DeliveryReport report, Contact contact) =>
        contact.State != ContactState.Retired
        && (
            (report.Ping is { } ping && contact.OpenPing == ping)
            || contact.Reach!.Channels.Any(channel =>
                channel.Kind == ChannelKind.Email
                && channel.To.Equals(report.Recipient, StringComparison.OrdinalIgnoreCase)
            )
        );

    private static void Pinged(
        Printing print,
        bool isDry,
        Contact contact,
        string? code,
        bool hasMail,
        bool isJson
    )
    {
        if (isJson)
        {
            print.Json(
                new
                {
                    DryRun = isDry,
                    Contact = contact.Id,
                    Reference = contact.OpenPing,
                    Code = isDry ? null : code,
                    SentByServe = code is null && hasMail,
                }
            );
            return;
        }

        print.Line(
            isDry ? $"{ContactTables.Named(contact)} can be asked"
            : code is not null
                ? $"reference {contact.OpenPing}, code {code}. It is not shown again; the contact types both at {PingMessage.AnswerPath}, or reads the code back to another registrar"
            : hasMail
                ? $"reference {contact.OpenPing}. 'breakwater serve' sends it within a minute of running"
            : $"reference {contact.OpenPing}. It is not sent before a mail server is set in breakwater.json: smtpHost, mailFrom, publicAddress"
        );
    }

    private static void Told(
        Printing print,
        List<(Contact Contact, string Reason)> bounced,
        IReadOnlyList<DeliveryReport> reports,
        bool isDry,
        bool isJson
    )
    {
        if (isJson)
        {
            print.Json(
                new
                {
                    DryRun = isDry,
                    Reports = reports.Count,
                    Bounced = bounced.Select(one => new { one.Contact.Id, one.Reason }),
                }
            );
            return;
        }

        foreach ((Contact contact, string reason) in bounced)
        {
            print.Line(
                $"{(isDry ? "would count as bounced" : "bounced")}: {ContactTables.Named(contact)}: {reason}"
            );
        }

        if (bounced.Count == 0)
        {
            print.Line(
                "no contact point bounced: nothing in it failed for good, or nobody here has such an address"
            );
        }
    }
}
