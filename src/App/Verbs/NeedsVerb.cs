using System.CommandLine;
using Breakwater.Disruptions;
using Breakwater.Feeds;
using Breakwater.Needs;
using Breakwater.Publications;
using Breakwater.Signals;

namespace Breakwater.App.Verbs;

/// <summary><c>needs SCENARIO</c>.</summary>
internal static class NeedsVerb
{
    public static Command Command(Printing print)
    {
        Argument<string> scenario = Options.Scenario();
        Option<bool> json = Options.Json();
        var command = new Command(
            "needs",
            "Who lacks what, where; when sites go dark. Example: breakwater needs sudan-2024-02"
        )
        {
            scenario,
            json,
        };
        command.SetAction(parsed =>
        {
            (Assessment all, SignalsRead read, _) = Assess(
                ScenarioInput.Read(parsed.GetValue(scenario)!)
            );
            // Sealed sites stay sealed on the operator's own screen: an operator may not read them.
            Assessment assessment = all with
            {
                TimeToDark =
                [
                    .. all.TimeToDark.Where(site =>
                        ReleaseCheck.Allows(site.Marking, Audience.Public)
                    ),
                ],
            };
            int sealedSites = all.TimeToDark.Count - assessment.TimeToDark.Count;
            print.Faults(read.Faults);
            if (parsed.GetValue(json))
            {
                print.Json(assessment);
                return ExitCode.Done;
            }

            Tables.Needs(print, assessment, int.MaxValue);
            if (sealedSites > 0)
            {
                print.Line($"  {sealedSites} sealed: withheld here");
            }

            return ExitCode.Done;
        });
        return command;
    }

    public static (Assessment Assessment, SignalsRead Read, Detection Known) Assess(
        Scenario scenario
    )
    {
        SignalsRead read = SignalsOfScenario.Read(scenario);
        Detection detection = DisruptionsFromSignals.Detect(
            read.Signals,
            DetectorProfile.Default,
            scenario.Window.Since,
            scenario.PlanAt
        );
        return (
            NeedsFromDisruptions.Assess(
                detection.Disruptions,
                scenario.Populations,
                scenario.NetworkShares,
                scenario.Sites,
                scenario.PlanAt
            ),
            read,
            detection
        );
    }
}
