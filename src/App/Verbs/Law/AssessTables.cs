using Breakwater.App.Law;
using Breakwater.Norms.Asking;
using Breakwater.Norms.Assessing;
using Breakwater.Norms.Expressions;
using Breakwater.Norms.Facts;
using Breakwater.Norms.Findings;
using Breakwater.Norms.Packs;
using Breakwater.Norms.Positions;

namespace Breakwater.App.Verbs.Law;

/// <summary>Findings as text: what is agreed, what is contested and by whom, what is unknown, what to ask.</summary>
internal static class AssessTables
{
    public const string Standard =
        "Proof standard: on the facts supplied; each is as sure as the source named for it";

    private const int QuestionsShown = 5;

    public static void Write(Printing print, Assessed assessed, PositionsFound? positions)
    {
        Heading(print, assessed);
        Facts(print, assessed.Facts);
        Determinate(
            print,
            assessed,
            Standing.Agreed,
            "AGREED by every reading asked; a body without an entry of its own is read by default"
        );
        Contested(print, assessed);
        Determinate(
            print,
            assessed,
            Standing.PartlyUndetermined,
            "DETERMINATE IN SOME READINGS, facts lacking in others"
        );
        Undetermined(print, assessed);
        NotApplicable(print, assessed);
        Reports(print, assessed);
        if (positions is not null)
        {
            Positions(print, positions);
        }

        Gaps(print, assessed.Gaps);
        Questions(print, assessed, Respondent.Documenter, QuestionsShown);
    }

    public static void Heading(Printing print, Assessed assessed)
    {
        LawPack pack = assessed.Pack;
        print.Line(
            $"Prima facie, not legal advice. Each outcome belongs to the reading named; none is a verdict on anybody."
        );
        print.Line(
            $"Pack {pack.Id} {pack.Version} ({(pack.Reviewers.Count == 0 ? "draft: no lawyer has reviewed it" : $"reviewed by {string.Join(", ", pack.Reviewers)}")}), {pack.Hash[..19]}"
        );
        print.Line(Days(assessed));
        print.Line(Standard);
        int younger =
            assessed.AsOf.Valid is null && assessed.Sheet.Conduct?.LastDay is { } last
                ? pack.Rules.Count(rule => !rule.Valid.Holds(last))
                : 0;
        if (younger > 0)
        {
            print.Line(
                $"{younger} rules were not in force at the conduct and are asked all the same; --valid-as-of DAY leaves them out"
            );
        }

        print.Line($"Readings asked: {string.Join(", ", assessed.Profiles)}");
    }

    public static string Days(Assessed assessed) =>
        $"Law as of {AssessDocument.Day(assessed.AsOf.Valid) ?? "any day: every rule and reading counts"}{(assessed.AsOf.Known is { } known ? $", as recorded by {AssessDocument.Day(known)}" : "")}; conduct {assessed.Sheet.Conduct?.Text ?? "undated"}; burdens {(assessed.IsClosed ? "closed: what was not shown counts against whoever had to show it" : "open")}";

    public static string Phrase(Rule rule, Outcome outcome) =>
        (outcome, rule.Regime) switch
        {
            (Outcome.Violated, "ICL") => "material elements made out",
            (Outcome.Violated, _) => "falls short",
            (Outcome.Met, _) => "no shortfall",
            (Outcome.NotApplicable, _) => "does not apply",
            (Outcome.Holds, _) => "yes",
            (Outcome.DoesNotHold, _) => "no",
            (Outcome.NotInForce, _) => "not in force then",
            (Outcome.NotYetStated, _) => "not yet stated then",
            _ => outcome.Word(),
        };

    public static void Questions(Printing print, Assessed assessed, Respondent respondent, int most)
    {
        IReadOnlyList<Question> all = AssessDocument.Questions(assessed, respondent);
        Question[] put = [.. all.Where(one => one.Withheld is null).Take(most)];
        if (all.Count == 0)
        {
            return;
        }

        print.Line();
        print.Line(
            $"ASK NEXT  each answer counted as likely as the other ({NextQuestions.Probability}); value is what changes, by cost"
        );
        foreach (Question one in put)
        {
            print.Line(
                $"  {one.Fact.Id}  value {one.Value:0.00}, cost {one.Fact.Cost}, ask {Tables.Word(one.Fact.AskOf)}{(one.Fact.Safety == Safety.Care ? "; with care" : "")}"
            );
            print.Line($"      {one.Fact.Question}");
            print.Line(
                one.Settles.Count > 0
                    ? $"      may settle: {Some(one.Settles, 6)}"
                    : $"      settles nothing alone; {one.Reach} rules hang on it"
            );
        }

        int withheld = all.Count(one => one.Withheld is not null);
        if (withheld > 0)
        {
            print.Line(
                $"  {withheld} more {(withheld == 1 ? "is" : "are")} not for this respondent: collecting the answer may expose somebody, or needs an assessment. See: breakwater norms ask FACTS --respondent desk"
            );
        }
    }

