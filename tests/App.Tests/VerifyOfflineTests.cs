using System.Text.Json;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>What a stranger does with a publication, its proof and the node's public key, and with no store at all.</summary>
public sealed class VerifyOfflineTests : IDisposable
{
    private readonly CommandLine line = new();
    private readonly CommandLine stranger = new();

    public void Dispose()
    {
        line.Dispose();
        stranger.Dispose();
    }

    [Fact]
    public void A_publication_is_followed_to_the_public_key_by_somebody_who_has_no_store()
    {
        string folder = Path.Combine(line.Folder, "out");
        string scenario = CommandLineScenario.Write(line, CommandLineScenario.Yaml);
        line.Run("walk", scenario, "--out", folder).Done();
        string key = KeyOf(line);
        foreach (string language in (string[])["en", "fr", "ar"])
        {
            string html = Path.Combine(folder, "publications", $"situation-report.{language}.html");
            string proof = Path.ChangeExtension(html, ".tlog-proof");
            JsonElement found = stranger
                .Run("verify", "--proof", proof, "--file", html, "--key", key, "--json")
                .Done()
                .Json;
            Assert.True(found.GetProperty("holds").GetBoolean());
            Assert.Equal(
                ["holds", "holds", "holds", "not-asked", "holds"],
                found
                    .GetProperty("findings")
                    .EnumerateArray()
                    .Select(finding => finding.GetProperty("finding").GetString())
            );
            Assert.Equal(
                "PublicationRecorded",
                found.GetProperty("proved").GetProperty("type").GetString()
            );
        }

        string english = Path.Combine(folder, "publications", "situation-report.en.html");
        string other = stranger.Write("key", $"{key}\n");
        string[] checkedBy =
        [
            "verify",
            "--proof",
            Path.ChangeExtension(english, ".tlog-proof"),
            "--key",
            other,
        ];
        Assert.Contains(
            "the proof holds",
            stranger.Run(checkedBy).Done().Output,
            StringComparison.Ordinal
        );
        File.AppendAllText(english, "<!-- one word more -->");
        CommandLineRun changed = stranger.Run([.. checkedBy, "--file", english]);
        Assert.Equal(1, changed.ExitCode);
        Assert.Contains("FAILS    the document", changed.Output, StringComparison.Ordinal);
        string french = Path.Combine(folder, "publications", "situation-report.fr.html");
        Assert.Equal(1, stranger.Run([.. checkedBy, "--file", french]).ExitCode);
        Assert.False(Directory.Exists(stranger.Data));
    }

    [Fact]
    public void An_exported_ledger_is_checked_tile_by_tile_and_against_its_past()
    {
        line.Run("detect", Series(), "--place", "IR", "--record").Done();
        string tiles = Path.Combine(line.Folder, "tiles");
        JsonElement first = line.Run("verify", "--export-tiles", tiles, "--json").Done().Json;
        string key = first.GetProperty("key").GetString()!;
        string past = Path.Combine(line.Folder, "past");
        File.Copy(Path.Combine(tiles, "checkpoint"), past);

        line.Run("walk", CommandLineScenario.Write(line, CommandLineScenario.Yaml)).Done();
        line.Run("verify", "--export-tiles", tiles, "--entries").Done();
        string[] check = ["verify", "--tiles", tiles, "--key", key];
        JsonElement found = stranger.Run([.. check, "--since", past, "--json"]).Done().Json;
        Assert.True(found.GetProperty("since").GetProperty("holds").GetBoolean());
        Assert.Equal(
            found.GetProperty("checkpoint").GetProperty("size").GetInt64(),
            found.GetProperty("tiles").GetProperty("entries").GetInt64()
        );

        string tile = Directory
            .GetFiles(Path.Combine(tiles, "tile", "0"), "*", SearchOption.AllDirectories)
            .OrderByDescending(File.GetLastWriteTimeUtc)
            .First();
        byte[] octets = File.ReadAllBytes(tile);
        octets[5] ^= 1;
        File.WriteAllBytes(tile, octets);
        CommandLineRun damaged = stranger.Run(check);
        Assert.Equal(1, damaged.ExitCode);
        Assert.Contains("damage: checkpoint", damaged.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ledger_whose_end_was_cut_off_or_that_another_node_made_does_not_hold()
    {
        line.Run("detect", Series(), "--place", "IR", "--record").Done();
        string before = Path.Combine(line.Folder, "before");
        line.Run("verify", "--export-tiles", before).Done();
        line.Run("walk", CommandLineScenario.Write(line, CommandLineScenario.Yaml)).Done();
        string after = Path.Combine(line.Folder, "after");
        line.Run("verify", "--export-tiles", after).Done();
        string key = KeyOf(line);
        CommandLineRun cut = stranger.Run(
            "verify",
            "--tiles",
            before,
            "--key",
            key,
            "--since",
            Path.Combine(after, "checkpoint")
        );
        Assert.Equal(1, cut.ExitCode);
        Assert.Contains("its end was cut off", cut.Output, StringComparison.Ordinal);

        string csv = stranger.Write("series.csv", CommandLineScenario.Csv());
        stranger.Run("detect", csv, "--place", "IR", "--record").Done();
        CommandLineRun other = stranger.Run("verify", "--tiles", after, "--key", KeyOf(stranger));
        Assert.Equal(1, other.ExitCode);
        Assert.Contains("not signed", other.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--key", "verify --proof file")]
    [InlineData("do not go together", "verify --proof file --tiles . --key k")]
    [InlineData("--file goes with --proof", "verify --file file")]
    [InlineData("--since goes with --tiles", "verify --since file")]
    [InlineData("--entries goes with --export-tiles", "verify --entries")]
    [InlineData("--key is neither", "verify --proof file --key nonsense")]
    [InlineData("not a proof", "verify --proof file --key KEY")]
    [InlineData("no such file", "verify --proof absent --key KEY")]
    [InlineData("no file 'checkpoint'", "verify --tiles . --key KEY")]
    public void What_cannot_be_checked_is_refused_in_one_line(string told, string arguments)
    {
        const string key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
        line.Write("file", "c2sp.org/tlog-proof@v1\nindex x\n\n");
        string[] given = arguments.Replace("KEY", key, StringComparison.Ordinal).Split(' ');
        Assert.Contains(told, line.Run(given).Refusal(2), StringComparison.Ordinal);
    }

    private string Series() => line.Write("series.csv", CommandLineScenario.Csv());

    private static string KeyOf(CommandLine of) =>
        of.Run("verify", "--json").Done().Json.GetProperty("key").GetString()!;
}
