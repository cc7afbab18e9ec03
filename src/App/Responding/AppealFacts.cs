using Breakwater.Decisions;
using Breakwater.Decisions.Appealing;
using Breakwater.Decisions.Membership;
using Breakwater.Vocabulary;
using Act = Breakwater.App.Subjects.Act;

namespace Breakwater.App.Responding;

/// <summary>Who could hear an appeal, read from the store as it stands.</summary>
internal static class AppealFacts
{
    public static async Task<HearAppeal> ForHearing(Act act, Decision? state, HearAppeal command) =>
        command with
        {
            Organisations =
            [
                .. (await act.Work.All<Organisation, OrganisationEvent>().ConfigureAwait(false))
                    .Select(at => at.State!)
                    .Where(one =>
                        one.IsOperating
                        && one.Members.Any(member =>
                            member.Standing == MemberStanding.Joined
                            && member.Roles.Any(held =>
                                held.Role == Role.Representative
                                && !(held.Until is { } until && until <= act.Now)
                            )
                        )
                    )
                    .Select(one => one.Id),
            ],
        };
}
