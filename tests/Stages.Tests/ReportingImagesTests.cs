using System.Text;
using Breakwater.Signals.Reporting;
using Breakwater.Vocabulary;
using CsCheck;
using Xunit;
using static Breakwater.Tests.PictureBytes;

namespace Breakwater.Stages.Tests;

/// <summary>Pictures lose everything that is not the picture.</summary>
public sealed class ReportingImagesTests
{
    private static readonly byte[] _canary = Encoding.ASCII.GetBytes("canary 35.6892N 51.3890E");

    [Theory]
    [InlineData(0xE1, "APP1")]
    [InlineData(0xE2, "APP2")]
    [InlineData(0xED, "APP13")]
    [InlineData(0xFE, "comment")]
    public void A_JPEG_loses_Exif_XMP_profiles_IPTC_and_comments(byte marker, string part)
    {
        CleanImage clean = Clean(Jpeg(Segment(marker, _canary)));
        Assert.Equal("jpeg", clean.Format);
        Assert.Equal([part], clean.Removed);
        Assert.Equal(Jpeg(), clean.Octets.ToArray());
    }

    [Fact]
    public void A_JPEG_loses_its_thumbnails_and_what_trails_behind_its_end()
    {
        byte[] jfif = [.. "JFIF\0"u8, 1, 2, 0, 0, 72, 0, 72, 8, 1, .. _canary];
        CleanImage clean = Clean([.. Jpeg(Segment(0xE0, jfif)), .. _canary]);
        Assert.Contains("thumbnail", clean.Removed);
        Assert.Contains($"{_canary.Length} octets after the end", clean.Removed);
        Assert.True(clean.Octets.Span.IndexOf("canary"u8) < 0);
        Assert.True(clean.Octets.Span.IndexOf("JFIF"u8) > 0);
    }

    [Fact]
    public void Metadata_between_theScans_of_a_JPEG_go_too_and_theScans_stay()
    {
        byte[] twice =
        [
            .. Jpeg()[..^2],
            .. Segment(0xFE, _canary),
            .. Segment(0xDA, [1, 1, 0, 0, 63, 0]),
            .. Scan,
            0xFF,
            0xD9,
        ];
        CleanImage clean = Clean(twice);
        Assert.Equal(twice.Length - _canary.Length - 4, clean.Octets.Length);
        Assert.True(clean.Octets.Span.IndexOf("canary"u8) < 0);
    }

    [Theory]
    [InlineData("tEXt")]
    [InlineData("iTXt")]
    [InlineData("zTXt")]
    [InlineData("eXIf")]
    [InlineData("tIME")]
    [InlineData("iCCP")]
    [InlineData("prVt")]
    public void A_PNG_loses_texts_Exif_times_profiles_and_private_parts(string type)
    {
        CleanImage clean = Clean([.. Png(Chunk(type, _canary)), .. _canary]);
        Assert.Equal([type, $"{_canary.Length} octets after the end"], clean.Removed);
        Assert.Equal(Png(), clean.Octets.ToArray());
    }

    [Fact]
    public void Nothing_hides_in_a_part_that_is_longer_than_it_needs_to_be()
    {
        CleanImage clean = Clean(Png(Chunk("gAMA", _canary)));
        Assert.Equal(["gAMA"], clean.Removed);
        byte[] adobe = [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, 1, .. _canary];
        Assert.True(Clean(Jpeg(Segment(0xEE, adobe))).Octets.Span.IndexOf("canary"u8) < 0);
    }

    [Fact]
    public void What_is_neither_JPEG_nor_PNG_or_is_damaged_is_refused()
    {
        byte[] png = Png();
        png[20] ^= 1;
        foreach (
            byte[] octets in (byte[][])
                [
                    [],
                    [.. "GIF89a"u8],
                    [.. "<svg/>"u8],
                    Jpeg()[..^1],
                    [0xFF, 0xD8, 0xFF, 0xD9],
                    Png()[..^1],
                    png,
                    Png(Chunk("CRIT", _canary)),
                ]
        )
        {
            (CleanImage? image, Refusal? refusal) = ImageMetadata.Strip(octets);
            Assert.Null(image);
            Assert.NotNull(refusal);
        }
    }

    [Fact]
    public void Any_octets_are_cleaned_or_refused_and_cleaning_again_changes_nothing()
    {
        byte[][] pieces =
        [
            [0xFF, 0xD8],
            [0xFF, 0xD9],
            [0xFF],
            [0xFF, 0xE1, 0, 5, 1, 2, 3],
            Segment(0xC0, new byte[15]),
            Segment(0xDA, new byte[6]),
            Segment(0xE0, [.. "JFIF\0"u8, .. new byte[9]]),
            Scan,
            Png()[..8],
            Chunk("IHDR", new byte[13]),
            Chunk("IDAT", [1]),
            Chunk("tEXt", _canary),
            Chunk("IEND", []),
            [0xFF, 0xFF, 0xFF, 0xFF],
        ];
        Gen<byte[]> made = Gen.Int[0, pieces.Length - 1]
            .Array[0, 12]
            .Select(picks => picks.SelectMany(i => pieces[i]).ToArray());
        Gen<byte[]> broken = Gen.Select(
            Gen.Bool.Select(isJpeg =>
                isJpeg ? Jpeg(Segment(0xE1, _canary)) : Png(Chunk("tEXt", _canary))
            ),
            Gen.Int[0, 200],
            Gen.Byte,
            (octets, at, value) =>
            {
                byte[] changed = [.. octets];
                changed[at % changed.Length] = value;
                return changed;
            }
        );
        Gen.OneOf(Gen.Byte.Array[0, 200], made, broken)
            .Sample(
                octets =>
                {
                    (CleanImage? image, Refusal? refusal) = ImageMetadata.Strip(octets);
                    if (image is null)
                    {
                        return refusal is not null;
                    }

                    (CleanImage? again, _) = ImageMetadata.Strip(image.Octets);
                    return refusal is null
                        && image.Octets.Length <= octets.Length
                        && again!.Removed.Count == 0
                        && again.Octets.Span.SequenceEqual(image.Octets.Span);
                },
                iter: 20_000
            );
    }

    private static CleanImage Clean(byte[] octets)
    {
        (CleanImage? image, Refusal? refusal) = ImageMetadata.Strip(octets);
        Assert.Null(refusal);
        return image!;
    }
}
