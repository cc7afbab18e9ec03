using Breakwater.App.Lists;
using Breakwater.App.Subjects;
using Breakwater.Feeds;
using Breakwater.Records;
using Breakwater.Signals;
using Breakwater.Signals.Inputs;
using Breakwater.Signals.Reporting;
using Breakwater.Vocabulary;

namespace Breakwater.App.Responding;

/// <summary>What was handed in about a place, whoever may see it: each signal has its marking, and each fault that of its file.</summary>
internal sealed record SignalsFound(
    IReadOnlyList<Signal> Signals,
    IReadOnlyList<(InputFault Fault, Marking Marking)> Faults
);

/// <summary>All that was handed in about a place, read again from the octets that the store keeps.</summary>
internal static class SignalsOnRecord
{
    public static async Task<SignalsFound> Read(IRecords records, Place place)
    {
        var signals = new List<Signal>();
        var faults = new List<(InputFault, Marking)>();
        foreach (InputFile file in await Files(records, place).ConfigureAwait(false))
        {
            if (await records.Evidence(file.Sha256).ConfigureAwait(false) is not { } octets)
            {
                faults.Add(
                    (
                        new InputFault(
                            file.Name,
                            "",
                            "its octets are not kept here",
                            "Hand it in again on this node"
                        ),
                        file.Marking
                    )
                );
                continue;
            }

            SignalsRead read = SignalsOfScenario.ReadSeries(
                new ScenarioSeries(
                    file.Format,
                    file.Place,
                    file.Origin,
                    file.Marking,
                    file.ModelledColumns,
                    file.Columns,
                    new SourceFile(file.Name, octets, file.Sha256)
                )
                {
                    Routes = await Routes(records, file).ConfigureAwait(false),
                }
            );
            signals.AddRange(read.Signals);
            faults.AddRange(read.Faults.Select(fault => (fault, file.Marking)));
        }

        signals.AddRange(await Reports(records, place).ConfigureAwait(false));
        signals.AddRange(
            ListsOnRecord.Beside(
                signals,
                (await ListsOnRecord.Signals(records).ConfigureAwait(false)).Where(said =>
                    IsAbout(said.Place, place)
                )
            )
        );
        return new SignalsFound(signals, faults);
    }

    /// <summary>Null for every file that is none of routes.</summary>
    private static async Task<Feeds.RouteContext?> Routes(IRecords records, InputFile file) =>
        file.Format != "bgpdump-text"
            ? null
            : new Feeds.RouteContext(
                await Beside(records, file.Routes?.Table, "table").ConfigureAwait(false),
                await Beside(records, file.Routes?.Vrps, "authorisations").ConfigureAwait(false),
                await Beside(records, file.Routes?.Relationships, "relationships")
                    .ConfigureAwait(false),
                await Beside(records, file.Routes?.Expectations, "expectations")
                    .ConfigureAwait(false)
            );

    private static async Task<SourceFile?> Beside(IRecords records, string? sha256, string name) =>
        sha256 is not null && await records.Evidence(sha256).ConfigureAwait(false) is { } octets
            ? new SourceFile(name, octets, sha256)
            : null;

    private static async Task<IEnumerable<InputFile>> Files(IRecords records, Place place) =>
        (await records.AllOf(InputFile.Kind).ConfigureAwait(false))
            .Select(document => SubjectKind<InputFile, InputFileEvent>.Read(document.Body))
            .Where(file => file.SetAsideBecause is null && IsAbout(file.Place, place));

    private static async Task<IReadOnlyList<ReportSignal>> Reports(IRecords records, Place place)
    {
        IReadOnlyList<Document> reports = await records
            .AllOf(FieldReport.Kind)
            .ConfigureAwait(false);
        IReadOnlyList<Document> lots = await records.AllOf(FloodLot.Kind).ConfigureAwait(false);
        return
        [
            .. SignalsFromFieldReports
                .Of(
                    reports.Select(document =>
                        SubjectKind<FieldReport, FieldReportEvent>.Read(document.Body)
                    ),
                    lots.Select(document =>
                        SubjectKind<FloodLot, FloodLotEvent>.Read(document.Body)
                    )
                )
                .Where(report => IsAbout(report.Place, place)),
        ];
    }

    private static bool IsAbout(Place what, Place place) =>
        what.IsWithin(place) || place.IsWithin(what);
}
