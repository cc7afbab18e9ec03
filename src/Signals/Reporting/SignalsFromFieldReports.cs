using System.Security.Cryptography;
using System.Text.Json;
using Breakwater.Vocabulary;

namespace Breakwater.Signals.Reporting;

/// <summary>
/// Reports and lots as the signals that detection weighs. Words never leave with them. A report that was taken back, set
/// aside or found a duplicate gives none; one that is contradicted does, because both sides are weighed.
/// </summary>
public static class SignalsFromFieldReports
{
    public static IReadOnlyList<ReportSignal> Of(
        IEnumerable<FieldReport> reports,
        IEnumerable<FloodLot> lots
    )
    {
        ArgumentNullException.ThrowIfNull(reports);
        ArgumentNullException.ThrowIfNull(lots);
        return
        [
            .. reports
                .Where(report => report.Standing is not ("retracted" or "set-aside" or "duplicate"))
                .Select(Of),
            .. lots.Where(lot => lot.Where is not null).Select(Of),
        ];
    }

    public static ReportSignal Of(FieldReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return ReportRules.Signal(
            ContentId.Of("signal", new { FieldReport.Kind, report.Id }),
            report.Where,
            report.Network,
            report.Service,
            report.State,
            Name(report.Observer),
            report.ObservedAt,
            report.ReceivedAt,
            report.Origin,
            report.Marking,
            On(report.Id, new { report.Id, report.Input })
        ) with
        {
            Hand = report.Hand,
        };
    }

    private static ReportSignal Of(FloodLot lot) =>
        ReportRules.Signal(
            ContentId.Of("signal", new { FloodLot.Kind, lot.Id }),
            lot.Where!,
            lot.Network,
            null,
            lot.State,
            Name(lot.Observer),
            lot.First,
            lot.Last,
            Origin.Reported,
            lot.Marking,
            On(lot.Id, new { lot.Id })
        ) with
        {
            Hand = lot.Hand,
            Further = (int)Math.Min(int.MaxValue, lot.Number - 1),
        };

    /// <summary>The record in the ledger; the input that it was read from is named by its hash there.</summary>
    private static Evidence On(string id, object record) =>
        new(Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Of(record))), id);

    private static string Name(ObserverKind observer) =>
        JsonNamingPolicy.KebabCaseLower.ConvertName(observer.ToString());
}
