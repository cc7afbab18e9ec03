using Breakwater.Decisions;
using Breakwater.Needs;
using Breakwater.Plans;
using Breakwater.Publications.Hxl;
using Breakwater.Vocabulary;
using NodaTime.Text;

namespace Breakwater.Publications.Gaps;

/// <summary>What nobody serves, and why; civilians and responders apart. A need that is served is not in it.</summary>
internal static class GapReport
{
    /// <summary>How a need stands that nobody serves in full.</summary>
    private const string NoPlan = "no-plan-adopted";
    private const string LeftOpen = "left-open-by-plan";
    private const string Promised = "promised-not-working";

    public static IReadOnlyList<GapRow> Rows(Released released)
    {
        Walked walk = released.Walk;
        Plan? adopted = Adopted(walk);
        return
        [
            .. walk
                .Assessment.Needs.OrderBy(need => need.Priority)
                .ThenBy(need => need.Id, StringComparer.Ordinal)
                .Select(need => Row(need, adopted, walk.Commitments))
                .OfType<GapRow>(),
        ];
    }

    public static Section Section(Released released)
    {
        var draft = new Draft("unserved");
        IReadOnlyList<GapRow> rows = Rows(released);
        if (rows.Count == 0)
        {
            draft.Say(
                released.None("gap.none", "need", "plan", "commitment"),
                [Ids.OfScenario(released.Walk)]
            );
            return draft.Section;
        }

        draft.Say(
            new Said("gap.intro"),
            rows.Select(row => row.Need.Id),
            rows.Select(row => row.Need.Origin),
            Tone.Quiet
        );
        draft.Tabulate(
            "gap",
            [
                new("where"),
                new("service"),
                new("civilians-without", IsNumber: true),
                new("responders-without", IsNumber: true),
                new("gap-standing"),
                new("unserved-civilians", IsNumber: true),
                new("unserved-responders", IsNumber: true),
                new("why-not"),
            ],
            rows.Select(row =>
                (
                    new Word[]
                    {
                        WhoLacksWhat.Area(row.Need.Place, row.Need.PlaceName, row.Need.Pcode),
                        Word.Of("service", row.Need.Service),
                        Of(row.IsCivilian, People.Printed(row.Need.WithoutService)),
                        Of(!row.IsCivilian, People.Printed(row.Need.WithoutService)),
                        new Term("gap-standing", row.Standing),
                        Of(row.IsCivilian, Left(row)),
                        Of(!row.IsCivilian, Left(row)),
                        row.Why is { } why ? new Free(why) : new Said("not-stated"),
                    },
                    (IEnumerable<string>)row.Inputs,
                    (IEnumerable<Origin>)[row.Need.Origin]
                )
            ),
            isWide: true
        );
        return draft.Section;
    }

    /// <summary>Small counts go out as they are printed: not at all (a handful of people can be recognised).</summary>
    public static HxlTable Table(IReadOnlyList<GapRow> rows, Texts texts) =>
        HxlMapping.GapReport.Table(
            rows,
            (row, column) =>
                column switch
                {
                    "id" => row.Need.Id,
                    "country" => row.Need.Place.Country,
                    "area" => HxlTable.Cell(row.Need.PlaceName),
                    "pcode" => HxlTable.Cell(row.Need.Pcode),
                    "service" => Checks.Word(row.Need.Service),
                    "group" => Checks.Word(row.Need.Group),
                    "civilians-low" => Counted(row.IsCivilian, row.Need.WithoutService?.Low),
                    "civilians-high" => Counted(row.IsCivilian, row.Need.WithoutService?.High),
                    "responders-low" => Counted(!row.IsCivilian, row.Need.WithoutService?.Low),
                    "responders-high" => Counted(!row.IsCivilian, row.Need.WithoutService?.High),
                    "since" => InstantPattern.General.Format(row.Need.Since),
                    "gap-standing" => row.Standing,
                    "left-civilians" => Counted(row.IsCivilian, row.Left),
                    "left-responders" => Counted(!row.IsCivilian, row.Left),
                    "why-not" => HxlTable.Cell(row.Why),
                    "source" => HxlTable.Cell(row.Need.PopulationSource),
                    "origin" => Checks.Word(row.Need.Origin),
                    _ => throw new ArgumentOutOfRangeException(nameof(column), column, null),
                },
            texts
        );

    private static GapRow? Row(Need need, Plan? adopted, IReadOnlyList<Commitment> commitments)
    {
        bool isCivilian = People.IsCivilian(need.Group);
        if (adopted is null || !adopted.Needs.Contains(need.Id))
        {
            return new GapRow(need, isCivilian, NoPlan, null, null, [need.Id]);
        }

        if (adopted.Unserved.FirstOrDefault(open => open.NeedId == need.Id) is { } open)
        {
            return new GapRow(
                need,
                isCivilian,
                LeftOpen,
                open.People,
                open.Why,
                [need.Id, adopted.Id]
            );
        }

        Commitment[] meant =
        [
            .. commitments.Where(commitment =>
                commitment.PlanId == adopted.Id && commitment.Place.Equals(need.Place)
            ),
        ];
        return meant.Any(WhatWasDecided.IsWorking)
            ? null
            : new GapRow(
                need,
                isCivilian,
                Promised,
                null,
                null,
                [need.Id, adopted.Id, .. meant.Select(commitment => commitment.Id)]
            );
    }

    private static Plan? Adopted(Walked walk) =>
        walk.Plans.LastOrDefault(plan =>
            walk.Decisions.Any(decision =>
                decision.Subject == plan.Id && decision.Outcome == DecisionOutcome.Adopted
            )
        );

    private static Word Left(GapRow row) =>
        row.Left is { } left ? People.Printed(CountRange.Exactly(left)) : new Said("unknown");

    private static Word Of(bool isMeant, Word word) => isMeant ? word : new Said("not-of-this-row");

    private static string? Counted(bool isMeant, long? people) =>
        isMeant && people is 0 or >= ReleaseCheck.SmallestGroupOfPeople
            ? HxlTable.Cell(people)
            : null;
}

/// <summary>A need, or a part of one, that nobody serves.</summary>
/// <param name="Left">How many the adopted plan leaves; null is unknown.</param>
internal sealed record GapRow(
    Need Need,
    bool IsCivilian,
    string Standing,
    long? Left,
    string? Why,
    IReadOnlyList<string> Inputs
);