    private static void Facts(Printing print, KnownFacts facts)
    {
        int known = facts.All.Count(fact => fact.Value != Kleene.Unknown);
        print.Line($"Facts known: {known}, {facts.Hash[..19]}");
        foreach (KnownFact fact in facts.All.Where(fact => fact.IsContradicted))
        {
            print.Line(
                $"  sources contradict each other on {fact.Fact}: yes says {Who(fact.For)}; no says {Who(fact.Against)}. Both are kept; it counts as unknown"
            );
        }
    }

    private static string Who(IReadOnlyList<Assertion> side) =>
        string.Join(
            ", ",
            side.Select(one =>
                one.Confidence is { } sure ? $"{one.Source} ({sure:0.##})" : one.Source
            )
        );

    private static void Determinate(
        Printing print,
        Assessed assessed,
        Standing standing,
        string heading
    )
    {
        Spread[] spreads =
        [
            .. assessed.Spreads.Where(spread =>
                spread.Standing == standing
                && spread.Outcomes.Any(group =>
                    group.Outcome.IsDeterminate() && group.Outcome != Outcome.NotApplicable
                )
            ),
        ];
        if (spreads.Length == 0)
        {
            return;
        }

        print.Line();
        print.Line(heading);
        foreach (Spread spread in spreads)
        {
            (Outcome outcome, IReadOnlyList<string> profiles) = spread.Outcomes.First(group =>
                group.Outcome.IsDeterminate()
            );
            Finding finding = assessed.Of(spread.Rule.Id, profiles[0]);
            print.Line(
                $"  {Phrase(spread.Rule, outcome), -14} {spread.Rule.Id}  {spread.Rule.Title}"
            );
            Because(print, finding);
            if (standing == Standing.PartlyUndetermined)
            {
                print.Line(
                    $"                 by {Who(assessed, spread.Rule, profiles)}; the rest lack: {Some(spread.Missing, 6)}"
                );
            }
        }
    }

    private static void Because(Printing print, Finding finding)
    {
        Part deciding =
            finding.Basis.FirstOrDefault(part =>
                finding.ExcusedBy.Any(excuse => part.Name == $"exception:{excuse}")
            )
            ?? finding.Basis.FirstOrDefault(part =>
                part.Name == "breach" && finding.Outcome != Outcome.NotApplicable
            )
            ?? finding.Basis[0];
        print.Line(
            $"                 {deciding.Name} is {deciding.Value.Letter()}: {deciding.Clause}"
        );
        print.Line(
            $"                 {finding.Rule.Force}: {string.Join("; ", finding.Rule.Sources.Select(source => source.Cite))}"
        );
        foreach (string caveat in ReasonLines.Caveats(finding))
        {
            print.Line($"                 {caveat}");
        }
    }

    private static void Contested(Printing print, Assessed assessed)
    {
        Spread[] spreads =
        [
            .. assessed.Spreads.Where(spread => spread.Standing == Standing.Contested),
        ];
        if (spreads.Length == 0)
        {
            return;
        }

        print.Line();
        print.Line("CONTESTED  readings differ; they are not votes");
        foreach (Spread spread in spreads)
        {
            print.Line($"  {spread.Rule.Id}  {spread.Rule.Title}");
            foreach ((Outcome outcome, IReadOnlyList<string> profiles) in spread.Outcomes)
            {
                print.Line(
                    $"      {Phrase(spread.Rule, outcome), -14} {Who(assessed, spread.Rule, profiles)}"
                );
            }

            print.Line(
                $"      turns on {string.Join(", ", spread.TurnsOn)}{(spread.Atoms.Count > 0 ? $": {Some(spread.Atoms, 6)}" : "")}"
            );
        }
    }

