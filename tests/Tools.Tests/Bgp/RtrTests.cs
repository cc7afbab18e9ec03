using System.Buffers;
using Breakwater.Bgp;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;

namespace Breakwater.Tests.Bgp;

/// <summary>The router's side of RFC 8210, with messages written by hand from the figures of its section 5.</summary>
public sealed class RtrTests
{
    private const string Reset1 = "01 02 0000 00000008";
    private const string Response1 = "01 03 1234 00000008";
    private const string End1 = "01 07 1234 00000018 00000007 00000E10 00000258 00001C20";
    private const string V4 = "01 04 0000 00000014 01 18 19 00 C0000200 0000FBF0";
    private const string V4Withdrawn = "01 04 0000 00000014 00 18 19 00 C0000200 0000FBF0";
    private const string V6 =
        "01 06 0000 00000020 01 20 30 00 20010DB8000000000000000000000000 0000FBF1";

    private static readonly Instant _start = Instant.FromUtc(2026, 1, 1, 0, 0);

    private readonly RtrSession session = new();
    private Instant now = _start;

    [Fact]
    public void A_full_answer_and_a_change_are_taken_over()
    {
        session.Connected(now);
        Assert.Equal(Octets(Reset1), Sent());
        Assert.Equal(RtrOutcome.None, Hear(Response1, V4, V6));
        Assert.False(session.HasData);
        Assert.Equal(RtrOutcome.Updated, Hear(End1));
        Assert.Equal("192.0.2.0/24 to /25 by AS64496, 2001:db8::/32 to /48 by AS64497", Held());
        Assert.Equal(2, session.Delta!.Announced.Count);

        // An older serial asks for nothing; a newer one does.
        Hear("01 00 1234 0000000C 00000006");
        Assert.Empty(Sent());
        Hear("01 00 1234 0000000C 00000008");
        Assert.Equal(Octets("01 01 1234 0000000C 00000007"), Sent());
        Hear(
            Response1,
            V4Withdrawn,
            "01 04 0000 00000014 01 08 08 00 0A000000 00000000",
            "01 07 1234 00000018 00000008 00000E10 00000258 00001C20"
        );
        Assert.Equal("10.0.0.0/8 to /8 by AS0, 2001:db8::/32 to /48 by AS64497", Held());
        Assert.Equal(
            "192.0.2.0/24 to /25 by AS64496",
            Assert.Single(session.Delta.Withdrawn).ToString()
        );
        Assert.Equal(8u, session.Serial);
        Assert.Equal(now, session.Export("cache").Source.At);
    }

    [Fact]
    public void An_answer_counts_only_when_it_is_complete()
    {
        Fill();
        session.Tick(now += Duration.FromHours(1));
        Sent();
        Hear(Response1, V4Withdrawn);
        session.Disconnected();
        Assert.Equal(2, session.Count);
        session.Connected(now);
        Assert.Equal(Octets("01 01 1234 0000000C 00000007"), Sent());
    }

    [Theory]
    // Withdrawn without having been there (6), announced twice (7): the message is enclosed in the report.
    [InlineData(V4Withdrawn, 6)]
    [InlineData(V4 + "|" + V4, 7)]
    // Out of turn (3), another version (8).
    [InlineData(Reset1, 3)]
    [InlineData("00 03 1234 00000008", 8)]
    public void A_fault_of_the_cache_is_reported_with_the_message(string messages, byte code)
    {
        session.Connected(now);
        Sent();
        Assert.Equal(RtrOutcome.Close, Hear([Response1, .. messages.Split('|')]));
        byte[] report = Sent();
        byte[] faulty = Octets(messages.Split('|')[^1]);
        Assert.Equal([1, 10, 0, code], report[..4]);
        Assert.Equal(report.Length, report[7]);
        Assert.Equal(faulty.Length, report[11]);
        Assert.Equal(faulty, report[12..(12 + faulty.Length)]);
        Assert.Null(RtrPdu.Read(report, out RtrPdu pdu));
        Assert.Contains(session.Fault!.Reason[..10], pdu.ErrorText, StringComparison.Ordinal);
        Assert.False(session.HasData);
    }

