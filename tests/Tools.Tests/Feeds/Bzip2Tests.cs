using Breakwater.Feeds;
using CsCheck;
using SharpCompress.Compressors.BZip2;
using Xunit;
using static Breakwater.Tests.Feeds.Bzip2Rounds;

namespace Breakwater.Tests.Feeds;

public class Bzip2Tests
{
    private static readonly int[] runLengths =
    [
        1,
        3,
        4,
        5,
        6,
        254,
        255,
        256,
        258,
        259,
        260,
        263,
        1_000,
    ];

    private static readonly Gen<byte[]> contents = Gen.OneOf(
        Gen.Byte.Array[0, 3_000],
        Gen.Byte[0, 2].Array[0, 5_000],
        // Runs around each length at which their coding changes.
        Gen.Select(
                Gen.Byte[0, 3],
                Gen.Int[0, runLengths.Length - 1].Select(index => runLengths[index])
            )
            .Array[0, 200]
            .Select(runs =>
                runs.SelectMany(run => Enumerable.Repeat(run.Item1, run.Item2)).ToArray()
            ),
        // Periodic: several rotations of the block are equal.
        Gen.Select(Gen.Byte.Array[1, 5], Gen.Int[1, 700])
            .Select(
                (period, times) =>
                    Enumerable.Repeat(period, times).SelectMany(octets => octets).ToArray()
            )
    );

    [Fact]
    public void Whatever_is_packed_comes_back() =>
        contents.Sample(content => AssertGives(content, Packed(content)), iter: 300);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(899_980)]
    [InlineData(899_981)]
    [InlineData(899_982)]
    [InlineData(900_000)]
    [InlineData(2_700_001)]
    public void Content_around_the_length_of_a_block_comes_back(int length)
    {
        byte[] content = new byte[length];
        new Random(7).NextBytes(content);
        AssertGives(content, Packed(content));
    }

    [Fact]
    public void A_block_of_one_octet_repeated_comes_back()
    {
        byte[] content = new byte[3_000_000];
        content.AsSpan().Fill(0xFF);
        AssertGives(content, Packed(content));
    }

    [Fact]
    public void Patterns_of_blocks_and_ends_within_a_block_are_content_at_every_bit()
    {
        byte[] pattern = [0x31, 0x41, 0x59, 0x26, 0x53, 0x59];
        byte[] end = [0x17, 0x72, 0x45, 0x38, 0x50, 0x90];
        for (int shift = 0; shift < 8; shift++)
        {
            Bzip2Bytes made = new Bzip2Bytes().Header();
            for (int block = 0; block < 6; block++)
            {
                byte[] symbols =
                [
                    .. Noise(200, seed: block),
                    .. pattern,
                    .. Noise(block),
                    .. end,
                    .. end,
                    .. Noise(40),
                    .. pattern,
                ];
                made.Block(symbols, origin: block, spareSelectors: shift);
            }

            AssertGives(made.End().Content, made.Octets);
        }
    }

    [Fact]
    public void Many_false_patterns_are_decoded_once_not_once_for_each()
    {
        byte[] pattern = [0x31, 0x41, 0x59, 0x26, 0x53, 0x59];
        byte[] symbols = [.. Enumerable.Repeat(pattern, 20_000).SelectMany(octets => octets)];
        Bzip2Bytes made = new Bzip2Bytes().Header().Block(symbols).Block(symbols, origin: 3).End();
        AssertGives(made.Content, made.Octets);
    }

    [Fact]
    public void Streams_of_any_level_and_empty_ones_are_one_content()
    {
        Bzip2Bytes made = new();
        made.Header(9).End().Header(1).Block(Noise(300)).Block(Noise(9), origin: 4).End();
        made.Header(5).End().Header(2).End().Header(3).Block(Noise(7)).End();
        AssertGives(made.Content, made.Octets);
    }

    [Fact]
    public void A_randomised_block_is_bzip2_to_bzip2_and_to_us()
    {
        // The encoder of SharpCompress randomises repetitive blocks, as bzip2 once did.
        byte[] content = new byte[1_000_000];
        content.AsSpan(500_000).Fill(7);
        byte[] packed = Packed(content);
        Assert.Equal(0x80, packed[14] & 0x80);
        AssertGives(content, packed);
        byte[]? theirs = Bzip2("-d", packed);
        Assert.True(theirs is null || theirs.AsSpan().SequenceEqual(content));
    }

    [Fact]
    public void An_input_left_early_leaves_no_thread_behind()
    {
        Bzip2Bytes made = new Bzip2Bytes().Header();
        for (int block = 0; block < 500; block++)
        {
            made.Block(Noise(150));
        }

        byte[] packed = made.End().Octets;
        var pipe = new OneWay(packed);
        using (Compression input = Compression.Open(pipe, "pipe", threads: 2))
        {
            Assert.NotEmpty(input.Chunks().First().ToArray());
        }

        Assert.True(pipe.IsDisposed);
        Assert.True(pipe.Given < packed.Length);
    }

    [Theory]
    [InlineData("data/routing/libbgpstream/routeviews.route-views.jinx.updates.1427846400.bz2")]
    public void Files_of_collectors_decode_as_bzip2_decodes_them(string file)
    {
        byte[] packed = File.ReadAllBytes(SharedData.PathOf(file));
        using var reference = new MemoryStream();
        using (
            BZip2Stream unpacked = BZip2Stream.Create(
                new MemoryStream(packed),
                SharpCompress.Compressors.CompressionMode.Decompress,
                decompressConcatenated: true
            )
        )
        {
            unpacked.CopyTo(reference);
        }

        AssertGives(reference.ToArray(), packed);
    }

    [Fact]
    public void What_bzip2_itself_packs_at_any_level_comes_back()
    {
        byte[] content =
        [
            .. Enumerable.Range(0, 250_000).SelectMany(n => BitConverter.GetBytes(n / 3 * 7)),
        ];
        Assert.SkipWhen(Bzip2("-1", content) is null, "no bzip2 on this machine");
        byte[] all = [];
        for (int level = 1; level <= 9; level += 4)
        {
            byte[] packed = Bzip2($"-{level}", content)!;
            AssertGives(content, packed);
            all = [.. all, .. packed];
        }

        AssertGives([.. content, .. content, .. content], all);
    }

    [Fact]
    public void Our_hand_made_streams_are_bzip2_to_bzip2()
    {
        Bzip2Bytes made = new Bzip2Bytes().Header(1).Block(Noise(500), 17, spareSelectors: 5);
        made.Block([0x31, 0x41, 0x59, 0x26, 0x53, 0x59]).End().Header().End();
        byte[]? theirs = Bzip2("-d", made.Octets);
        Assert.SkipWhen(theirs is null, "no bzip2 on this machine");
        Assert.Equal(made.Content, theirs);
    }
}
