using System.Globalization;
using System.Text;
using Breakwater.Decisions;
using Breakwater.Restorations;
using Breakwater.Vocabulary;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.Publications;

/// <summary>Who does what, where and when (4W), with HXL 1.1 tags. Administrative area only.</summary>
public static class FourW
{
    /// <summary>The mapping from our columns to the Humanitarian Exchange Language, in the order of the table.</summary>
    public static IReadOnlyList<Column> Columns { get; } =
    [
        new("who", Hxl: "#org+name"),
        new("activity", Hxl: "#activity+name"),
        new("country", Hxl: "#country+code"),
        new("area", Hxl: "#adm1+name"),
        new("pcode", Hxl: "#adm1+code"),
        new("start", Hxl: "#date+start"),
        new("until", Hxl: "#date+end"),
        new("status", Hxl: "#status"),
        new("targeted-civilians", IsNumber: true, Hxl: "#targeted+civilians"),
        new("reached-civilians", IsNumber: true, Hxl: "#reached+civilians"),
        new("targeted-responders", IsNumber: true, Hxl: "#targeted+responders"),
        new("reached-responders", IsNumber: true, Hxl: "#reached+responders"),
        new("source", Hxl: "#meta+source"),
    ];

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

    /// <summary>Header row, tag row, data rows (HXL 1.1 spreadsheet form, RFC 4180). Unknown is an empty cell.</summary>
    public static string Csv(IReadOnlyList<FourWRow> rows, Texts texts)
    {
        var csv = new StringBuilder();
        Line(csv, Columns.Select(column => texts.Plain($"column.{column.Key}")));
        Line(csv, Columns.Select(column => column.Hxl!));
        foreach (FourWRow row in rows)
        {
            Line(
                csv,
                [
                    row.Who,
                    row.What,
                    row.Country,
                    row.Where,
                    row.Pcode,
                    At(row.Since),
                    At(row.Until),
                    row.Status,
                    Plain(row.TargetedCivilians),
                    Plain(row.ReachedCivilians),
                    Plain(row.TargetedResponders),
                    Plain(row.ReachedResponders),
                    row.Source,
                ]
            );
        }

        return csv.ToString();
    }

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

    private static string? Plain(long? people) => people?.ToString(CultureInfo.InvariantCulture);

    private static void Line(StringBuilder csv, IEnumerable<string?> cells) =>
        csv.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    /// <summary>Quoted; a cell that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV injection).</summary>
    private static string Cell(string? text)
    {
        string plain = Spoken.Plain(text ?? "");
        bool isFormula = plain.Length > 0 && "=+-@\t".Contains(plain[0], StringComparison.Ordinal);
        return plain.Length == 0
            ? ""
            : $"\"{(isFormula ? "'" : "")}{plain.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
