using System.Collections.Concurrent;
using Breakwater.App.Api;
using Breakwater.App.CountryPlans;
using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Preparedness.Agreements;
using Breakwater.Preparedness.Contacts;
using Breakwater.Preparedness.CountryPlans;
using Breakwater.Preparedness.Exercises;
using Breakwater.Preparedness.Resilience;
using Breakwater.Preparedness.Resilience.Loading;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Resilience;

/// <summary>Values of indicators that one reader may know: from the files that people loaded, and counted from what is on record.</summary>
/// <param name="Faults">Rows of files that could not be used.</param>
/// <param name="Notes">What was not counted, and why.</param>
internal sealed record ValuesFound(
    IReadOnlyList<IndicatorValue> Values,
    IReadOnlyList<InputFault> Faults,
    IReadOnlyList<string> Notes
);

internal sealed class ValuesOnRecord(IRecords records)
{
    /// <summary>Of each kind that is counted. What is beyond it is not counted in half.</summary>
    private const int CountedMax = 20_000;

    private const int FilesKeptMax = 64;

    /// <summary>Files by their hash: the same octets are read once.</summary>
    private readonly ConcurrentDictionary<string, ValuesRead> _files = new(StringComparer.Ordinal);

    public static async Task<TakeIndicatorFile> ForTaking(
        Act act,
        IndicatorFile? state,
        TakeIndicatorFile command
    ) =>
        command.Sha256 is { Length: 64 } sha256
        && await act.Work.Records.Evidence(sha256).ConfigureAwait(false) is { } octets
            ? command with
            {
                Read = ValuesFromCsv.Read(
                    new SourceFile(command.Name ?? "", octets, sha256),
                    SetAtHand.Set
                ),
            }
            : command;

    /// <param name="readerOf">As whom each kind is read.</param>
    public async Task<ValuesFound> For(Func<string, Reader> readerOf, Instant now)
    {
        var values = new List<IndicatorValue>();
        var faults = new List<InputFault>();
        var notes = new List<string>();
        foreach (
            IndicatorFile file in await Seen<IndicatorFile, IndicatorFileEvent>(
                    readerOf,
                    now,
                    notes
                )
                .ConfigureAwait(false)
        )
        {
            if (file.SetAsideBecause is null)
            {
                ValuesRead read = await Read(file).ConfigureAwait(false);
                values.AddRange(read.Values);
                faults.AddRange(read.Faults);
            }
        }

        LocalDate today = now.InUtc().Date;
        StandingOffer[] offers =
        [
            .. (
                await Seen<StandingOffer, OfferEvent>(readerOf, now, notes).ConfigureAwait(false)
            ).Where(offer =>
                offer is { State: OfferState.Open, Parent: null } && !(offer.EndsAt <= now)
            ),
        ];
        var prepared = new CountedPreparedness(
            await Seen<Contact, ContactEvent>(readerOf, now, notes).ConfigureAwait(false),
            await Seen<Agreement, AgreementEvent>(readerOf, now, notes).ConfigureAwait(false),
            await Seen<CountryPlan, CountryPlanEvent>(readerOf, now, notes).ConfigureAwait(false),
            await Seen<Exercise, ExerciseEvent>(readerOf, now, notes).ConfigureAwait(false),
            ChecklistAtHand.Read.Checklist
        );
        string[] countries =
        [
            .. values
                .Select(value => value.Country)
                .Concat(
                    offers
                        .SelectMany(offer => offer.Terms.Places)
                        .Select(place => place.Country)
                        .OfType<string>()
                )
                .Concat(prepared.Countries)
                .Where(Countries.IsCode)
                .Distinct(StringComparer.Ordinal),
        ];
        foreach (string country in countries)
        {
            StandingOffer[] there =
            [
                .. offers.Where(offer => offer.Terms.Places.Any(place => place.Country == country)),
            ];
            values.AddRange(prepared.Of(country, now));
            values.AddRange(
                CountedValues.FromStocks(
                    country,
                    there.Length,
                    there.Length == 0 ? null : there.Min(offer => offer.Terms.LeadDays),
                    offers.Length > 0,
                    today
                )
            );
        }

        return new ValuesFound(values, faults, notes);
    }

    public async Task<ValuesRead> Read(IndicatorFile file)
    {
        if (_files.TryGetValue(file.Sha256, out ValuesRead? known))
        {
            return known;
        }

        if (await records.Evidence(file.Sha256).ConfigureAwait(false) is not { } octets)
        {
            return new ValuesRead(
                [],
                [
                    new InputFault(
                        file.Name,
                        "",
                        "its octets are not kept here",
                        "Hand it in again on this node"
                    ),
                ]
            );
        }

        ValuesRead read = ValuesFromCsv.Read(
            new SourceFile(file.Name, octets, file.Sha256),
            SetAtHand.Set
        );
        if (_files.Count >= FilesKeptMax)
        {
            _files.Clear();
        }

        return _files.GetOrAdd(file.Sha256, read);
    }

    /// <summary>None when there are more than can be counted: a part of them would be taken for all.</summary>
    private async Task<IReadOnlyList<TState>> Seen<TState, TEvent>(
        Func<string, Reader> readerOf,
        Instant now,
        List<string> notes
    )
        where TState : class, ISubject<TState, TEvent>
        where TEvent : class
    {
        (IReadOnlyList<Document> all, bool isWhole) = await records
            .FirstOf(TState.Kind, CountedMax)
            .ConfigureAwait(false);
        if (!isWhole)
        {
            notes.Add(
                $"there are more than {CountedMax} of {TState.Kind} here; they are not counted"
            );
            return [];
        }

        Reader reader = readerOf(TState.Kind);
        return
        [
            .. all.Where(document => Representation.May(reader, document, now))
                .Select(document => SubjectKind<TState, TEvent>.Read(document.Body)),
        ];
    }
}