    private static void Undetermined(Printing print, Assessed assessed)
    {
        Spread[] spreads =
        [
            .. assessed.Spreads.Where(spread => spread.Standing == Standing.Undetermined),
        ];
        if (spreads.Length > 0)
        {
            print.Line();
            print.Line(
                $"UNDETERMINED  {spreads.Length} rules lack facts: {string.Join(", ", spreads.Select(spread => spread.Rule.Id))}"
            );
        }
    }

    private static void NotApplicable(Printing print, Assessed assessed)
    {
        string[] rules =
        [
            .. assessed
                .Spreads.Where(spread =>
                    spread.Standing != Standing.Contested
                    && spread.Outcomes.Any(group => group.Outcome == Outcome.NotApplicable)
                )
                .Select(spread => spread.Rule.Id),
        ];
        if (rules.Length > 0)
        {
            print.Line();
            print.Line($"DO NOT APPLY  {string.Join(", ", rules)}");
        }
    }

    private static void Reports(Printing print, Assessed assessed)
    {
        foreach (
            IGrouping<Outcome, Finding> group in assessed
                .Findings.Where(finding => finding.Outcome.IsReport())
                .GroupBy(finding => finding.Outcome)
        )
        {
            print.Line();
            print.Line(
                $"{(group.Key == Outcome.NotInForce ? "NOT IN FORCE at the conduct" : "NOT YET STATED on that day")}  {string.Join(", ", group.Select(finding => finding.Rule.Id).Distinct())}"
            );
        }
    }

    private static void Positions(Printing print, PositionsFound found)
    {
        print.Line();
        if (found.Positions.Count == 0 && found.Capped is null)
        {
            print.Line("POSITIONS  nothing is contested on these facts");
            return;
        }

        print.Line("POSITIONS that can be held together on what is contested");
        print.Line(
            found.Sceptical.Count > 0
                ? $"  under every one of them: {Stands(found.Sceptical)}"
                : "  nothing stands under every one of them"
        );
        int number = 0;
        foreach (CoherentPosition position in found.Positions)
        {
            print.Line(
                $"  {++number}. {(position.Profiles.Count > 0 ? string.Join(", ", position.Profiles) : "no body of the pack is on record for it")}"
            );
            print.Line(
                position.Stands.Count > 0
                    ? $"     {Stands(position.Stands)}"
                    : "     leaves all that is contested open"
            );
            foreach (string preferred in position.Preferred)
            {
                print.Line($"     {preferred}");
            }
        }

        if (found.Conditions.Count > 0)
        {
            print.Line(
                $"  arguments that could not be built for want of: {Some(found.Conditions, 8)}"
            );
        }

        if (found.Capped is { } capped)
        {
            print.Line($"  CAPPED: {capped}");
        }
    }

    private static string Stands(IReadOnlyList<Stand> stands) =>
        string.Join(
            "; ",
            stands.Select(stand => $"{stand.Rule.Id} {Phrase(stand.Rule, stand.Outcome)}")
        );

    public static void Gaps(Printing print, IReadOnlyList<GapEntry> gaps)
    {
        if (gaps.Count == 0)
        {
            return;
        }

        print.Line();
        print.Line("GAPS met with");
        foreach (GapEntry entry in gaps)
        {
            print.Line($"  {entry.Gap.Id} {Tables.Word(entry.Kind), -10} {entry.Gap.Text}");
            print.Line(
                $"                  {string.Join(", ", entry.Rules.Select(rule => rule.Id))}"
            );
        }
    }

    /// <summary>Bodies with an entry of their own by name; those that only lack one are told apart, since they said nothing.</summary>
    private static string Who(Assessed assessed, Rule rule, IReadOnlyList<string> profiles)
    {
        HashSet<string> silent = [.. AssessDocument.ByDefault(assessed, rule)];
        string[] spoke = [.. profiles.Where(profile => !silent.Contains(profile))];
        int defaults = profiles.Count - spoke.Length;
        return defaults == 0 ? string.Join(", ", spoke)
            : spoke.Length == 0
                ? $"{string.Join(", ", profiles)} (by default: no entry of their own)"
            : $"{string.Join(", ", spoke)}; by default {defaults} more without an entry of their own";
    }

    private static string Some(IReadOnlyList<string> ids, int most) =>
        ids.Count <= most
            ? string.Join(", ", ids)
            : $"{string.Join(", ", ids.Take(most))} and {ids.Count - most} more";
}
