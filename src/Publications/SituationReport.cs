namespace Breakwater.Publications;

/// <summary>The order in which a situation report tells what a walk gave. What it says has no language yet.</summary>
public static class SituationReport
{
    public const string Form = "situation-report";

    public static Report Of(Released released)
    {
        IReadOnlyList<FourWRow> fourW = FourW.Rows(released.Walk);
        return new Report(
            Front.Of(released),
            [
                Headline.Section(released),
                WhatWeKnow.Section(released),
                WhatWeKnow.Rivals(released),
                WhoLacksWhat.Section(released),
                .. WhichNormsApply.Sections(released),
                .. WhatWasAgreed.Sections(released),
                PlansCompared.Section(released),
                .. CoreCases.Sections(released),
                WhatWasDecided.Decisions(released),
                WhatWasDecided.Commitments(released),
                .. WhatIsPermitted.Sections(released),
                WhatCameBack.Section(released),
                FourW.Section(released, fourW),
                MoneyAndPower.Funding(released),
                MoneyAndPower.Power(released),
                WhatWeCannotSee.Section(released),
                Method.Section(released),
            ],
            fourW
        );
    }
}
