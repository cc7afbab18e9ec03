using System.CommandLine;
using Breakwater.Preparedness.Contacts;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Verbs.ContactPoints;

/// <summary>What the directory says, on the terminal.</summary>
internal static class ContactTables
{
    public static Command List(Printing print)
    {
        var filter = new ContactOptions();
        var command = new Command(
            "list",
            "Contact points with what they are for and how well it is known that somebody answers. Example: breakwater contacts list --country UA --for relief"
        );
        filter.AddTo(command);
        command.SetAction(
            async (parsed, cancel) =>
            {
                await using SqlRecords records = ContactsVerb.OpenToRead(
                    parsed.GetValue(filter.Data)
                );
                CallFor wanted = filter.Wanted(parsed);
                Contact[] found =
                [
                    .. (
                        await ContactsVerb
                            .Seen(records, parsed.GetValue(filter.For))
                            .ConfigureAwait(false)
                    )
                        .Where(one => wanted.IsFor(one.Entry))
                        .OrderBy(one => one.Entry.Name, StringComparer.Ordinal)
                        .ThenBy(one => one.Entry.Escalation),
                ];
                if (parsed.GetValue(filter.Json))
                {
                    print.Json(new { Contacts = found });
                    return ExitCode.Done;
                }

                foreach (Contact one in found)
                {
                    print.Line($"{one.Id}  {one.Standing, -14}  {Named(one)}");
                }

                print.Line(
                    found.Length == 0
                        ? "no contact point that you may see; --for ORGANISATION shows what an organisation may"
                        : $"{found.Length} contact points"
                );
                return ExitCode.Done;
            }
        );
        return command;
    }

    public static Command Who(Printing print)
    {
        var filter = new ContactOptions();
        var command = new Command(
            "who",
            "Who is called now, first to last, and who cannot be reached and why. Example: breakwater contacts who --asn AS64500 --language en --for relief"
        );
        filter.AddTo(command);
        command.SetAction(
            async (parsed, cancel) =>
            {
                await using SqlRecords records = ContactsVerb.OpenToRead(
                    parsed.GetValue(filter.Data)
                );
                Instant now = ContactsVerb.Now;
                var calls = WhoToCall.Of(
                    await ContactsVerb
                        .Seen(records, parsed.GetValue(filter.For))
                        .ConfigureAwait(false),
                    filter.Wanted(parsed),
                    now
                );
                if (parsed.GetValue(filter.Json))
                {
                    print.Json(
                        new
                        {
                            AsOf = now,
                            calls.Now,
                            calls.Not,
                        }
                    );
                    return ExitCode.Done;
                }

                foreach ((int at, Callable one) in calls.Now.Index())
                {
                    print.Line(
                        $"{at + 1, 3}. {Named(one.Contact)}  [{one.Contact.Standing}; duty {Checks.Word(one.Duty)}]{(one.StandsInFor is { } absent ? $" for {Named(absent)}" : "")}"
                    );
                    foreach (ContactChannel channel in one.Contact.Reach!.Channels)
                    {
                        print.Line(
                            $"     {Checks.Word(channel.Kind)}: {channel.To}{(channel.Note is null ? "" : $" ({channel.Note})")}"
                        );
                    }
                }

                print.Line(
                    calls.Now.Count == 0
                        ? "nobody that is known to answer now"
                        : $"{calls.Now.Count} to call"
                );
                foreach (NotCalled one in calls.Not)
                {
                    print.Line(
                        $"  not reached: {Named(one.Contact)}: {Checks.Word(one.Why)}{(one.OpensAt is { } opens ? $" until {opens}" : "")}{(one.Contact.Bounce is { } bounce ? $" ({bounce.Reason})" : "")}"
                    );
                }

                return ExitCode.Done;
            }
        );
        return command;
    }

    public static Command Readiness(Printing print)
    {
        Option<string?> audience = ContactsVerb.For();
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "readiness",
            "How many contact points would answer, by country and class. A country without a row is unknown, and not zero. Example: breakwater contacts readiness --for relief"
        )
        {
            audience,
            json,
            data,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                await using SqlRecords records = ContactsVerb.OpenToRead(parsed.GetValue(data));
                IReadOnlyList<Contact> contacts = await ContactsVerb
                    .Seen(records, parsed.GetValue(audience))
                    .ConfigureAwait(false);
                IReadOnlyList<ContactReadiness> countries = ContactReadiness.ByCountry(contacts);
                IReadOnlyList<ContactReadiness> classes = ContactReadiness.ByCountryAndClass(
                    contacts
                );
                if (parsed.GetValue(json))
                {
                    print.Json(new { Countries = countries, Classes = classes });
                    return ExitCode.Done;
                }

                print.Line("country  verified  stale  expired  bounced  never-verified  class");
                foreach (ContactReadiness row in countries.Concat(classes))
                {
                    print.Line(
                        $"{row.Country ?? "none", -7}  {row.Verified, 8}  {row.Stale, 5}  {row.Expired, 7}  {row.Bounced, 7}  {row.NeverVerified, 14}  {(row.Class is { } of ? Checks.Word(of) : "all")}"
                    );
                }

                return ExitCode.Done;
            }
        );
        return command;
    }

    public static string Named(Contact contact) => $"{contact.Entry.Role}, {contact.Entry.Name}";
}
