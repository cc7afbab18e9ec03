using System.Text;
using System.Text.Json;
using Breakwater.App.Pages;
using Breakwater.Disruptions.Law;
using Breakwater.Feeds;
using Breakwater.Records;
using Breakwater.Vocabulary;

namespace Breakwater.App;

/// <summary>The raw record behind a product: where it is, and what stands there.</summary>
/// <param name="Raw">The first and last lines of the stretch; empty when this node does not hold the input.</param>
/// <param name="Omitted">Lines between them that are not shown.</param>
public sealed record RawRecord(
    Evidence Evidence,
    string? Header,
    IReadOnlyList<string> Raw,
    int Omitted,
    string State
);

/// <summary>A product and, under it, what it came from.</summary>
/// <param name="Repeated">True when its inputs are shown elsewhere in the same explanation.</param>
public sealed record ExplanationNode(
    string Id,
    string Kind,
    string Summary,
    bool Repeated,
    IReadOnlyList<ExplanationNode> Inputs,
    IReadOnlyList<RawRecord> Evidence
);

/// <summary>Follows the links of the ledger from a product back to raw rows.</summary>
public static class Explanation
{
    private const int DepthMax = 12;
    private const int RawLinesShown = 3;
    private const long RawOctetsMax = 256L << 20;

    /// <returns>Null when no product has this id, or its start.</returns>
    public static Task<ExplanationNode?> Of(IRecords records, string id)
    {
        ArgumentNullException.ThrowIfNull(records);
        return Of(records, new PublicView(records), id);
    }

    /// <summary>The same, at the moment of the view.</summary>
    internal static async Task<ExplanationNode?> Of(IRecords records, PublicView view, string id) =>
        await Node(records, view, id, [], 0, []).ConfigureAwait(false)
        ?? await Node(records, view, Publications.Ids.Short(id), [], 0, []).ConfigureAwait(false);

    private static async Task<ExplanationNode?> Node(
        IRecords records,
        PublicView view,
        string id,
        HashSet<string> seen,
        int depth,
        Dictionary<string, string[]?> files
    )
    {
        if (await records.Product(id).ConfigureAwait(false) is not { } product)
        {
            // What people did is no product: the chain ends at the subject, whose page has its history.
            return depth > 0 && await view.Subject(id).ConfigureAwait(false) is { } subject
                ? new ExplanationNode(subject.Subject, subject.Kind, subject.Subject, false, [], [])
                : null;
        }

        // Deny by default: what the pages may not show is not named here either.
        if (await view.Find(id).ConfigureAwait(false) is null)
        {
            return depth == 0
                ? null
                : new ExplanationNode(
                    "withheld",
                    "withheld",
                    "the chain ends here for this reader",
                    false,
                    [],
                    []
                );
        }

        bool isRepeated = !seen.Add(id) || depth >= DepthMax;
        var inputs = new List<ExplanationNode>();
        var evidence = new List<RawRecord>();
        if (!isRepeated)
        {
            foreach (string input in product.Inputs)
            {
                inputs.Add(
                    await Node(records, view, input, seen, depth + 1, files).ConfigureAwait(false)
                        ?? new ExplanationNode(
                            input,
                            "unknown",
                            input.StartsWith("withheld:", StringComparison.Ordinal)
                                ? "withheld: the chain ends here for this reader"
                                : "not in this store",
                            false,
                            [],
                            []
                        )
                );
            }

            foreach (Evidence item in product.Evidence)
            {
                evidence.Add(await Raw(records, item, files).ConfigureAwait(false));
            }
        }

        return new ExplanationNode(
            product.Id,
            product.Kind,
            Summary(product),
            isRepeated,
            inputs,
            evidence
        );
    }

    private static async Task<RawRecord> Raw(
        IRecords records,
        Evidence evidence,
        Dictionary<string, string[]?> files
    )
    {
        if (!files.TryGetValue(evidence.Sha256, out string[]? lines))
        {
            lines = await records.Evidence(evidence.Sha256).ConfigureAwait(false)
                is { LongLength: <= RawOctetsMax } octets
                ? Lines(evidence.File, octets)
                : null;
            files.Add(evidence.Sha256, lines);
        }

        if (lines is null)
        {
            return new RawRecord(
                evidence,
                null,
                [],
                0,
                "this node does not hold the input; its hash names it"
            );
        }

        if (Listed(evidence, lines) is { } listed)
        {
            return new RawRecord(
                evidence,
                null,
                [.. listed.Take(RawLinesShown * 2)],
                Math.Max(0, listed.Count - (RawLinesShown * 2)),
                "held"
            );
        }

        if (
            evidence.Rows?.Split('-') is not [var first, ..] rows
            || !int.TryParse(first, out int from)
            || !int.TryParse(rows[^1], out int to)
            || from < 1
            || to > lines.Length
            || from > to
        )
        {
            return new RawRecord(
                evidence,
                null,
                [],
                0,
                evidence.Bytes is null
                    ? "the whole input"
                    : $"octets {evidence.Bytes} of the decompressed input"
            );
        }

        List<string> shown =
            to - from < RawLinesShown * 2
                ? [.. lines[(from - 1)..to]]
                :
                [
                    .. lines[(from - 1)..(from - 1 + RawLinesShown)],
                    .. lines[(to - RawLinesShown)..to],
                ];
        return new RawRecord(
            evidence,
            evidence.Column is null ? null : lines[0],
            shown,
            to - from + 1 - shown.Count,
            "held"
        );
    }

