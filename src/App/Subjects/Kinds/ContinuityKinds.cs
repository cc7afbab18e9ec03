using Breakwater.App.Responding;
using Breakwater.Decisions.Continuity;
using Breakwater.Disruptions;
using Breakwater.Vocabulary;

namespace Breakwater.App.Subjects.Kinds;

/// <summary>Cases about the continuity of core resources.</summary>
internal static class ContinuityKinds
{
    private static readonly Role[] _roles =
    [
        Role.Representative,
        Role.Analyst,
        Role.LegalAnalyst,
        Role.Planner,
    ];

    public static IEnumerable<SubjectKind> All() => [Cases()];

    private static SubjectKind Cases() =>
        new KindOf<ContinuityCase, ContinuityEvent>("continuity-cases")
            .Travels()
            .Starts<OpenCase>(OpenCase.Decide, Admission.Roles, _roles)
            .Does<CheckItem>(CheckItem.Decide, _roles)
            .Does<ObserveFunction>(ObserveFunction.Decide, _roles)
            .Does<SetDeadline>(SetDeadline.Decide, _roles)
            .Does<MeetDeadline>(MeetDeadline.Decide, _roles)
            .Does<ProposeMeasure>(ProposeMeasure.Decide, _roles)
            .Does<MoveMeasure>(MoveMeasure.Decide, _roles)
            .Does<NameParty>(NameParty.Decide, _roles)
            .Does<NameContact>(NameContact.Decide, _roles)
            .Does<EstimateUsers>(EstimateUsers.Decide, _roles)
            .Fills<LinkCase>(ForLinking, LinkCase.Decide, _roles)
            .Does<CloseCase>(CloseCase.Decide, Role.Representative, Role.Planner)
            .Elapses(ContinuityCase.Elapse)
            .Made();

    private static async Task<LinkCase> ForLinking(
        Act act,
        ContinuityCase? state,
        LinkCase command
    ) =>
        command with
        {
            IsOnRecord =
                command.DisruptionId is { Length: > 0 and <= 200 }
                && await ResponseFacts
                    .Product<Disruption>(act, "disruption", command.DisruptionId)
                    .ConfigureAwait(false)
                    is not null,
        };
}
