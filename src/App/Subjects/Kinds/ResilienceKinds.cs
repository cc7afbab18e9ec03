using Breakwater.App.Resilience;
using Breakwater.Preparedness.Resilience.Loading;
using Breakwater.Vocabulary;

namespace Breakwater.App.Subjects.Kinds;

/// <summary>What the resilience index is computed from and is not counted here.</summary>
internal static class ResilienceKinds
{
    public static IEnumerable<SubjectKind> All() => [IndicatorFiles()];

    private static SubjectKind IndicatorFiles() =>
        new KindOf<IndicatorFile, IndicatorFileEvent>("indicator-files")
            .Fills<TakeIndicatorFile>(
                ValuesOnRecord.ForTaking,
                TakeIndicatorFile.Decide,
                Role.Analyst,
                Role.Planner
            )
            .ToStart()
            .Does<SetIndicatorFileAside>(SetIndicatorFileAside.Decide, Role.Analyst, Role.Planner)
            .Made();
}
