using System.Text;
using Breakwater.Publications.Hxl;
using CsCheck;
using Xunit;

namespace Breakwater.Stages.Tests;

/// <summary>Nothing that arrives breaks the reader of tables: it is read, or refused with a reason and a remedy.</summary>
public sealed class HxlHostileTests
{
    /// <summary>Pieces of which tables are made, and of which they are made badly.</summary>
    private static readonly string[] _each =
    [
        "#org",
        "#adm1+name",
        "# adm1 + code",
        "#",
        "##",
        "#1",
        "#org+",
        "a",
        "ض",
        "\"",
        "\"\"",
        ",",
        ";",
        "\t",
        "\r",
        "\n",
        "\r\n",
        "[",
        "]",
        "{",
        "}",
        ":",
        "null",
        "1e999",
        "\"\\ud800\"",
        "\"#org\"",
        "\u0000",
        "\ufeff",
        "\ufffe",
        " ",
    ];

    private static readonly Gen<string> _pieces = Gen.Int[0, _each.Length - 1]
        .Array[0, 60]
        .Select(pieces => string.Concat(pieces.Select(piece => _each[piece])));

    [Fact]
    public void Any_octets_are_read_or_refused() =>
        Gen.Byte.Array[0, 400].Sample(octets => Read(octets), iter: 1_000);

    [Fact]
    public void Any_pieces_of_tables_put_together_are_read_or_refused() =>
        _pieces.Sample(text => Read(Encoding.UTF8.GetBytes(text)), iter: 3_000);

    [Fact]
    public void A_table_with_any_part_changed_is_read_or_refused()
    {
        const string csv =
            "Who,Where,How many\n#org+name,#adm1+code,#reached+civilians\n\"a, b\",SD10,12\nc,SD11,\n";
        const string json =
            """[["Who","Where"],["#org+name","#adm1+code"],["a","SD10"],["b",null],[1,true]]""";
        const string objects = """{"data":[{"#org+name":"a","#adm1":"SD10"},{"#org+name":null}]}""";
        foreach (string sound in (string[])[csv, json, objects])
        {
            Gen.Select(Gen.Int[0, sound.Length - 1], Gen.Int[0, 12], _pieces)
                .Sample(
                    (at, length, text) =>
                        Read(
                            Encoding.UTF8.GetBytes(
                                sound
                                    .Remove(at, Math.Min(length, sound.Length - at))
                                    .Insert(at, text)
                            )
                        ),
                    iter: 1_000
                );
        }
    }

    [Theory]
    [InlineData("[[\"#org\"],[\"\\ud800\"]]", "row 2")]
    [InlineData("[{\"#org\":\"\\udc00\"}]", "row 1")]
    public void Half_of_a_pair_of_letters_is_no_text_and_said(string json, string at)
    {
        HxlRead read = HxlReader.Read("a.json", Encoding.UTF8.GetBytes(json));
        Assert.Contains(read.Faults, fault => fault.At == at);
    }

    [Fact]
    public void Depth_without_end_is_refused()
    {
        HxlRead read = Read(Encoding.UTF8.GetBytes(new string('[', 100_000)));
        Assert.Null(read.Table);
    }

    [Fact]
    public void A_file_without_end_and_a_row_without_end_are_refused()
    {
        Assert.Contains(
            "larger than",
            Assert.Single(Read(new byte[HxlReader.OctetsMax + 1]).Faults).Reason,
            StringComparison.Ordinal
        );
        string wide = string.Join(',', Enumerable.Repeat("#org", HxlReader.ColumnsMax + 1));
        Assert.Null(Read(Encoding.UTF8.GetBytes($"{wide}\na\n")).Table);
    }

    private static HxlRead Read(byte[] octets)
    {
        HxlRead read = HxlReader.Read("a file", octets);
        Assert.True(read.Table is not null || read.Faults.Count > 0);
        Assert.All(
            read.Faults,
            fault =>
            {
                Assert.NotEmpty(fault.Reason);
                Assert.NotEmpty(fault.Remedy);
            }
        );
        if (read.Table is { } table)
        {
            Assert.All(table.Rows, row => Assert.Equal(table.Columns.Count, row.Count));
            table.ToCsv();
            table.ToJsonArrays();
        }

        return read;
    }
}
