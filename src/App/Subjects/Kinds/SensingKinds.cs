using Breakwater.App.Lists;
using Breakwater.Needs.Baselines;
using Breakwater.Signals.Initiatives;
using Breakwater.Signals.Inputs;
using Breakwater.Signals.Reporting;
using Breakwater.Vocabulary;

namespace Breakwater.App.Subjects.Kinds;

/// <summary>What is measured and reported, and what is known before anything is lost.</summary>
internal static class SensingKinds
{
    public static IEnumerable<SubjectKind> All() =>
        [Reports(), ReportLots(), InputFiles(), ImportedLists(), Baselines()];

    /// <summary>A report begins at a door of its own, without an account: <c>ReportRoutes</c>.</summary>
    private static SubjectKind Reports() =>
        new KindOf<FieldReport, FieldReportEvent>("reports")
            .Travels()
            .Does<OpenTriage>(OpenTriage.Decide, Role.Analyst)
            .Does<Corroborate>(Corroborate.Decide, Role.Analyst)
            .Does<Contradict>(Contradict.Decide, Role.Analyst)
            .Does<MarkDuplicate>(MarkDuplicate.Decide, Role.Analyst)
            .Does<PutAside>(PutAside.Decide, Role.Analyst)
            .Elapses(FieldReport.Elapse)
            .Made();

    private static SubjectKind ReportLots() =>
        new KindOf<FloodLot, FloodLotEvent>("report-lots").Made();

    private static SubjectKind InputFiles() =>
        new KindOf<InputFile, InputFileEvent>("input-files")
            .Fills<TakeInputFile>(KeptOctets, TakeInputFile.Decide, Role.Analyst)
            .ToStart()
            .Does<SetInputFileAside>(SetInputFileAside.Decide, Role.Analyst)
            .Made();

    /// <summary>A hash of octets that are not here names nothing that could be read.</summary>
    private static async Task<TakeInputFile> KeptOctets(
        Act act,
        InputFile? state,
        TakeInputFile command
    )
    {
        foreach (string? sha256 in (command.Routes?.All() ?? []).Prepend(command.Sha256))
        {
            if (
                sha256 is not { Length: 64 }
                || await act.Work.Records.Evidence(sha256).ConfigureAwait(false) is null
            )
            {
                return command with { Sha256 = "" };
            }
        }

        return command;
    }

    /// <summary>The same octets are one list, whoever takes them.</summary>
    private static SubjectKind ImportedLists() =>
        new KindOf<ImportedList, ImportedListEvent>("imported-lists")
            .Fills<ImportList>(
                ListsOnRecord.ForTaking,
                ImportList.Decide,
                Role.Analyst,
                Role.Planner
            )
            .ToStartAt<ImportList>(command => command.Id)
            .Does<SetListAside>(SetListAside.Decide, Role.Analyst, Role.Planner)
            .Made();

    private static SubjectKind Baselines() =>
        new KindOf<Baseline, BaselineEvent>("baselines")
            .StartsAt<SetBaseline>(command => command.Country, SetBaseline.Decide, Role.Planner)
            .Does<SetBaseline>(SetBaseline.Decide, Role.Planner)
            .Made();
}
