using System.Net;
using System.Security.Cryptography;
using Breakwater.App.Limiting;
using Xunit;

namespace Breakwater.App.Tests;

public sealed class FloodsTests
{
    private readonly StillClock _clock = new();

    [Fact]
    public void One_origin_may_do_so_much_in_a_window_and_others_are_not_held_up_by_it()
    {
        var floods = new Floods(_clock, most: 3, TimeSpan.FromMinutes(1));
        IPAddress origin = IPAddress.Parse("192.0.2.7");
        Assert.Equal(3, Enumerable.Range(0, 100_000).Count(_ => floods.Allows(origin)));
        Assert.True(floods.IsSpent(origin));
        Assert.True(floods.Allows(IPAddress.Parse("192.0.2.8")));
        Assert.True(floods.Allows(null));
        _clock.Now += TimeSpan.FromMinutes(1);
        Assert.False(floods.IsSpent(origin));
        Assert.True(floods.Allows(origin));
    }

    [Fact]
    public void A_whole_64_of_IPv6_is_one_origin_and_a_mapped_address_is_its_IPv4()
    {
        var floods = new Floods(_clock, most: 1, TimeSpan.FromMinutes(1));
        Assert.True(floods.Allows(IPAddress.Parse("2001:db8:1:2::1")));
        Assert.False(floods.Allows(IPAddress.Parse("2001:db8:1:2:ffff::9")));
        Assert.True(floods.Allows(IPAddress.Parse("2001:db8:1:3::1")));
        Assert.True(floods.Allows(IPAddress.Parse("192.0.2.7")));
        Assert.False(floods.Allows(IPAddress.Parse("::ffff:192.0.2.7")));
    }

    [Fact]
    public void A_mark_tells_one_hand_from_another_for_an_hour_and_names_nobody()
    {
        var floods = new Floods(_clock, most: 1, TimeSpan.FromMinutes(1));
        IPAddress origin = IPAddress.Parse("192.0.2.7");
        string mark = floods.Mark(origin);
        Assert.Equal(mark, floods.Mark(origin));
        Assert.NotEqual(mark, floods.Mark(IPAddress.Parse("192.0.2.8")));
        Assert.NotEqual(mark, new Floods(_clock, 1, TimeSpan.FromMinutes(1)).Mark(origin));
        _clock.Now += TimeSpan.FromHours(1);
        Assert.NotEqual(mark, floods.Mark(origin));
    }

    [Fact]
    public async Task No_mark_is_made_under_an_empty_key_while_the_key_changes()
    {
        var clock = new HourlyClock();
        var floods = new Floods(clock, most: 1, TimeSpan.FromMinutes(1));
        IPAddress origin = IPAddress.Parse("192.0.2.7");
        string empty = Convert.ToHexStringLower(
            HMACSHA256.HashData(new byte[32], origin.GetAddressBytes()).AsSpan(8, 8)
        );
        string[][] marks = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ =>
                    Task.Run(() =>
                        Enumerable.Range(0, 2_000).Select(_ => floods.Mark(origin)).ToArray()
                    )
                )
        );
        Assert.DoesNotContain(empty, marks.SelectMany(each => each));
    }

    [Fact]
    public void Ten_thousand_origins_are_told_apart_in_the_memory_of_the_tables()
    {
        var floods = new Floods(_clock, most: 2, TimeSpan.FromMinutes(1));
        int refused = 0;
        for (int origin = 0; origin < 10_000; origin++)
        {
            refused += floods.Allows(new IPAddress(0x0A000000 + origin)) ? 0 : 1;
        }

        Assert.InRange(refused, 0, 500);
    }

    /// <summary>An hour later whenever it is asked, so that each mark is under a key of its own.</summary>
    private sealed class HourlyClock : TimeProvider
    {
        private long _hours;

        public override DateTimeOffset GetUtcNow() =>
            DateTimeOffset.UnixEpoch.AddHours(Interlocked.Increment(ref _hours));
    }
}
