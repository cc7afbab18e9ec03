using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Breakwater.Disruptions;
using Breakwater.Disruptions.Law;
using Breakwater.Feeds;
using Breakwater.Feeds.Law;
using Breakwater.Needs;
using Breakwater.Plans;
using Breakwater.Signals;
using Breakwater.Vocabulary;

namespace Breakwater.App.Verbs;

/// <summary><c>plan SCENARIO</c>.</summary>
internal static class PlanVerb
{
    public static Command Command(Printing print)
    {
        Argument<string> scenario = Options.Scenario();
        Option<decimal?> budget = new("--budget") { Description = "USD; overrides the scenario's" };
        Option<string?> locks = new("--lock")
        {
            Description =
                "JSON file [{\"offer\", \"place\", \"units\"}]: exactly these units there",
        };
        Option<string?> forbids = new("--forbid")
        {
            Description = "JSON file of the same form: nothing of this offer there",
        };
        Option<string> option = new("--option")
        {
            Description = "The option that 'plan' lists in JSON: most-people, fairest or safest",
            DefaultValueFactory = _ => "most-people",
        };
        Option<bool> json = Options.Json();
        var command = new Command(
            "plan",
            "The best use of what is offered, with how far it may be from the best possible. Example: breakwater plan sudan-2024-02 --budget 500000"
        )
        {
            scenario,
            budget,
            locks,
            forbids,
            option,
            json,
        };
        command.SetAction(parsed =>
        {
            var watch = Stopwatch.StartNew();
            if (parsed.GetValue(budget) is < 0)
            {
                throw new Fault(ExitCode.Usage, "--budget is negative. Give zero or more USD");
            }

            Scenario read = ScenarioInput.Read(parsed.GetValue(scenario)!);
            var hand = new PlanHand(
                parsed.GetValue(budget),
                Placements(parsed.GetValue(locks), read),
                Placements(parsed.GetValue(forbids), read)
            );
            print.Progress("assessing needs");
            (Assessment assessment, SignalsRead signals, Detection known) = NeedsVerb.Assess(read);
            LawPackRead law = LawAtHand.Read;
            IReadOnlyList<DisruptionFindings> findings = Walk.FindingsOf(
                known,
                signals.Signals,
                law,
                read
            ).Findings;
            print.Progress("optimising");
            (IReadOnlyList<Plan> plans, PlanRefused? refusal) = PlansFromNeeds.Optimise(
                Walk.PlanningInputsOf(read, assessment, hand, findings)
            );
            print.ProgressDone();
            print.Faults([.. signals.Faults, .. law.Faults]);
            Plan? chosen =
                plans.FirstOrDefault(plan => plan.Option == parsed.GetValue(option))
                ?? (plans.Count > 0 ? plans[0] : null);
            if (parsed.GetValue(json))
            {
                print.Json(
                    new
                    {
                        plan = chosen?.Lines ?? [],
                        value = chosen?.Value,
                        bound = chosen?.Bound,
                        gap = chosen?.Gap,
                        verified = chosen?.IsVerified ?? false,
                        reasons = chosen?.Reasons
                            ?? refusal!.Details.Prepend(refusal.Reason).ToList(),
                        options = plans,
                        seconds = Math.Round(watch.Elapsed.TotalSeconds, 3),
                    }
                );
            }
            else
            {
                Tables.Plans(print, plans, refusal);
            }

            return refusal is null ? ExitCode.Done : ExitCode.DoesNotHold;
        });
        return command;
    }

    private static FixedPlacement[] Placements(string? path, Scenario scenario)
    {
        if (path is null)
        {
            return [];
        }

        (SourceFile file, _, _) = Inputs.Open(path);
        try
        {
            FixedPlacement[] placements =
                JsonSerializer.Deserialize<FixedPlacement[]>(file.Content.Span, Json.Compact) ?? [];
            return Array.Exists(placements, placement => placement?.Place is null)
                    ? throw new Fault(
                        ExitCode.Usage,
                        $"{file.Name}: a placement names no place. Write [{{\"offer\": \"id\", \"place\": {{\"country\": \"SD\"}}, \"units\": 1}}]"
                    )
                : placements.FirstOrDefault(placement =>
                    scenario.Offers.All(offer => offer.Id != placement.Offer) || placement.Units < 0
                )
                    is { } wrong
                    ? throw new Fault(
                        ExitCode.Usage,
                        $"{file.Name}: offer '{wrong.Offer}' with {wrong.Units} units: there is no such offer, or the units are negative. The offers are: {string.Join(", ", scenario.Offers.Select(offer => offer.Id))}"
                    )
                : placements;
        }
        catch (JsonException fault)
        {
            throw new Fault(
                ExitCode.Usage,
                $"{file.Name}: line {(fault.LineNumber ?? 0) + 1}: not a list of placements. Write [{{\"offer\": \"id\", \"place\": {{\"country\": \"SD\"}}, \"units\": 1}}]"
            );
        }
    }
}
