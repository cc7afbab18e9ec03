using System.Globalization;
using Breakwater.App;
using Breakwater.Disruptions;
using Breakwater.Signals;

namespace Breakwater.Walk.Tests;

/// <summary>What a walk found, without ids and texts: facts that should only change when somebody means them to.</summary>
internal static class WalkSummary
{
    public static object Of(WalkResult walk) =>
        new
        {
            signals = walk
                .Walked.Signals.GroupBy(signal => signal.Family)
                .OrderBy(group => group.Key)
                .Select(group => new
                {
                    family = group.Key,
                    count = group.Count(),
                    missing = group
                        .OfType<SeriesSignal>()
                        .Sum(s => s.Samples.Count(v => v.Value is null)),
                }),
            knownWhenPlanned = walk.Known.Disruptions.Select(Of),
            disruptions = walk.Walked.Detection.Disruptions.Select(Of),
            blind = walk.Walked.Detection.Blind.Select(blind =>
                $"{blind.Feed}: {blind.From} to {blind.To}, {blind.Reason}"
            ),
            needs = new
            {
                count = walk.Walked.Assessment.Needs.Count,
                unknown = walk.Walked.Assessment.Needs.Count(need => need.WithoutService is null),
                first = walk
                    .Walked.Assessment.Needs.Take(3)
                    .Select(need =>
                        $"{need.Service} {need.Group} {need.Place.Key}: {need.WithoutService?.Low} to {need.WithoutService?.High}"
                    ),
            },
            findings = walk.Walked.Norms!.Found.Findings.Select(finding => new
            {
                about = $"{finding.Kind} {finding.Place.Key}",
                finding.AsOf,
                proposed = finding.Proposed.Select(fact =>
                    $"{fact.Fact} {fact.Value}: {fact.Source}"
                ),
                rules = finding.Rules.Select(rule => $"{rule.Rule}: {rule.Standing}"),
                undetermined = finding.Undetermined.Count,
                gaps = finding.Gaps.Select(gap => $"{gap.Gap}: {gap.Kind}"),
                next = finding.NextQuestions.Select(question => question.Fact),
            }),
            plans = walk.Walked.Plans.Select(plan => new
            {
                plan.Option,
                plan.IsVerified,
                plan.Civilians,
                plan.Responders,
                plan.CostUsd,
                plan.Exposure,
                plan.ReadyCivilians,
                plan.ReadyResponders,
                conditions = plan
                    .Lines.SelectMany(line =>
                        line.Conditions.Select(condition =>
                            $"{line.OfferId}: {condition.Rule} {condition.Gap} {condition.State}"
                        )
                    )
                    .Distinct()
                    .Order(StringComparer.Ordinal),
                offers = plan
                    .Lines.Select(line => line.OfferId)
                    .Distinct()
                    .Order(StringComparer.Ordinal),
            }),
            decisions = walk.Walked.Decisions.Select(decision => new
            {
                decision.Kind,
                decision.Outcome,
                decision.OutcomeReason,
                decision.DecidedAt,
                consents = decision.Consents.Select(consent =>
                    $"{consent.Party}: {consent.Consent}"
                ),
                objections = decision.Positions.Count(p => p.Stand == Decisions.Stand.Object),
            }),
            commitments = walk
                .Walked.Commitments.GroupBy(c => (c.OfferId, c.State))
                .OrderBy(group => group.Key.OfferId, StringComparer.Ordinal)
                .Select(group =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{group.Key.OfferId}: {group.Key.State} at {group.Count()} places"
                    )
                ),
            cases = walk.Walked.Cases.Select(one => new
            {
                one.Type,
                place = one.Place.Key,
                one.Standing,
                functions = one.Functions.Select(seen => $"{seen.Function}: {seen.State}"),
                deadlines = one.Deadlines.Select(due => $"{due.Id}: {due.State}"),
                measures = one.Measures.Select(measure => $"{measure.Id}: {measure.State}"),
                outcomes = one.Outcomes.Select(outcome =>
                    $"{outcome.Kind}: {outcome.Outcome}, {outcome.Dissents} dissent"
                ),
            }),
            restorations = walk.Walked.Restorations.Select(restoration =>
                $"{restoration.ServiceSeen} at {restoration.Place.Key} {restoration.Network}: {restoration.State} from {restoration.Start?.Earliest} to {restoration.Start?.Latest}, share {restoration.ShareRestored?.ToString(CultureInfo.InvariantCulture)}"
            ),
            publications = walk.Publications.Select(publication =>
                $"{publication.Form} {publication.Language}: {publication.Paragraphs.Count > 0}"
            ),
            refused = walk.Refused,
        };

    private static object Of(Disruption disruption) =>
        new
        {
            disruption.Kind,
            disruption.State,
            place = disruption.Place.Key,
            disruption.Network,
            disruption.Start,
            end = disruption.End?.Latest,
            disruption.Confidence,
            notes = disruption.Notes,
            verdicts = disruption.Sources.Select(source =>
                $"{source.Name}: {source.Verdict} ({source.Tag})"
            ),
            actors = disruption.Claims.Select(claim => claim.Actor),
            links = disruption.Links.Count,
        };
}
