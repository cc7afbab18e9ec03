using Breakwater.Vocabulary;

namespace Breakwater.Signals.Reporting;

/// <summary>Reports out of files that have a reader already: CAP and report-json. Its rules, limits and faults hold unchanged.</summary>
public static class DraftsFromSignals
{
    /// <summary>What an alert claims of telecommunications becomes a report by an authority; circumstances stay signals and are told.</summary>
    public static DraftsRead FromCap(SourceFile file, Place? place = null)
    {
        SignalsRead read = SignalsFromCap.Read(file, place);
        int circumstances = read.Signals.OfType<ContextSignal>().Count();
        return Of(
            read,
            [
                .. read
                    .Signals.OfType<ClaimSignal>()
                    .Select(signal => Draft(signal))
                    .OfType<ReportDraft>(),
            ],
            circumstances == 0
                ? []
                : [$"{circumstances} circumstances, which are no reports of a service"]
        );
    }

    public static DraftsRead FromReportJson(SourceFile file)
    {
        SignalsRead read = SignalsFromReports.Read(file);
        ReportDraft[] drafts =
        [
            .. read
                .Signals.OfType<ReportSignal>()
                .Select(signal => Draft(signal))
                .OfType<ReportDraft>(),
        ];
        int closer = read.Signals.Count - drafts.Length;
        return Of(
            read,
            drafts,
            closer == 0 ? [] : [$"{closer} reports of no country or area are left out"]
        );
    }

    private static DraftsRead Of(SignalsRead read, ReportDraft[] drafts, string[] notes) =>
        new(drafts, read.Faults, [.. read.Notes ?? [], .. notes]);

    private static ReportDraft? Draft(ClaimSignal signal)
    {
        Place? place = ReportPlace.Coarsen(signal.Place);
        return place is null || signal.Claim.Start is not { } start
            ? null
            : new ReportDraft(
                place,
                null,
                signal.Network,
                null,
                ServiceState.Down,
                start.Earliest,
                ObserverKind.Authority,
                signal.Claim.Wording,
                null,
                null,
                Narrowed(signal.Marking)
            );
    }

    private static ReportDraft? Draft(ReportSignal signal) =>
        ReportPlace.Coarsen(signal.Place) is not { } place
            ? null
            : new ReportDraft(
                place,
                null,
                signal.Network,
                signal.Service,
                signal.State,
                signal.ObservedAt,
                TextReportKeys.ObserverOf(signal.Observer) ?? ObserverKind.Unknown,
                signal.Text,
                null,
                null,
                Narrowed(signal.Marking)
            );

    /// <summary>No wider than a report is that comes in.</summary>
    private static Marking Narrowed(Marking marking) =>
        Marking.Strictest([marking, ReceiveReport.Usual]);
}