    [Theory]
    [InlineData("01 03 1234 00000009", RtrError.CorruptData)]
    [InlineData("01 03 1234 FFFFFFFF", RtrError.CorruptData)]
    [InlineData("01 04 0000 00000013", RtrError.CorruptData)]
    [InlineData("01 07 1234 0000000C", RtrError.CorruptData)]
    [InlineData("00 07 1234 00000018", RtrError.CorruptData)]
    [InlineData("01 09 0000 00002000", RtrError.CorruptData)]
    [InlineData("01 0A 0000 7FFFFFFF", RtrError.CorruptData)]
    [InlineData("01 0B 0100 00000010", RtrError.UnsupportedType)]
    [InlineData("00 09 0000 00000020", RtrError.UnsupportedType)]
    [InlineData("01 05 0000 00000008", RtrError.UnsupportedType)]
    [InlineData("03 03 1234 00000008", RtrError.UnsupportedVersion)]
    [InlineData("48 54 5450 2F312E31", RtrError.UnsupportedVersion)]
    // Maximum length below the length, above the address; bits after the length.
    [InlineData("01 04 0000 00000014 01 18 17 00 C0000200 0000FBF0", RtrError.CorruptData)]
    [InlineData("01 04 0000 00000014 01 18 21 00 C0000200 0000FBF0", RtrError.CorruptData)]
    [InlineData("01 04 0000 00000014 01 18 18 00 C0000201 0000FBF0", RtrError.CorruptData)]
    [InlineData(
        "01 06 0000 00000020 01 FF FF 00 20010DB8000000000000000000000000 0000FBF1",
        RtrError.CorruptData
    )]
    // Parts of a report that do not add up.
    [InlineData("01 0A 0000 00000010 00000001 00000000", RtrError.CorruptData)]
    [InlineData("01 0A 0000 00000010 FFFFFFF0 00000000", RtrError.CorruptData)]
    [InlineData("01 0A 0000 00000010 00000000 FFFFFFFF", RtrError.CorruptData)]
    public void Lengths_and_fields_are_verified_before_anything_is_believed(
        string octets,
        RtrError expected
    )
    {
        RtrFault? fault = RtrPdu.Read(Octets(octets), out RtrPdu pdu);
        Assert.Equal(expected, fault?.Code);
        Assert.True(pdu.Octets.IsEmpty);
    }

    [Fact]
    public void A_message_that_has_not_arrived_whole_is_waited_for()
    {
        byte[] octets = Octets(V6);
        for (int length = 0; length < octets.Length; length++)
        {
            Assert.Null(RtrPdu.Read(octets.AsSpan(0, length), out RtrPdu part));
            Assert.True(part.Octets.IsEmpty);
        }

        Assert.Null(RtrPdu.Read([.. octets, 9, 9], out RtrPdu whole));
        Assert.Equal(32, whole.Octets.Length);
    }

    [Fact]
    public void A_cache_that_knows_only_version_0_is_asked_in_version_0()
    {
        session.Connected(now);
        Sent();
        Assert.Equal(RtrOutcome.CloseAndRetry, Hear("00 0A 0004 00000010 00000000 00000000"));
        Assert.Empty(Sent());
        session.Disconnected();
        session.Connected(now);
        Assert.Equal(Octets("00 02 0000 00000008"), Sent());
        Assert.Equal(
            RtrOutcome.Updated,
            Hear("00 03 1234 00000008", "00" + V4[2..], "00 07 1234 0000000C 00000007")
        );
        Assert.Equal(RtrIntervals.Default, session.Intervals);

        // Another cache answers at once in the lower version.
        var other = new RtrSession();
        other.Connected(now);
        Assert.Null(RtrPdu.Read(Octets("00 03 1234 00000008"), out RtrPdu pdu));
        Assert.Equal(RtrOutcome.None, other.Receive(pdu, now));
        Assert.Equal(0, other.Version);

        // A third closes without a word.
        var silent = new RtrSession(version: 2);
        silent.Connected(now);
        silent.Disconnected();
        Assert.Equal(1, silent.Version);
        silent.Connected(now);
        silent.Disconnected();
        silent.Connected(now);
        silent.Disconnected();
        Assert.Equal(2, silent.Version);
    }

    [Fact]
    public void An_unsupported_version_that_is_not_lower_ends_in_a_fault()
    {
        session.Connected(now);
        Assert.Equal(RtrOutcome.Close, Hear("01 0A 0004 00000013 00000000 00000003 6E6F21"));
        Assert.Equal("the cache reports UnsupportedVersion: no!", session.Fault!.Reason);
    }

    [Theory]
    [InlineData("01 00 9999 0000000C 00000008")]
    [InlineData("01 03 9999 00000008")]
    public void Another_session_voids_what_was_learned(string message)
    {
        Fill();
        session.Tick(now += Duration.FromHours(1));
        Sent();
        Assert.Equal(RtrOutcome.Close, Hear(message));
        Assert.Equal([1, 10, 0, 0], Sent()[..4]);
        Assert.False(session.HasData);
        Assert.Equal(0, session.Count);
        session.Disconnected();
        session.Connected(now);
        Assert.Equal(Octets(Reset1), Sent());
    }

