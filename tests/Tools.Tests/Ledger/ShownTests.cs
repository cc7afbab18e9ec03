using System.Text.Json;
using Breakwater.Vocabulary;
using CsCheck;
using Xunit;

namespace Breakwater.Tools.Tests.Ledger;

public sealed class ShownTests
{
    private const string Canary = "canary-7f3a";

    private static readonly Reader _member = new()
    {
        Person = "p-1",
        Organisation = "x",
        Circle = Circle.Community,
        IsNamed = true,
        Roles = new HashSet<Role>(Enum.GetValues<Role>()),
    };

    [Fact]
    public void A_sealed_field_says_that_it_is_sealed_and_nothing_else_even_to_custodians()
    {
        JsonElement? shown = Shown.To(
            _member,
            Marking.Sealed,
            Body(
                new
                {
                    Crew = new SealedField(Canary, Canary),
                    List = new object[] { new { Deep = new SealedField(Canary, Canary) } },
                    Count = 3,
                    Odd = new Dictionary<string, object> { ["BOX"] = Canary, ["extra"] = Canary },
                }
            ),
            MarkingTests.Now
        );
        Assert.Equal(
            """{"crew":{"sealed":true},"list":[{"deep":{"sealed":true}}],"count":3,"odd":{"sealed":true}}""",
            shown?.GetRawText()
        );
    }

    [Fact]
    public void A_part_marked_more_narrowly_than_its_reader_is_left_out_whole()
    {
        JsonElement? shown = Shown.To(
            Reader.Anonymous,
            Marking.Public,
            Body(
                new
                {
                    Marking = Marking.Public,
                    Note = new { Marking = Marking.Sealed, Text = Canary },
                    Notes = new object[]
                    {
                        new { Marking = new { Tlp = "clear" }, Text = Canary },
                        new { Marking = "public", Text = Canary },
                        new { Marking = (string?)null, Text = Canary },
                        new { Marking = Marking.Public, Text = "seen" },
                    },
                }
            ),
            MarkingTests.Now
        );
        string text = shown!.Value.GetRawText();
        Assert.DoesNotContain(Canary, text, StringComparison.Ordinal);
        Assert.Contains("seen", text, StringComparison.Ordinal);
        Assert.Equal(1, shown.Value.GetProperty("notes").GetArrayLength());
    }

    [Fact]
    public void Of_two_markings_in_one_object_the_narrower_holds() =>
        Assert.Null(
            Shown.To(
                Reader.Anonymous,
                Marking.Public,
                JsonElement.Parse(
                    """
                    {"marking":{"distribution":"sealed","tlp":"red"},
                     "marking":{"distribution":"public","tlp":"clear"}, "text":"x"}
                    """
                ),
                MarkingTests.Now
            )
        );

    [Fact]
    public void Nothing_is_shown_of_a_document_whose_marking_or_whose_bodys_own_forbids_it()
    {
        JsonElement body = Body(new { Marking = Marking.Sealed });
        Assert.Null(Shown.To(Reader.Anonymous, Marking.Public, body, MarkingTests.Now));
        JsonElement open = Body(new { Marking = Marking.Public });
        Assert.Null(Shown.To(Reader.Anonymous, null, open, MarkingTests.Now));
        Assert.Null(Shown.To(Reader.Anonymous, Marking.Sealed, open, MarkingTests.Now));
    }

    [Fact]
    public void A_canary_under_a_marking_is_shown_exactly_to_those_who_may_see_it() =>
        Gen.Select(MarkingTests.Any, MarkingTests.Anyone)
            .Sample(
                (marking, reader) =>
                {
                    JsonElement body = Body(new { Part = new { Marking = marking, Canary } });
                    string? shown = Shown
                        .To(reader, Marking.Public, body, MarkingTests.Now)
                        ?.GetRawText();
                    Assert.Equal(
                        Guard.May(reader, marking, MarkingTests.Now),
                        shown?.Contains(Canary, StringComparison.Ordinal)
                    );
                },
                iter: 5_000
            );

    private static JsonElement Body(object body) => JsonElement.Parse(CanonicalOrder(body));

    /// <summary>As written, so that the expected text can be read.</summary>
    private static byte[] CanonicalOrder(object body) =>
        JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), Json.Compact);
}
