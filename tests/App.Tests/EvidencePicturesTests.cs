using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Breakwater.Vocabulary;
using Xunit;
using static Breakwater.Tests.PictureBytes;

namespace Breakwater.App.Tests;

/// <summary>A picture that somebody hands in as evidence does not lead to whoever took it.</summary>
public sealed class EvidencePicturesTests : IAsyncLifetime
{
    private const string Canary = "CANARYplace 35.6892N 51.3890E";
    private static readonly byte[] _canary = Encoding.ASCII.GetBytes(Canary);
    private ApiSite _site = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await ApiSite.Start();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_JPEG_is_kept_without_the_place_where_it_was_taken_and_its_hash_is_of_what_is_kept()
    {
        byte[] sent = Jpeg(Segment(0xE1, [.. "Exif\0\0"u8, .. Gps(), .. _canary]));
        JsonNode kept = await Kept(sent, Jpeg());
        Assert.Equal(["APP1"], kept["removed"]!.AsArray().Select(part => part!.GetValue<string>()));
        Assert.Contains(
            "as it is kept",
            kept["note"]!.GetValue<string>(),
            StringComparison.Ordinal
        );
        Assert.Null(await _site.Records.Evidence(Convert.ToHexStringLower(SHA256.HashData(sent))));
    }

    [Theory]
    [InlineData("tEXt")]
    [InlineData("iTXt")]
    [InlineData("eXIf")]
    public async Task A_PNG_is_kept_without_its_texts_and_without_what_a_camera_wrote(string type)
    {
        JsonNode kept = await Kept(Png(Chunk(type, [.. Gps(), .. _canary])), Png());
        Assert.Equal([type], kept["removed"]!.AsArray().Select(part => part!.GetValue<string>()));
    }

    [Fact]
    public async Task A_picture_without_metadata_keeps_its_octets_and_nothing_is_said_of_another_hash()
    {
        JsonNode kept = await Kept(Jpeg(), Jpeg());
        Assert.Null(kept["note"]);
    }

    [Fact]
    public async Task What_is_no_picture_is_kept_as_it_was_sent()
    {
        byte[] sent = Encoding.UTF8.GetBytes("time,value\n2026-01-01,1\n");
        JsonNode kept = await Kept(sent, sent);
        Assert.Null(kept["removed"]);
    }

    [Fact]
    public async Task A_picture_that_cannot_be_cleaned_is_refused_with_what_to_send_instead_and_not_kept()
    {
        byte[][] pictures =
        [
            [.. "RIFF"u8, 60, 0, 0, 0, .. "WEBPVP8X"u8, .. _canary],
            [.. "GIF89a"u8, .. _canary],
            [0x49, 0x49, 0x2A, 0, 8, 0, 0, 0, .. _canary],
            [0, 0, 0, 24, .. "ftypheic"u8, .. _canary],
            Jpeg(Segment(0xE1, _canary))[..^2],
        ];
        foreach (byte[] picture in pictures)
        {
            (HttpStatusCode status, string text) = await Send(picture);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
            Assert.Contains("Save it as a new JPEG or PNG", text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("CANARY", CanaryFiles.Raw(_site.Folder), StringComparison.Ordinal);
    }

    private async Task<JsonNode> Kept(byte[] sent, byte[] expected)
    {
        (HttpStatusCode status, string text) = await Send(sent);
        Assert.True(status == HttpStatusCode.Created, text);
        JsonNode kept = JsonNode.Parse(text)!;
        string sha256 = kept["sha256"]!.GetValue<string>();
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(expected)), sha256);
        Assert.Equal(expected.Length, kept["octets"]!.GetValue<long>());
        Assert.Equal(expected, await _site.Records.Evidence(sha256));
        Assert.DoesNotContain("CANARY", CanaryFiles.Raw(_site.Folder), StringComparison.Ordinal);
        return kept;
    }

    private async Task<(HttpStatusCode Status, string Text)> Send(byte[] picture)
    {
        using var octets = new ByteArrayContent(picture);
        octets.Headers.ContentType = new("application/octet-stream");
        using HttpResponseMessage answer = await (
            await _site.As(Role.Analyst, "measurers")
        ).Http.PostAsync("/api/v1/evidence", octets, Cancel);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }

    /// <summary>A TIFF directory with one entry, which leads to GPS (Exif 2.32, section 4.6.3).</summary>
    private static byte[] Gps() =>
        [0x49, 0x49, 0x2A, 0, 8, 0, 0, 0, 1, 0, 0x25, 0x88, 4, 0, 1, 0, 0, 0, 26, 0, 0, 0];
}
