using Breakwater.Needs.Baselines;
using Breakwater.Signals.Inputs;
using Breakwater.Vocabulary;

namespace Breakwater.App.Subjects.Kinds;

/// <summary>What is measured and reported, and what is known before anything is lost.</summary>
internal static class SensingKinds
{
    public static IEnumerable<SubjectKind> All() => [InputFiles(), Baselines()];

    private static SubjectKind InputFiles() =>
        new KindOf<InputFile, InputFileEvent>("input-files")
            .Starts<TakeInputFile>(TakeInputFile.Decide, Admission.Roles, Role.Analyst)
            .Does<SetInputFileAside>(SetInputFileAside.Decide, Role.Analyst)
            .Made();

    private static SubjectKind Baselines() =>
        new KindOf<Baseline, BaselineEvent>("baselines")
            .StartsAt<SetBaseline>(command => command.Country, SetBaseline.Decide, Role.Planner)
            .Does<SetBaseline>(SetBaseline.Decide, Role.Planner)
            .Made();
}
