using Breakwater.Ledger;
using CsCheck;
using NodaTime;
using Xunit;

namespace Breakwater.Tools.Tests.Ledger;

public sealed class HybridClockTests
{
    [Fact]
    public void Time_goes_on_when_the_wall_clock_is_set_back()
    {
        HybridTime noon = HybridClock.Tick(default, Instant.FromUnixTimeMilliseconds(1000));
        HybridTime later = HybridClock.Tick(noon, Instant.FromUnixTimeMilliseconds(400));
        Assert.Equal(new HybridTime(1000, 1), later);
    }

    [Fact]
    public void Each_time_is_later_than_all_that_was_seen_and_never_ahead_of_every_clock() =>
        Gen.Select(Gen.Bool, Gen.Long[0, 50], Gen.Long[0, 50], Gen.Int[0, 5])
            .List[1, 40]
            .Sample(steps =>
            {
                HybridTime last = default;
                long fastest = 0;
                foreach ((bool isLocal, long wall, long remoteWall, int tick) in steps)
                {
                    var now = Instant.FromUnixTimeMilliseconds(wall);
                    var remote = new HybridTime(remoteWall, tick);
                    HybridTime next = isLocal
                        ? HybridClock.Tick(last, now)
                        : HybridClock.Receive(last, remote, now);
                    fastest = Math.Max(fastest, isLocal ? wall : Math.Max(wall, remoteWall));

                    Assert.True(next > last);
                    Assert.True(isLocal || next > remote);
                    Assert.True(next.Milliseconds <= fastest);
                    last = next;
                }
            });

    [Fact]
    public void An_event_id_is_a_version_7_UUID_that_sorts_by_time()
    {
        // The example of RFC 9562 appendix A.6.
        byte[] random = Convert.FromHexString("0cc318c4dc0c0c07398f");
        Assert.Equal(
            Guid.Parse("017F22E2-79B0-7CC3-98C4-DC0C0C07398F"),
            EventId.Of(0x017F22E279B0, random)
        );
    }
}
