using System.CommandLine;
using Breakwater.App.Agreements;
using Breakwater.App.Exchange;
using Breakwater.App.Pages;
using Breakwater.App.Pages.Agreements;
using Breakwater.App.Verbs.ContactPoints;
using Breakwater.Disruptions;
using Breakwater.Preparedness.Agreements;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Verbs.Preparing;

/// <summary>Agreements of a store, as an organisation of the node, or the public, may see them.</summary>
internal static class AgreementsOnRecordVerbs
{
    public static Command List(Printing print)
    {
        Option<string?> country = Country();
        Option<string?> who = ContactsVerb.For();
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "list",
            "Agreements on record. Example: breakwater agreements list --country SD --for relief"
        )
        {
            country,
            who,
            json,
            data,
        };
        command.SetAction(async parsed =>
        {
            string? code = CodeOf(parsed.GetValue(country));
            await using SqlRecords records = Store(parsed.GetValue(data));
            Instant now = SystemClock.Instance.GetCurrentInstant();
            Agreement[] agreements =
            [
                .. (await Seen(records, parsed.GetValue(who), now).ConfigureAwait(false)).Where(
                    one => code is null || AgreementCover.CountriesOf(one).Contains(code)
                ),
            ];
            if (parsed.GetValue(json))
            {
                print.Json(agreements);
                return ExitCode.Done;
            }

            foreach (Agreement one in agreements)
            {
                int silent = one.Signatures.Count(sign => sign.Answer == PartyAnswer.NoAnswer);
                print.Line(
                    $"{one.Id}  {Checks.Word(one.State)}{(silent > 0 ? $" ({silent} of {one.Parties.Count} parties did not answer)" : "")}  {Checks.Word(one.Terms.Kind)}  {string.Join(", ", one.Terms.Places)}  {one.Name}"
                );
                foreach (
                    AgreementWanting want in one.IsInForceAt(now)
                        ? AgreementCover.Wants(one, now)
                        : []
                )
                {
                    print.Line($"    wanting: {Want(want)}");
                }
            }

            print.Line(
                $"{agreements.Length} agreements, as {AsWhom(parsed.GetValue(who))} may see them"
            );
            return ExitCode.Done;
        });
        return command;
    }

    public static Command Gaps(Printing print)
    {
        Option<string?> country = Country();
        Option<string?> who = ContactsVerb.For();
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "gaps",
            "Kinds of agreements that a country has none of on record, what is wanting in those in force, and circles of triggers. Example: breakwater agreements gaps --country SD"
        )
        {
            country,
            who,
            json,
            data,
        };
        command.SetAction(async parsed =>
        {
            string? code = CodeOf(parsed.GetValue(country));
            await using SqlRecords records = Store(parsed.GetValue(data));
            Instant now = SystemClock.Instance.GetCurrentInstant();
            IReadOnlyList<Agreement> agreements = await Seen(records, parsed.GetValue(who), now)
                .ConfigureAwait(false);
            IReadOnlyList<CountryCover> cover = AgreementCover.Of(
                agreements,
                code is null ? Countries.Codes : [code],
                now
            );
            IReadOnlyList<IReadOnlyList<string>> circles = AgreementGapsPage.Of(agreements);
            if (parsed.GetValue(json))
            {
                print.Json(
                    new
                    {
                        AsOf = now,
                        Countries = cover,
                        Circles = circles,
                    }
                );
                return ExitCode.Done;
            }

            Tell(print, cover, agreements, code is not null);
            foreach (IReadOnlyList<string> circle in circles)
            {
                print.Line($"CIRCLE   triggers wait for each other: {TriggerCycles.Named(circle)}");
            }

            return ExitCode.Done;
        });
        return command;
    }

    public static Command Triggers(Printing print)
    {
        Option<string?> who = ContactsVerb.For();
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "triggers",
            "Lasting disruptions in which the trigger of an agreement in force is met, or not known to be and why. It proposes nothing. Example: breakwater agreements triggers"
        )
        {
            who,
            json,
            data,
        };
        command.SetAction(async parsed =>
        {
            await using SqlRecords records = Store(parsed.GetValue(data));
            Reader reader = await ReaderFor(records, parsed.GetValue(who)).ConfigureAwait(false);
            Instant now = SystemClock.Instance.GetCurrentInstant();
            IReadOnlyList<Agreement> agreements = await Seen(records, parsed.GetValue(who), now)
                .ConfigureAwait(false);
            Dictionary<string, Agreement> byId = agreements.ToDictionary(
                one => one.Id,
                StringComparer.Ordinal
            );
            DisruptionsAtHand disruptions = await DisruptionsAtHand
                .For(new PublicView(records, reader, now))
                .ConfigureAwait(false);
            (Agreement Agreement, Disruption Disruption, TriggerFound Found)[] found =
            [
                .. agreements
                    .Where(one => one.IsInForceAt(now))
                    .SelectMany(
                        one => TriggersSeen.Of(disruptions, one, byId, now),
                        (one, pair) => (one, pair.Disruption, pair.Found)
                    ),
            ];
            if (parsed.GetValue(json))
            {
                print.Json(
                    found
                        .Select(one => new
                        {
                            Agreement = one.Agreement.Id,
                            Disruption = one.Disruption.Id,
                            one.Found.Truth,
                            one.Found.NotKnown,
                            one.Found.Always,
                            one.Found.Conditions,
                            one.Found.LooksAgainAt,
                        })
                        .ToArray()
                );
                return ExitCode.Done;
            }

            foreach ((Agreement agreement, Disruption disruption, TriggerFound trigger) in found)
            {
                print.Line(
                    $"{(trigger.Truth == Truth.True ? "met      " : "not known")}  {agreement.Id}  {disruption.Id}  {Checks.Word(disruption.Kind)} at {disruption.Place}{(trigger.NotKnown.Count == 0 ? "" : $"  not known: {string.Join(", ", trigger.NotKnown.Select(Checks.Word))}")}"
                );
            }

            print.Line(
                $"{agreements.Count(one => one.IsInForceAt(now))} agreements in force, {found.Length} met or not known, as {AsWhom(parsed.GetValue(who))} may see them. A met trigger proposes; people decide"
            );
            return ExitCode.Done;
        });
        return command;
    }

    private static void Tell(
        Printing print,
        IReadOnlyList<CountryCover> cover,
        IReadOnlyList<Agreement> agreements,
        bool isOne
    )
    {
        var named = agreements
            .SelectMany(AgreementCover.CountriesOf)
            .ToHashSet(StringComparer.Ordinal);
        foreach (CountryCover one in cover.Where(one => isOne || named.Contains(one.Country)))
        {
            print.Line(
                $"{one.Country}  in force: {string.Join(", ", one.Kinds.Where(kind => !kind.IsGap).Select(kind => $"{Checks.Word(kind.Kind)} {kind.InForce}").DefaultIfEmpty("none on record"))}"
            );
            print.Line(
                $"    none on record: {string.Join(", ", one.Gaps.Select(Checks.Word).DefaultIfEmpty("no kind"))}"
            );
            foreach (AgreementWanting want in one.Wanting)
            {
                print.Line($"    {want.Agreement}: {Want(want)}");
            }
        }

        if (!isOne)
        {
            print.Line(
                $"{cover.Count(one => !named.Contains(one.Country))} countries have no agreement on record, which is not known to be none"
            );
        }
    }

    private static string Want(AgreementWanting want) =>
        want.At is { } at ? $"{Checks.Word(want.Want)} ({at})" : Checks.Word(want.Want);

    private static Option<string?> Country() =>
        new("--country")
        {
            Description = "Two-letter code of a country, such as SD (default: all)",
            HelpName = "CODE",
        };

    internal static string? CodeOf(string? given) =>
        given is null
            ? null
            : Countries.OfCode(given)
                ?? throw new Fault(
                    ExitCode.Usage,
                    $"{given} is no code of a country. Write two letters, such as SD"
                );

    internal static SqlRecords Store(string? data) => DataFolder.OpenToRead(DataFolder.Path(data));

    internal static async Task<IReadOnlyList<Agreement>> Seen(
        IRecords records,
        string? organisation,
        Instant now
    ) =>
        (
            await StatesSeen
                .Of<Agreement>(
                    records,
                    "agreement",
                    await ReaderFor(records, organisation).ConfigureAwait(false),
                    now
                )
                .ConfigureAwait(false)
        ).States;

    private static async Task<Reader> ReaderFor(IRecords records, string? organisation) =>
        await Audience.ReaderFor(records, organisation).ConfigureAwait(false)
        ?? throw new Fault(
            ExitCode.Usage,
            $"no vetted organisation of this node has the id {organisation}. Leave --for out to see what is public"
        );

    private static string AsWhom(string? organisation) => organisation ?? "the public";
}
