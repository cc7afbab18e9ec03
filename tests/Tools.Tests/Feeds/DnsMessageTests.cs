using System.Net;
using Breakwater.Feeds.Probing;
using CsCheck;
using Xunit;

namespace Breakwater.Tests.Feeds;

public sealed class DnsMessageTests
{
    private static readonly DnsQuestion question = new("www.example.org", DnsQuestion.A);

    private static readonly Gen<string> label = Gen.String[
        Gen.Char["abcdefghijklmnopqrstuvwxyz0123456789-_"],
        1,
        20
    ];
    private static readonly Gen<DnsQuestion> questions = Gen.Select(
        label.Array[0, 6],
        Gen.UShort[1, 127],
        (labels, type) => new DnsQuestion(string.Join('.', labels), type)
    );

    [Fact]
    public void A_question_answered_by_itself_is_an_answer_to_it() =>
        Gen.Select(questions, Gen.UShort)
            .Sample(
                (asked, id) =>
                {
                    byte[] octets = DnsMessage.Question(id, asked);
                    Assert.Equal(DnsReading.NotOurs, DnsMessage.Read(octets, id, asked).Reading);
                    octets[2] |= 0x80;
                    DnsAnswer answer = DnsMessage.Read(octets, id, asked);
                    Assert.Equal(
                        (DnsReading.Answer, 0, 0),
                        (answer.Reading, answer.Rcode, answer.AnswerCount)
                    );
                },
                iter: 2_000
            );

    [Fact]
    public void No_octets_make_it_throw() =>
        Gen.Byte.Array[0, 300].Sample(octets => DnsMessage.Read(octets, 7, question), iter: 20_000);

    [Fact]
    public void No_damage_to_an_answer_makes_it_throw_or_claim_another_question() =>
        Gen.Select(Gen.Int[0, 200], Gen.Byte, Gen.Int[0, 200], Gen.Int[0, 200])
            .Sample(
                (at, value, other, length) =>
                {
                    byte[] octets = new DnsBytes(7, question)
                        .Alias("www.example.org", "a.example.net")
                        .Address("a.example.net", "192.0.2.7")
                        .ToArray();
                    octets[at % octets.Length] = value;
                    octets[other % octets.Length] ^= value;
                    DnsAnswer answer = DnsMessage.Read(
                        octets.AsSpan(0, Math.Min(length, octets.Length)),
                        7,
                        question
                    );
                    if (answer.Reading != DnsReading.Answer)
                    {
                        Assert.Empty(answer.Addresses);
                        Assert.NotNull(answer.Trouble);
                    }
                },
                iter: 20_000
            );

    [Fact]
    public void Addresses_follow_the_aliases_and_leave_strangers_out()
    {
        byte[] octets = new DnsBytes(7, question)
            .Alias("www.example.org", "a.example.net")
            .Address("a.example.net", "192.0.2.7")
            .Address("stranger.example", "198.51.100.1")
            .ToArray();
        DnsAnswer answer = DnsMessage.Read(octets, 7, question);
        Assert.Equal(DnsReading.Answer, answer.Reading);
        Assert.Equal([IPAddress.Parse("192.0.2.7")], answer.Addresses);
        Assert.Equal(3, answer.AnswerCount);
    }

    [Theory]
    [InlineData(8, "www.example.org", "another id")]
    [InlineData(7, "www.example.net", "another question")]
    public void An_answer_to_somebody_else_is_not_ours(int id, string name, string trouble)
    {
        byte[] octets = new DnsBytes((ushort)id, new DnsQuestion(name, DnsQuestion.A)).ToArray();
        DnsAnswer answer = DnsMessage.Read(octets, 7, question);
        Assert.Equal((DnsReading.NotOurs, trouble), (answer.Reading, answer.Trouble));
    }

    [Fact]
    public void A_pointer_that_leads_to_itself_is_malformed()
    {
        byte[] octets = new DnsBytes(7, question)
            .Raw(0xC0, 33, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0)
            .ToArray();
        Assert.Equal(DnsReading.Malformed, DnsMessage.Read(octets, 7, question).Reading);
    }

    [Theory]
    [InlineData("example.org", "example.org?type=A")]
    [InlineData("Example.ORG.?type=aaaa", "example.org?type=AAAA")]
    [InlineData(".?type=NS", ".?type=NS")]
    [InlineData("x?type=TYPE65", "x?type=HTTPS")]
    [InlineData("x?type=TYPE65280", "x?type=TYPE65280")]
    public void Questions_have_one_form(string text, string form)
    {
        Assert.Null(DnsQuestion.Read(text, out DnsQuestion? read));
        Assert.Equal(form, read!.ToString());
    }

    [Theory]
    [InlineData("x?type=ANY")]
    [InlineData("x?type=TYPE252")]
    [InlineData("x?kind=A")]
    [InlineData("a..b")]
    public void What_is_no_question_or_makes_servers_flood_is_refused(string text) =>
        Assert.NotNull(DnsQuestion.Read(text, out _));
}
