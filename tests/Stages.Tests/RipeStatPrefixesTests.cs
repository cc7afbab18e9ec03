using Breakwater.Signals;
using Breakwater.Tests;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.SignalsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>What an AS announced when, as RIPEstat tells it.</summary>
public sealed class RipeStatPrefixesTests
{
    private static SignalsRead Read(string prefixes) =>
        RipeStatPrefixes.Read(
            File(
                $$$"""{"messages":[["info","Results exclude routes with very low visibility."]],"data":{"prefixes":[{{{prefixes}}}],"query_starttime":"2026-01-01T00:00:00","query_endtime":"2026-01-02T00:00:00","resource":"64500"}}"""
            )
        );

    private static string Prefix(string prefix, string from, string to) =>
        $$$"""{"prefix":"{{{prefix}}}","timelines":[{"starttime":"2026-01-{{{from}}}","endtime":"2026-01-{{{to}}}"}]}""";

    [Fact]
    public void Space_is_counted_once_and_falls_when_a_prefix_is_withdrawn()
    {
        SignalsRead read = Read(
            $"{Prefix("198.51.0.0/22", "01T00:00:00", "01T08:00:00")},{Prefix("198.51.1.0/24", "01T00:00:00", "02T00:00:00")}"
        );
        SeriesSignal series = Only(read);
        Assert.Equal([4, 4, 1, 1], series.Samples.Select(sample => sample.Value));
        Assert.Equal(("AS64500", "/24s"), (series.Place.Key, series.Unit));
        Assert.Equal(Duration.FromHours(8), series.Step);
        Assert.Contains(
            "very low visibility",
            Assert.Single(read.Notes!),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_two_families_are_two_series() =>
        Assert.Equal(
            ["/24s", "/48s"],
            Read(
                $"{Prefix("198.51.100.0/24", "01T00:00:00", "02T00:00:00")},{Prefix("2001:db8::/32", "01T00:00:00", "02T00:00:00")}"
            )
                .Signals.Cast<SeriesSignal>()
                .Select(series => series.Unit)
        );

    [Fact]
    public void A_damaged_prefix_is_a_fault_and_the_next_is_read()
    {
        SignalsRead read = Read(
            $"{Prefix("x", "01T00:00:00", "02T00:00:00")},{Prefix("198.51.100.0/24", "01T00:00:00", "02T00:00:00")}"
        );
        Assert.Single(read.Signals);
        Assert.Equal("line 1, data.prefixes[0]", Assert.Single(read.Faults).At);
    }

    [Fact]
    public void The_real_answer_about_Telegram_shows_what_it_held()
    {
        SourceFile file = RealFiles.Open(
            SharedData.PathOf("data/routing/telegram-india-2026-06/data/raw/AS59930_prefixes.json")
        );
        Assert.Equal("ripestat-prefixes", SignalFormats.Guess(file));
        SignalsRead read = RipeStatPrefixes.Read(file);
        Assert.Empty(read.Faults);
        Assert.All(
            read.Signals.Cast<SeriesSignal>(),
            series => Assert.All(series.Samples, sample => Assert.True(sample.Value > 0))
        );
    }
}
