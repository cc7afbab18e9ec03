using Breakwater.Decisions;
using Breakwater.Publications.Hxl;
using Breakwater.Restorations;
using Breakwater.Vocabulary;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.Publications;

/// <summary>Who does what, where and when (4W), with HXL 1.1 tags. Administrative area only.</summary>
public static class FourW
{
    /// <summary>The columns of the report's table; <c>Hxl/four-w.columns.txt</c> says which tag each carries.</summary>
    public static IReadOnlyList<Column> Columns => HxlMapping.FourW.InReport;

    /// <summary>The cluster system's name for what all rows are about (OCHA, global clusters).</summary>
    private const string Sector = "Emergency Telecommunications";

    internal static IReadOnlyList<FourWRow> Rows(Walked walk)
    {
        var pcodes = walk
            .Assessment.Needs.Select(need => (need.Place, need.Pcode, Name: need.PlaceName))
            .Concat(walk.Populations.Select(count => (count.Place, count.Pcode, count.Name)))
            .GroupBy(area => area.Place)
            .ToDictionary(
                group => group.Key,
                group =>
                    (
                        Pcode: group
                            .Select(area => area.Pcode)
                            .FirstOrDefault(code => code is not null),
                        group.First().Name
                    )
            );
        return
        [
            .. walk.Commitments.Select(commitment => Row(commitment, pcodes)),
            .. walk.Restorations.Select(restoration => Row(restoration, pcodes)),
        ];
    }

    internal static Section Section(Released released, IReadOnlyList<FourWRow> rows)
    {
        var draft = new Draft("fourw");
        if (rows.Count == 0)
        {
            draft.Say(
                released.None("fourw.none", "commitment", "restoration"),
                [Ids.OfScenario(released.Walk)]
            );
            return draft.Section;
        }

        draft.Say(new Said("fourw.intro"), rows.SelectMany(row => row.Inputs), tone: Tone.Quiet);
        draft.Tabulate(
            "fourw",
            Columns,
            rows.Select(row =>
                (
                    new Word[]
                    {
                        new Free(row.Who),
                        new Free(row.What),
                        row.Country is null ? new Said("nothing") : new Code(row.Country),
                        new Free(row.Where),
                        row.Pcode is null ? new Said("unknown") : new Code(row.Pcode),
                        // A commitment that never worked has no start to be unknown.
                        row is { Since: null, ReachedCivilians: 0 }
                            ? new Said("not-yet")
                            : Word.Of(row.Since),
                        IsMeasurement(row) && row.Until is null
                            ? new Said("not-of-this-row")
                            : Word.Of(row.Until),
                        new Term("status", row.Status),
                        IsMeasurement(row)
                            ? new Said("not-of-this-row")
                            : Of(row.TargetedCivilians),
                        Of(row.ReachedCivilians),
                        IsMeasurement(row)
                            ? new Said("not-of-this-row")
                            : Of(row.TargetedResponders),
                        Of(row.ReachedResponders),
                        new Free(row.Source),
                    },
                    (IEnumerable<string>)row.Inputs,
                    (IEnumerable<Origin>)[row.Origin]
                )
            ),
            isWide: true
        );
        return draft.Section;
    }

    /// <summary>The rows for exchange (HXL 1.1). Unknown is an empty cell.</summary>
    public static HxlTable Table(IReadOnlyList<FourWRow> rows, Texts texts) =>
        HxlMapping.FourW.Table(rows, Cell, texts);

    private static string? Cell(FourWRow row, string column) =>
        column switch
        {
            "id" => row.Id,
            "who" => HxlTable.Cell(row.Who),
            "sector" => Sector,
            "activity" => HxlTable.Cell(row.What),
            "country" => row.Country,
            "area" => HxlTable.Cell(row.Where),
            "pcode" => HxlTable.Cell(row.Pcode),
            "start" => At(row.Since),
            "until" => At(row.Until),
            "status" => row.Status,
            "targeted-civilians" => HxlTable.Cell(row.TargetedCivilians),
            "reached-civilians" => HxlTable.Cell(row.ReachedCivilians),
            "targeted-responders" => HxlTable.Cell(row.TargetedResponders),
            "reached-responders" => HxlTable.Cell(row.ReachedResponders),
            "source" => HxlTable.Cell(row.Source),
            "origin" => Checks.Word(row.Origin),
            _ => throw new ArgumentOutOfRangeException(nameof(column), column, null),
        };

    private static FourWRow Row(
        Commitment commitment,
        Dictionary<Place, (string? Pcode, string Name)> areas
    )
    {
        Instant? since = commitment
            .History.Where(step => step.State == CommitmentState.Working)
            .Select(step => (Instant?)step.At)
            .FirstOrDefault();
        bool isWorking = WhatWasDecided.IsWorking(commitment);
        // Never worked: reached nobody, and that is known. Worked once and does no more: nobody counted.
        long? Reached(long people) =>
            isWorking ? people
            : since is null ? 0
            : null;
        string[] inputs = [commitment.Id, commitment.OfferId, commitment.PlanId];
        string status = Kebab(commitment.State);
        return new FourWRow(
            Ids.Of("w", "fourw", new Code(status), inputs),
            commitment.Stakeholder,
            commitment.Asset,
            commitment.Place.Country,
            commitment.PlaceName,
            areas.GetValueOrDefault(commitment.Place).Pcode,
            since,
            commitment.Until,
            status,
            commitment.Civilians,
            Reached(commitment.Civilians),
            commitment.Responders,
            Reached(commitment.Responders),
            commitment.History.Count == 0 ? "" : commitment.History[^1].Proof,
            commitment.History.Count == 0 ? Origin.Reported : commitment.History[^1].Origin,
            inputs
        );
    }

    /// <summary>A restoration targets nobody and counts nobody: it is a measurement of a service in an area.</summary>
    private static FourWRow Row(
        Restoration restoration,
        Dictionary<Place, (string? Pcode, string Name)> areas
    )
    {
        string[] inputs = [restoration.Id, restoration.DisruptionId];
        string status = Kebab(restoration.State);
        (string? pcode, string? name) = areas.GetValueOrDefault(restoration.Place);
        return new FourWRow(
            Ids.Of("w", "fourw", new Code(status), inputs),
            restoration.Network ?? restoration.MeasuredBy,
            restoration.ServiceSeen,
            restoration.Place.Country,
            name ?? restoration.Place.Area?[^1] ?? restoration.Place.Key,
            pcode,
            restoration.Start?.Latest,
            restoration.End?.Latest,
            status,
            null,
            null,
            null,
            null,
            restoration.MeasuredBy,
            restoration.Origin,
            inputs
        );
    }

    /// <summary>A restoration: it names no aim, and no end date unless it was lost again, so neither is unknown.</summary>
    private static bool IsMeasurement(FourWRow row) =>
        row is { TargetedCivilians: null, TargetedResponders: null };

    private static Word Of(long? people) =>
        people is { } known ? new Count(known) : new Said("unknown");

    private static string Kebab<T>(T state)
        where T : struct, Enum =>
        System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(state.ToString());

    private static string? At(Instant? at) =>
        at is { } known ? InstantPattern.General.Format(known) : null;
}
