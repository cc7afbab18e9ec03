using Breakwater.App.Subjects;
using Breakwater.Feeds.Preparing;
using Breakwater.Preparedness.CountryPlans;
using Breakwater.Preparedness.CountryPlans.Answering;
using Breakwater.Preparedness.CountryPlans.Owning;

namespace Breakwater.App.CountryPlans;

/// <summary>The checklist that comes with the executable, read once. It may be damaged: then nothing is answered, and the faults say why.</summary>
internal static class ChecklistAtHand
{
    private static readonly Lazy<ChecklistRead> _read = new(() =>
        ChecklistReader.Read(ChecklistReader.Bundled)
    );

    public static ChecklistRead Read => _read.Value;

    public static Task<AnswerItem> ForAnswer(Act act, CountryPlan? state, AnswerItem command) =>
        Task.FromResult(command with { Checklist = Read.Checklist });

    public static Task<SetItemOwner> ForOwner(Act act, CountryPlan? state, SetItemOwner command) =>
        Task.FromResult(command with { Checklist = Read.Checklist });
}
