using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.SignalsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>Circumstances that somebody states.</summary>
public sealed class SignalsFromContextTests
{
    private const string Good =
        """{"circumstance":"exam-period","place":{"country":"IQ"},"start":"2026-06-01","end":{"earliest":"2026-06-20T00:00:00Z","latest":"2026-06-21T00:00:00Z"},"source":"Ministry of Education","text":"Ninth-grade exams"}""";

    private static SignalsRead Read(params string[] items) =>
        SignalsFromContext.Read(File($"{{\"context\":[\n{string.Join(",\n", items)}]}}"));

    [Fact]
    public void A_circumstance_is_attributed_and_a_date_is_a_local_day()
    {
        ContextSignal signal = Assert.IsType<ContextSignal>(Assert.Single(Read(Good).Signals));
        Assert.Equal(Circumstance.ExamPeriod, signal.Circumstance);
        Assert.Equal(("Ministry of Education", "IQ"), (signal.Source, signal.Place.Key));
        // Baghdad is at +03:00.
        Assert.Equal(
            new InstantRange(
                Instant.FromUtc(2026, 5, 31, 21, 0),
                Instant.FromUtc(2026, 6, 1, 21, 0)
            ),
            signal.Start
        );
        Assert.Equal(Instant.FromUtc(2026, 6, 20, 0, 0), signal.End!.Earliest);
        Assert.Equal(("2", "context[0]"), (signal.Evidence[0].Rows, signal.Evidence[0].Column));
    }

    [Fact]
    public void Without_an_end_it_lasts_or_nobody_says() =>
        Assert.Null(
            (
                (ContextSignal)
                    Read(
                        Good.Replace(
                            "\"end\":{\"earliest\":\"2026-06-20T00:00:00Z\",\"latest\":\"2026-06-21T00:00:00Z\"},",
                            "",
                            StringComparison.Ordinal
                        )
                    ).Signals[0]
            ).End
        );

    [Theory]
    [InlineData("\"text\"", "\"informant\"")]
    [InlineData("\"source\":\"Ministry of Education\",", "")]
    [InlineData("exam-period", "exams")]
    [InlineData("exam-period", "0")]
    [InlineData("{\"country\":\"IQ\"}", "{\"village\":\"x\"}")]
    [InlineData("{\"country\":\"IQ\"}", "\"nowhere\"")]
    [InlineData("{\"country\":\"IQ\"}", "{\"asn\":-1}")]
    [InlineData("\"start\":\"2026-06-01\"", "\"start\":\"in June\"")]
    [InlineData("\"earliest\":\"2026-06-20", "\"earliest\":\"2026-07-20")]
    [InlineData("\"start\":\"2026-06-01\"", "\"start\":\"2027-06-01\"")]
    public void A_circumstance_with_a_false_missing_or_unknown_member_is_left_out_and_the_next_is_read(
        string from,
        string to
    )
    {
        SignalsRead read = Read(Good.Replace(from, to, StringComparison.Ordinal), Good);
        Assert.Single(read.Signals);
        Assert.StartsWith(
            "line 2, context[0]",
            Assert.Single(read.Faults).At,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_format_is_told_by_its_content() =>
        Assert.Equal("context-json", SignalFormats.Guess(File($"{{\"context\":[{Good}]}}")));
}