    [Fact]
    public void A_cache_that_cannot_tell_the_change_is_asked_for_everything_and_the_old_data_stays_until_then()
    {
        Fill();
        session.Tick(now += Duration.FromHours(1));
        Sent();
        Hear("01 08 0000 00000008");
        Assert.Equal(Octets(Reset1), Sent());
        Assert.True(session.HasData);
        Hear("01 03 7777 00000008", V4);
        Assert.Equal(2, session.Count);
        Hear("01 07 7777 00000018 00000001 00000E10 00000258 00001C20");
        Assert.Equal(1, session.Count);
        Assert.Equal((ushort)0x7777, session.SessionId);
        Assert.Single(session.Delta!.Withdrawn);
    }

    [Fact]
    public void Data_runs_out_when_nobody_answers_for_the_expire_interval()
    {
        Fill();
        session.Disconnected();
        Assert.Equal(_start + Duration.FromHours(2), session.NextAt);
        session.Tick(_start + Duration.FromHours(2) - Duration.FromSeconds(1));
        Assert.True(session.HasData);
        session.Tick(_start + Duration.FromHours(2));
        Assert.False(session.HasData);
        Assert.Equal(0, session.Count);
    }

    [Fact]
    public void An_answer_that_does_not_end_is_given_up()
    {
        session.Connected(now);
        Sent();
        Hear(Response1, V4);
        Assert.Equal(RtrOutcome.None, session.Tick(now + Duration.FromMinutes(4)));
        Assert.Equal(RtrOutcome.Close, session.Tick(now + Duration.FromMinutes(5)));
        Assert.Contains("no complete answer", session.Fault!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cache_without_data_yet_is_asked_again_after_the_retry_interval()
    {
        session.Connected(now);
        Sent();
        Assert.Equal(RtrOutcome.None, Hear("01 0A 0002 00000010 00000000 00000000"));
        session.Tick(now + Duration.FromSeconds(599));
        Assert.Empty(Sent());
        session.Tick(now + Duration.FromSeconds(600));
        Assert.Equal(Octets(Reset1), Sent());
    }

    [Fact]
    public void Serial_numbers_wrap_round()
    {
        session.Connected(now);
        Hear(Response1, V4, "01 07 1234 00000018 FFFFFFFF 00000E10 00000258 00001C20");
        Sent();
        Hear("01 00 1234 0000000C 00000000");
        Assert.Equal(Octets("01 01 1234 0000000C FFFFFFFF"), Sent());
    }

    [Fact]
    public void A_notify_in_the_middle_of_an_answer_is_followed_after_it()
    {
        session.Connected(now);
        Hear(Response1, V4, "01 00 1234 0000000C 00000009", End1);
        Sent();
        session.Tick(now);
        Assert.Equal(Octets("01 01 1234 0000000C 00000007"), Sent());
    }

    [Fact]
    public void More_than_the_limit_is_a_fault_and_so_is_an_answer_that_goes_round_in_circles()
    {
        var limited = new RtrSession(limits: new RtrLimits { VrpsMax = 2 });
        limited.Connected(now);
        Assert.Equal(
            RtrOutcome.Close,
            Hear(limited, Response1, V4, V6, "01 04 0000 00000014 01 08 08 00 0A000000 00000000")
        );
        Assert.Contains("more than 2 VRPs", limited.Fault!.Reason, StringComparison.Ordinal);

        limited.Disconnected();
        limited.Connected(now);
        Hear(limited, Response1);
        RtrOutcome outcome = RtrOutcome.None;
        for (int round = 0; round < 20 && outcome == RtrOutcome.None; round++)
        {
            outcome = Hear(limited, V4, V4Withdrawn);
        }

        Assert.Equal(RtrOutcome.Close, outcome);
    }

    [Theory]
    // Flags in the header, as drafts after 10 have them; then flags and a count before the customer.
    [InlineData("02 0B 0100 00000014 00000005 00000001 00000002", "02 0B 0000 0000000C 00000005")]
    [InlineData(
        "02 0B 0000 00000018 01 00 0002 00000005 00000001 00000002",
        "02 0B 0000 00000010 00 00 0000 00000005"
    )]
    public void ASPAs_come_in_version_2(string announcement, string withdrawal)
    {
        var second = new RtrSession(version: 2);
        second.Connected(now);
        Hear(second, "02" + Response1[2..], announcement, "02" + End1[2..]);
        Aspa aspa = Assert.Single(second.Export("cache").Aspas);
        Assert.Equal(new Asn(5), aspa.Customer);
        Assert.Equal([new Asn(1), new Asn(2)], aspa.Providers);
        Hear(
            second,
            "02 00 1234 0000000C 00000008",
            "02" + Response1[2..],
            withdrawal,
            "02" + End1[2..]
        );
        Assert.Empty(second.Export("cache").Aspas);
    }

    [Fact]
    public void Intervals_out_of_range_are_brought_into_it()
    {
        Assert.Equal(RtrIntervals.Of(1, 1, 600), RtrIntervals.Of(0, 0, 0));
        Assert.Equal(
            RtrIntervals.Of(86400, 7200, 172800),
            RtrIntervals.Of(uint.MaxValue, uint.MaxValue, uint.MaxValue)
        );
        Assert.True(RtrIntervals.Of(86400, 1, 600) is var odd && odd.Expire > odd.Refresh);
    }

    [Fact]
    public void Any_VRPs_that_a_cache_writes_are_read_back()
    {
        Gen.Select(Gen.Bool, Gen.Byte.Array[16], Gen.Int[0, 128], Gen.Int[0, 128], Gen.UInt)
            .Sample(
                (isV6, address, length, longer, asn) =>
                {
                    int most = isV6 ? 128 : 32;
                    var prefix = IpPrefix.From(
                        address.AsSpan(0, isV6 ? 16 : 4),
                        length % (most + 1)
                    );
                    var vrp = new Vrp(
                        prefix,
                        (byte)(prefix.Length + (longer % (most - prefix.Length + 1))),
                        new Asn(asn)
                    );
                    var written = new ArrayBufferWriter<byte>();
                    RtrWriter.Prefix(written, 1, vrp, isAnnouncement: true);
                    Assert.Null(RtrPdu.Read(written.WrittenSpan, out RtrPdu pdu));
                    Assert.Equal(vrp, pdu.Vrp);
                    Assert.True(pdu.IsAnnouncement);
                }
            );
    }

    [Fact]
    public void Random_messages_never_throw_and_hold_little()
    {
        // Headers with real versions and types, so that the octets get past the first check.
        Gen<byte[]> message = Gen.Select(
                Gen.Byte[0, 3],
                Gen.Byte[0, 12],
                Gen.Int[8, 64],
                Gen.Byte.Array[64]
            )
            .Select(
                (version, type, length, octets) =>
                {
                    (octets[0], octets[1], octets[4], octets[5], octets[6]) = (
                        version,
                        type,
                        0,
                        0,
                        0
                    );
                    octets[7] = (byte)length;
                    return octets[..length];
                }
            );
        message
            .Array[1, 40]
            .Sample(
                messages =>
                {
                    var any = new RtrSession(version: 2, limits: new RtrLimits { VrpsMax = 100 });
                    any.Connected(now);
                    foreach (byte[] octets in messages)
                    {
                        if (RtrPdu.Read(octets, out RtrPdu pdu) is { } fault)
                        {
                            any.Garbled(fault, octets);
                        }
                        else if (!pdu.Octets.IsEmpty)
                        {
                            any.Receive(pdu, now);
                        }

                        Assert.InRange(any.Count, 0, 100);
                        any.Sent();
                    }

                    any.Tick(now + Duration.FromDays(1));
                },
                iter: 20_000
            );
    }

    private void Fill()
    {
        session.Connected(now);
        Hear(Response1, V4, V6, End1);
        Sent();
    }

    private RtrOutcome Hear(params string[] messages) => Hear(session, messages);

    private RtrOutcome Hear(RtrSession to, params string[] messages)
    {
        RtrOutcome outcome = RtrOutcome.None;
        foreach (string message in messages)
        {
            byte[] octets = Octets(message);
            RtrFault? fault = RtrPdu.Read(octets, out RtrPdu pdu);
            Assert.Null(fault);
            Assert.Equal(octets.Length, pdu.Octets.Length);
            outcome = to.Receive(pdu, now);
            if (outcome >= RtrOutcome.Close)
            {
                break;
            }
        }

        return outcome;
    }

    private byte[] Sent()
    {
        byte[] sent = session.ToSend.ToArray();
        session.Sent();
        return sent;
    }

    private string Held() => string.Join(", ", session.Export("cache").Vrps);

    private static byte[] Octets(string hex) =>
        Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
