using System.Text.Json;
using System.Text.Json.Nodes;
using Breakwater.Norms.Assessing;
using Breakwater.Vocabulary;

namespace Breakwater.Publications.Briefs;

/// <summary>Writes a brief as JSON: each section as its sentences, each with what it was taken from.</summary>
public static class BriefJson
{
    public static string Write(Brief brief)
    {
        ArgumentNullException.ThrowIfNull(brief);
        Texts texts = BriefTexts.For(brief.Language);
        return JsonSerializer.Serialize(
                new
                {
                    form = "legal-brief-1",
                    brief.Language,
                    brief.Incident,
                    title = texts.Plain(brief.Title),
                    brief.Versions,
                    notices = brief.Notices.Select(Sentence),
                    readings = brief.Readings.Select(one => new
                    {
                        one.Profile,
                        body = texts.Plain(one.Body),
                    }),
                    brief.Facts,
                    brief.Sources,
                    sections = brief.Sections.Select(section => new
                    {
                        section.Key,
                        title = texts.Plain($"brief.section.{section.Key}"),
                        sentences = section.Blocks.SelectMany(Sentences),
                    }),
                    findings = brief.Findings.Select(finding => new
                    {
                        finding.Rule,
                        finding.Profile,
                        outcome = finding.Outcome.Word(),
                        finding.Sources,
                        finding.OwnReadings,
                        finding.OpenDefences,
                        finding.Contest,
                    }),
                },
                Json.Indented
            ) + "\n";

        JsonObject Sentence(Sentence sentence) =>
            new()
            {
                ["id"] = sentence.Id,
                ["text"] = texts.Plain(sentence.Text),
                ["trace"] = Traced(sentence.Trace),
            };

        IEnumerable<JsonObject> Sentences(BriefBlock block) =>
            block switch
            {
                Titled titled =>
                [
                    new JsonObject
                    {
                        ["heading"] = texts.Plain(titled.Text),
                        ["level"] = titled.Level,
                        ["anchor"] = titled.Anchor,
                    },
                ],
                Sentence sentence => [Sentence(sentence)],
                Points points => points.Sentences.Select(Sentence),
                Grid grid => grid
                    .Rows.Select(row => Row(grid, row))
                    .Prepend(new JsonObject { ["table"] = texts.Plain(grid.Title) }),
                // Contest addresses stand with the findings.
                _ => [],
            };

        JsonObject Row(Grid grid, GridRow row)
        {
            var cells = new JsonObject();
            for (int i = 0; i < row.Cells.Count; i++)
            {
                cells[texts.Plain(grid.Columns[i])] = texts.Plain(row.Cells[i]);
            }

            return new JsonObject
            {
                ["id"] = row.Anchor.Length > 0 ? row.Anchor : row.Id,
                ["text"] = string.Join(
                    " | ",
                    grid.Columns.Select(
                        (column, i) => $"{texts.Plain(column)}: {texts.Plain(row.Cells[i])}"
                    )
                ),
                ["cells"] = cells,
                ["trace"] = Traced(row.Trace),
            };
        }
    }

    private static JsonObject Traced(Trace trace)
    {
        var traced = new JsonObject();
        foreach (IGrouping<TraceKind, TraceMark> kind in trace.Marks.GroupBy(mark => mark.Kind))
        {
            traced[$"{char.ToLowerInvariant($"{kind.Key}"[0])}{$"{kind.Key}"[1..]}"] =
                new JsonArray([.. kind.Select(mark => (JsonNode)mark.Id)]);
        }

        return traced;
    }
}
