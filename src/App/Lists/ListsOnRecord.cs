using Breakwater.App.Subjects;
using Breakwater.Disruptions;
using Breakwater.Records;
using Breakwater.Signals;
using Breakwater.Signals.Initiatives;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Lists;

/// <summary>Lists of other initiatives that were taken in: what their rows say, read again from the octets that the store keeps.</summary>
internal static class ListsOnRecord
{
    private static readonly Duration _tolerance = Duration.FromDays(
        DetectorProfile.Default.ClaimToleranceDays
    );

    public static async Task<ImportList> ForTaking(
        Act act,
        ImportedList? state,
        ImportList command
    ) =>
        command.Id is not null
        && await act.Work.Records.Evidence(command.Sha256).ConfigureAwait(false) is { } octets
            ? command with
            {
                Read = ListRead.Of(
                    command.List,
                    new SourceFile(command.Name ?? "", octets, command.Sha256)
                ),
            }
            : command;

    /// <returns>Null when its octets are not kept here.</returns>
    public static async Task<ListRead?> Read(IRecords records, ImportedList list) =>
        await records.Evidence(list.Sha256).ConfigureAwait(false) is { } octets
        && ListRead.Of(list.List, new SourceFile(list.Name, octets, list.Sha256)) is { } read
            ? read with
            {
                Signals =
                [
                    .. read.Signals.Select(signal => signal with { Marking = list.Marking }),
                ],
            }
            : null;

    /// <summary>What all lists in use say, each statement once: that an edition repeats it makes it no truer.</summary>
    public static async Task<IReadOnlyList<Signal>> Signals(IRecords records)
    {
        var said = new HashSet<object>();
        var signals = new List<Signal>();
        foreach (
            ImportedList list in (await records.AllOf(ImportedList.Kind).ConfigureAwait(false))
                .Select(document =>
                    SubjectKind<ImportedList, ImportedListEvent>.Read(document.Body)
                )
                .Where(list => list.SetAsideBecause is null)
                .OrderBy(list => list.TakenAt)
                .ThenBy(list => list.Id, StringComparer.Ordinal)
        )
        {
            signals.AddRange(
                (await Read(records, list).ConfigureAwait(false))?.Signals.Where(signal =>
                    said.Add(Statement(list, signal))
                )
                    ?? []
            );
        }

        return signals;
    }

    /// <summary>
    /// Those of what lists say that can stand beside what this node holds. A list goes back for years: a claim of a time when nothing
    /// was seen from here would open a disruption that nobody could look into.
    /// </summary>
    public static IEnumerable<Signal> Beside(IReadOnlyList<Signal> held, IEnumerable<Signal> said)
    {
        Instant[] seen =
        [
            .. held.OfType<SeriesSignal>()
                .Where(series => series.Samples.Count > 0)
                .SelectMany(series => new[] { series.Samples[0].At, series.Samples[^1].At }),
            .. held.OfType<ReportSignal>().Select(report => report.ObservedAt),
        ];
        return seen.Length == 0
            ? said.Where(signal => signal is not ClaimSignal)
            : said.Where(signal =>
                signal is not ClaimSignal { Claim.Start: var start }
                || (
                    start is { } begun
                    && begun.Latest >= seen.Min() - _tolerance
                    && begun.Earliest <= seen.Max() + _tolerance
                )
            );
    }

    /// <summary>The same row of two editions of a list, whatever their files are called.</summary>
    private static object Statement(ImportedList list, Signal signal) =>
        signal switch
        {
            ClaimSignal { Claim: var claim } => (
                list.List,
                signal.Place.Key,
                claim.What,
                claim.Start,
                claim.End,
                claim.Wording
            ),
            ReportSignal report => (
                list.List,
                signal.Place.Key,
                report.Service,
                report.State,
                report.ObservedAt
            ),
            _ => signal.Id,
        };
}
