using Breakwater.Decisions.Membership.Applying;
using Breakwater.Feeds;
using Breakwater.Vocabulary;

namespace Breakwater.App.Exercises;

/// <summary>
/// Who plays when nobody says who does: those who run the exercise, three desks that hold every role, and a speaker for each
/// stakeholder of the scenario. All are roles, and none is an organisation that exists.
/// </summary>
internal static class ExerciseCharter
{
    /// <summary>The organisation of those who run an exercise.</summary>
    public const string Control = "exercise-control";

    private const string Mandate = "A role of an exercise. No organisation said any of it";

    public static Found Of(Scenario scenario) =>
        new([
            Organisation(
                Control,
                "Exercise control",
                StakeholderClass.Intergovernmental,
                ("control-1", Role.Operator)
            ),
            Organisation(
                "desk-measurement",
                "Exercise desk: measurement",
                StakeholderClass.TechnicalCommunity,
                ("analyst-1", Role.Analyst),
                ("representative-1", Role.Representative),
                ("registrar-1", Role.Registrar),
                ("publisher-1", Role.Publisher),
                ("custodian-1", Role.Custodian)
            ),
            Organisation(
                "desk-relief",
                "Exercise desk: relief",
                StakeholderClass.CivilSociety,
                ("planner-1", Role.Planner),
                ("representative-2", Role.Representative),
                ("registrar-2", Role.Registrar),
                ("publisher-2", Role.Publisher),
                ("custodian-2", Role.Custodian)
            ),
            Organisation(
                "desk-law",
                "Exercise desk: law",
                StakeholderClass.Academia,
                ("legal-analyst-1", Role.LegalAnalyst),
                ("representative-3", Role.Representative)
            ),
            .. scenario.Stakeholders.Select(one =>
                Organisation(
                    one.Id,
                    one.Name,
                    one.Class,
                    (Script.Speaker(scenario, one.Id).Person, Role.Representative)
                )
            ),
        ]);

    private static FoundingOrganisation Organisation(
        string id,
        string name,
        StakeholderClass stakeholderClass,
        params (string Person, Role Role)[] members
    ) =>
        new(
            id,
            name,
            stakeholderClass,
            Mandate,
            [],
            [.. members.Select(member => new FoundingMember(member.Person, [member.Role]))]
        );
}