    /// <summary>Lines named one by one, as routes in text name them; null for a stretch, and for records of a file that is no text.</summary>
    private static List<string>? Listed(Evidence evidence, string[] lines)
    {
        string[] rows = evidence.Rows?.Split(',') ?? [];
        if (rows.Length < 2 || lines[0].Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        List<string> listed = [];
        foreach (string row in rows)
        {
            if (!int.TryParse(row, out int at) || at < 1 || at > lines.Length)
            {
                return null;
            }

            listed.Add(lines[at - 1]);
        }

        return listed;
    }

    private static string[] Lines(string name, byte[] octets)
    {
        using Compression input = Compression.Open(SourceFile.Of(name, octets));
        var text = new StringBuilder();
        var decoder = Encoding.UTF8.GetDecoder();
        foreach (ReadOnlyMemory<byte> chunk in input.Chunks())
        {
            var characters = new char[Encoding.UTF8.GetMaxCharCount(chunk.Length)];
            text.Append(characters, 0, decoder.GetChars(chunk.Span, characters, flush: false));
        }

        return text.ToString().Split('\n');
    }

    /// <summary>One line about a product, from the members that its kind has.</summary>
    private static string Summary(Product product)
    {
        string Text(string name) =>
            product.Body.TryGetProperty(name, out JsonElement value)
            && value.ValueKind != JsonValueKind.Null
                ? value.ValueKind == JsonValueKind.String
                    ? value.GetString()!
                    : value.GetRawText()
                : "unknown";
        string PlaceText() =>
            product.Body.TryGetProperty("place", out JsonElement place)
            && place.Deserialize<Place>(Json.Compact) is { } read
                ? read.Key
                : "unknown";
        int Number(string name) =>
            product.Body.TryGetProperty(name, out JsonElement list)
            && list.ValueKind == JsonValueKind.Array
                ? list.GetArrayLength()
                : 0;
        string Pack() =>
            product.Body.TryGetProperty("pack", out JsonElement pack)
            && pack.Deserialize<UsedPack>(Json.Compact) is { } read
                ? $"{read.Id} {read.Version}, {read.Hash}"
                : "unknown";
        return product.Kind switch
        {
            "signal" => $"{Text("source")} at {PlaceText()}",
            "disruption" =>
                $"{Text("kind")} at {PlaceText()} from {Text("start")}, confidence {Text("confidence")}",
            Recording.FactsKind => $"{Number("facts")} facts proposed, known by {Text("knownBy")}",
            Recording.FindingKind =>
                $"what {Number("rules")} rules come to and {Number("undetermined")} lack facts for, by the law pack {Pack()}; {Text("standard")}",
            "revision" => $"{Text("kind")}: {Text("changes")}",
            "need" =>
                $"{Text("group")} without {Text("service")} at {Text("placeName")}: {Text("sum")}",
            "plan" => $"option {Text("option")}, value {Text("value")}, bound {Text("bound")}",
            "decision" => $"{Text("question")} {Text("outcome")}",
            "commitment" => $"{Text("asset")} at {Text("placeName")}: {Text("state")}",
            "restoration" =>
                $"{Text("serviceSeen")} at {PlaceText()}: {Text("state")}, by {Text("measuredBy")}",
            "sentence" => Text("text") is "unknown"
                ? "a table row or figure of the report"
                : Text("text"),
            "publication" => Text("title"),
            "scenario" => $"the scenario {Text("id")}",
            "population" => $"{Text("group")} at {Text("name")}, counted by {Text("source")}",
            "offer" => $"offer: {Text("asset")}",
            "clearance" => $"{Text("kind")} clearance by {Text("authority")}: {Text("answer")}",
            "funding" => $"{Text("label")} ({Text("source")})",
            "flood" => $"flood of reports in {Text("file")}: {Text("reports")} from one hand",
            "storm" => $"storm of routing at {Text("feed")}",
            "blind" =>
                $"{Text("feed")} blind from {Text("from")} to {Text("to")}: {Text("reason")}",
            "time-to-dark" => $"{PlaceText()}: {Text("sum")}",
            _ => "",
        };
    }
}
