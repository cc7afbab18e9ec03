using System.Text.Json;
using Breakwater.Vocabulary;

namespace Breakwater.Publications.AfterAction;

/// <summary>The report as JSON: equal ledgers give equal octets, and its hash is what the node signs.</summary>
public static class AfterActionJson
{
    public const string Form = "after-action-report-1";

    public static byte[] Write(AfterActionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                Form,
                Exercise = true,
                report.Node,
                report.Scenario,
                report.Titles,
                report.BranchOf,
                report.State,
                report.StartedAt,
                report.ReportedAt,
                report.EndReason,
                report.Truth,
                LedgerEvents = report.Size,
                Figures = report.Figures.Select(figure => new
                {
                    figure.Key,
                    NeverHappened = figure.At is null,
                    figure.At,
                    figure.ExpectedBy,
                    IsInTime = figure.IsInTime(report.ReportedAt),
                    Seconds = figure.Took?.TotalSeconds,
                    figure.Events,
                    figure.About,
                }),
                report.Missed,
                Roles = report.Roles.Select(role => new
                {
                    role.Role,
                    role.People,
                    role.Count,
                    NeverActed = role.Count == 0,
                    role.First,
                    role.Last,
                    Acts = role.Acts.Select(act => new { act.Type, act.Count }),
                    role.Events,
                }),
                report.Injects,
                report.NeverSeen,
            },
            Json.Indented
        );
    }
}
