using System.Globalization;
using System.Text;
using System.Text.Json;
using Breakwater.Publications;
using Breakwater.Publications.Gaps;
using Breakwater.Publications.Hxl;
using Breakwater.Publications.Preparing;
using Breakwater.Publications.Releases;
using Breakwater.Tests;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime.Text;
using Xunit;

namespace Breakwater.Stages.Tests;

/// <summary>Tables in the Humanitarian Exchange Language 1.1, written and read.</summary>
public sealed class HxlTests
{
    private static readonly Walked _walk = PublicationsFixture.SudanLike() with
    {
        Covered = PublishedFormsFixture.Matrix,
        LawGaps = new LawGapsTold(PublishedFormsFixture.TwoGaps, null),
    };

    public static TheoryData<string> Files =>
        [
            "4w.hxl.csv",
            "4w.hxl.json",
            "4w.hxl-objects.json",
            "gaps.hxl.csv",
            "gaps.hxl.json",
            "gaps.hxl-objects.json",
            "gap-matrix.hxl.csv",
            "gap-matrix.hxl.json",
            "gap-matrix.hxl-objects.json",
            "law-gaps.hxl.csv",
            "law-gaps.hxl.json",
            "law-gaps.hxl-objects.json",
            "index.hxl.csv",
            "index.hxl.json",
            "index.hxl-objects.json",
        ];

    public static TheoryData<string> Examples =>
        [
            "input-valid.csv",
            "input-valid-latin1.csv",
            "input-valid.tsv",
            "input-valid.ssv",
            "input-valid.json",
            "input-valid-objects.json",
            "input-valid-nested.json",
            "input-multiple-headers.csv",
            "input-valid-json-selector.json",
        ];

    private static byte[] Octets(string file) =>
        new[]
        {
            Decisions.Publishing.PublicationForm.FourW,
            Decisions.Publishing.PublicationForm.GapReport,
        }
            .SelectMany(form => ResponseForms.Files(_walk, Audience.Public, form, new("node-0")))
            .Concat(
                ResponseForms.Tables(
                    "index",
                    IndexTable.Of(PublishedFormsFixture.Set, PublishedFormsFixture.TwoCountries)
                )
            )
            .Single(each => each.Name == file)
            .Octets;

