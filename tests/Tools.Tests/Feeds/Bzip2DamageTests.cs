using Breakwater.Vocabulary;
using CsCheck;
using Xunit;
using static Breakwater.Tests.Feeds.Bzip2Rounds;

namespace Breakwater.Tests.Feeds;

public class Bzip2DamageTests
{
    [Fact]
    public void An_input_cut_anywhere_gives_its_whole_blocks()
    {
        Bzip2Bytes made = new Bzip2Bytes().Header().Block(Noise(90)).Block(Noise(30)).End();
        int firstLength = new Bzip2Bytes().Header().Block(Noise(90)).Content.Length;
        made.Header().Block(Noise(8)).End();
        for (int length = 4; length < made.Octets.Length; length++)
        {
            (byte[] read, IReadOnlyList<InputFault> faults) = Read(made.Octets[..length], 1);
            bool isBetweenStreams = length == Between().Octets.Length;
            Assert.Equal(isBetweenStreams ? 0 : 1, faults.Count);
            Assert.True(made.Content.AsSpan().StartsWith(read), $"cut at {length}");
            Assert.All(
                faults,
                fault => Assert.Contains("too early", fault.Reason, StringComparison.Ordinal)
            );
            Assert.True(read.Length == 0 || read.Length >= firstLength);
        }

        static Bzip2Bytes Between() =>
            new Bzip2Bytes().Header().Block(Noise(90)).Block(Noise(30)).End();
    }

    [Fact]
    public void A_flipped_bit_anywhere_is_found_with_its_block()
    {
        byte[] content = [.. Noise(120), .. Noise(30)];
        byte[] once = Packed(content);
        byte[] packed = [.. once, .. once];
        int harmless = 0;
        int inSecond = 0;
        for (int bit = 0; bit < packed.Length * 8; bit++)
        {
            byte[] flipped = [.. packed];
            flipped[bit / 8] ^= (byte)(128 >> bit % 8);
            (byte[] read, IReadOnlyList<InputFault> faults) = Read(flipped, 1);
            if (bit < 32 && faults.Count == 0)
            {
                // Another level, or no bzip2 at all, which is read as it is.
                continue;
            }

            Assert.True(
                content.Concat(content).Take(read.Length).SequenceEqual(read),
                $"bit {bit}"
            );
            Assert.True(faults.Count == 1 || read.Length == 2 * content.Length, $"bit {bit}");
            harmless += faults.Count == 0 ? 1 : 0;
            inSecond += faults.Any(fault => fault.At.Contains("block 2 ", StringComparison.Ordinal))
                ? 1
                : 0;
            Assert.Equal(Lines(faults), Lines(Read(flipped, 3).Faults));
        }

        // Padding, the level, codes without use, and the mark of a randomised block, which changes none this short.
        Assert.InRange(harmless, 1, packed.Length * 8 / 20);
        Assert.InRange(inSecond, packed.Length * 3, packed.Length * 5);
    }

    [Fact]
    public void Damage_leaves_what_is_before_and_names_block_and_offset()
    {
        byte[] content = new byte[3_500_000];
        new Random(3).NextBytes(content);
        byte[] packed = Packed(content);
        packed[packed.Length / 2] ^= 4;
        string[] faults =
        [
            .. ThreadCounts.Select(threads =>
            {
                (byte[] read, IReadOnlyList<InputFault> found) = Read(packed, threads);
                Assert.InRange(read.Length, 899_000, 900_000);
                Assert.True(content.AsSpan().StartsWith(read));
                return Assert.Single(found).ToString();
            }),
        ];
        Assert.Single(faults.Distinct());
        Assert.Contains("block 2 at offset 9", faults[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Octets_behind_the_last_stream_are_a_fault(int count)
    {
        byte[] packed = [.. Packed([1, 2, 3]), .. new byte[count]];
        (byte[] read, IReadOnlyList<InputFault> faults) = Read(packed, 2);
        Assert.Equal([1, 2, 3], read);
        Assert.Contains("not bzip2", Assert.Single(faults).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_larger_than_its_level_is_a_fault()
    {
        byte[] content = new byte[200_000];
        new Random(3).NextBytes(content);
        byte[] packed = Packed(content);
        packed[3] = (byte)'1';
        Assert.Contains(
            "longer than its stream allows",
            Assert.Single(Read(packed, 1).Faults).Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Random_octets_behind_a_header_never_throw() =>
        Gen
            .Byte.Array[0, 400]
            .Sample(
                noise =>
                {
                    byte[] magic = [.. "BZh9"u8, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59];
                    Assert.Single(Read([.. magic, .. noise], 2).Faults);
                },
                iter: 5_000
            );

    [Fact]
    public void Changed_octets_never_throw_and_never_change_content()
    {
        Bzip2Bytes made = new Bzip2Bytes().Header().Block(Noise(160)).Block(Noise(90), 7).End();
        Gen.Select(Gen.Int[4, made.Octets.Length - 2], Gen.Byte)
            .Array[1, 12]
            .Sample(
                changes =>
                {
                    byte[] octets = made.Octets;
                    foreach ((int at, byte value) in changes)
                    {
                        octets[at] = value;
                    }

                    (byte[] read, IReadOnlyList<InputFault> faults) = Read(octets, 1);
                    Assert.True(made.Content.AsSpan().StartsWith(read));
                    Assert.True(faults.Count == 1 || read.Length == made.Content.Length);
                },
                iter: 5_000
            );
    }
}