    private static HxlTable Read(byte[] octets)
    {
        HxlRead read = HxlReader.Read("a file", octets);
        Assert.Empty(read.Faults);
        return read.Table!;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void What_is_written_is_read_again_with_the_same_tags_and_cells(string file)
    {
        HxlTable table = Read(Octets(file));
        HxlTable csv = Read(Octets(file[..file.IndexOf('.')] + ".hxl.csv"));
        Assert.NotEmpty(table.Rows);
        Assert.Equal(Values(csv), Values(table));
        Assert.All(
            table.Columns,
            column => Assert.StartsWith("#", column.Tag, StringComparison.Ordinal)
        );
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void It_passes_the_default_schema_of_the_standard(string file)
    {
        string schema = SharedData.PathOf("data/standards/hxl/hxl-default-schema.json");
        using JsonDocument rules = JsonDocument.Parse(File.ReadAllBytes(schema));
        HxlTable table = Read(Octets(file));
        int checkedCells = 0;
        foreach (JsonElement rule in rules.RootElement.EnumerateArray())
        {
            foreach ((HxlColumn column, int i) in table.Columns.Select((column, i) => (column, i)))
            {
                if (!Matches(rule.GetProperty("#valid_tag").GetString()!, column.Tag!))
                {
                    continue;
                }

                foreach (string cell in table.Rows.Select(row => row[i]).OfType<string>())
                {
                    checkedCells++;
                    Assert.True(Holds(rule, cell), $"{column.Tag}: '{cell}' against {rule}");
                }
            }
        }

        Assert.True(checkedCells > 5, $"{checkedCells} cells");
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void The_examples_of_the_standard_are_read(string example)
    {
        HxlTable table = Read(
            File.ReadAllBytes(SharedData.PathOf($"data/standards/hxl/{example}"))
        );
        Assert.NotEmpty(table.Rows);
        Assert.Contains(table.Columns, column => column.Tag is "#adm1");
        if (
            example.Contains("valid", StringComparison.Ordinal)
            && !example.Contains("selector", StringComparison.Ordinal)
        )
        {
            int country = table.Columns.Select(column => column.Tag).ToList().IndexOf("#country");
            Assert.Equal("Panamá", table.Rows[0][country]);
        }
    }

    [Fact]
    public void Civilians_and_responders_stand_in_columns_of_their_own_and_unknown_is_empty()
    {
        HxlTable table = Read(Octets("4w.hxl.csv"));
        string?[] tags = [.. table.Columns.Select(column => column.Tag)];
        Assert.Contains("#reached+civilians", tags);
        Assert.Contains("#reached+responders", tags);
        Assert.DoesNotContain("#reached", tags);
        int status = Array.IndexOf(tags, "#status");
        int reached = Array.IndexOf(tags, "#reached+civilians");
        Assert.Equal("0", table.Rows.Single(row => row[status] == "pledged")[reached]);
        Assert.Null(table.Rows.First(row => row[status] == "partial")[reached]);
    }

    [Fact]
    public void The_row_of_tags_is_the_second_and_place_codes_are_texts()
    {
        string[] lines = Encoding.UTF8.GetString(Octets("4w.hxl.csv")).Split("\r\n");
        Assert.StartsWith("\"#meta+id\",\"#org+name\"", lines[1], StringComparison.Ordinal);
        Assert.Contains("\"SD10\"", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Any_table_survives_being_written_and_read_and_no_cell_is_run()
    {
        Gen.Select(Gen.String[Gen.Char[" ,;\"'=+-@#\tabcé\n"], 0, 12], Gen.Long)
            .Array[1, 6]
            .Sample(
                rows =>
                {
                    var table = new HxlTable(
                        [new("Who", "#org+name"), new("How many", "#reached", IsNumber: true)],
                        [
                            .. rows.Select(row =>
                                (IReadOnlyList<string?>)
                                    [HxlTable.Cell(row.Item1), HxlTable.Cell(row.Item2)]
                            ),
                        ]
                    );
                    HxlTable read = Read(table.ToCsv());
                    Assert.Equal(
                        table.Rows.Select(row => Disarmed(row[0])),
                        read.Rows.Select(row => row[0])
                    );
                    Assert.All(
                        read.Rows.Select(row => row[0]).OfType<string>(),
                        cell => Assert.DoesNotContain(cell[0], "=+-@\t")
                    );
                    Assert.Equal(
                        table.Rows.Select(row => row[0]),
                        Read(table.ToJsonArrays()).Rows.Select(row => row[0])
                    );
                },
                iter: 200
            );

        static string? Disarmed(string? cell) =>
            cell is ['=' or '+' or '-' or '@', ..] ? "'" + cell : cell;
    }

    [Theory]
    [InlineData("a,b\n1,2\n", "no row of tags")]
    [InlineData("[1, 2]", "no table")]
    [InlineData("[{\"#org\": ", "not JSON")]
    [InlineData("", "no row of tags")]
    public void What_is_no_table_is_refused_with_a_reason_and_a_remedy(string text, string reason)
    {
        HxlRead read = HxlReader.Read("a.csv", Encoding.UTF8.GetBytes(text));
        Assert.Null(read.Table);
        InputFault fault = Assert.Single(read.Faults);
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
        Assert.NotEmpty(fault.Remedy);
    }

    [Fact]
    public void A_row_that_is_too_wide_is_read_as_far_as_there_are_tags_and_said()
    {
        HxlRead read = HxlReader.Read("a.csv", "#org,#adm1\nA,B,C\nD,E\n"u8.ToArray());
        Assert.Equal(
            [
                ["A", "B"],
                ["D", "E"],
            ],
            read.Table!.Rows
        );
        Assert.Equal("line 2", Assert.Single(read.Faults).At);
    }

    private static IEnumerable<string> Values(HxlTable table) =>
        table.Rows.Select(row =>
            string.Join(
                '|',
                table
                    .Columns.Select((column, i) => (column.Tag, Cell: row[i]))
                    .Where(each => each.Cell is not null)
                    .OrderBy(each => each.Tag, StringComparer.Ordinal)
            )
        );

    /// <summary>A pattern names a tag, and attributes that it must have; #* is any.</summary>
    private static bool Matches(string patterns, string tag)
    {
        string[] parts = tag.Split('+');
        return patterns
            .Split(',')
            .Select(pattern => pattern.Trim().Split('+'))
            .Any(pattern =>
                (pattern[0] == "#*" || pattern[0] == parts[0]) && pattern[1..].All(parts.Contains)
            );
    }

    /// <summary>Data types and white space; spelling and outliers are hints to people and no rules.</summary>
    private static bool Holds(JsonElement rule, string cell) =>
        (
            !rule.TryGetProperty("#valid_datatype", out JsonElement type)
            || type.GetString() switch
            {
                "number" => decimal.TryParse(
                    cell,
                    NumberStyles.Number,
                    CultureInfo.InvariantCulture,
                    out _
                ),
                "date" => InstantPattern.General.Parse(cell).Success
                    || LocalDatePattern.Iso.Parse(cell).Success,
                _ => true,
            }
        )
        && (
            !rule.TryGetProperty("#valid_value+whitespace", out _)
            || cell
                == string.Join(
                    ' ',
                    cell.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                )
        );
}
