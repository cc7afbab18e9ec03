using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Breakwater.App.Dossiers;
using Breakwater.Ledger;
using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>A dossier leaves its node as a folder, and whoever gets it checks it with nothing else than a public key.</summary>
public sealed class DossierVerbTests(DossierNode node) : IClassFixture<DossierNode>
{
    [Fact]
    public void What_is_sealed_for_the_public_holds_offline_and_names_the_rest_by_hash_and_reason_alone()
    {
        JsonElement found = Verify(node.ForPublic, "--key", node.Key, "--json").Done().Json;
        Assert.True(found.GetProperty("holds").GetBoolean());
        Assert.False(found.GetProperty("isKeyFromFolder").GetBoolean());
        Assert.Equal(3, found.GetProperty("items").GetInt32());
        Assert.Equal(1, found.GetProperty("octets").GetInt32());

        JsonElement manifest = Manifest(node.ForPublic);
        string[] reasons =
        [
            .. manifest
                .GetProperty("withheld")
                .EnumerateArray()
                .Select(one => one.GetProperty("reason").GetString()!),
        ];
        Assert.Contains("marked for others than this audience", reasons);
        Assert.Contains("no consent is on record; silence is not consent", reasons);
        Assert.Contains(reasons, reason => reason.EndsWith("not assessed is not safe"));
        Assert.All(
            manifest.GetProperty("withheld").EnumerateArray(),
            one =>
                Assert.Equal(
                    one.GetProperty("item").GetString() == "item-2",
                    !one.TryGetProperty("sha256", out JsonElement hash)
                        || hash.ValueKind == JsonValueKind.Null
                )
        );
        Assert.Equal("true", manifest.GetProperty("facts")[0].GetProperty("value").GetString());
        Assert.DoesNotContain(
            Everything(node.ForPublic),
            text => text.Contains(DossierNode.Secret)
        );
        Assert.Equal(
            [
                "README.txt",
                "SHA256SUMS",
                "SHA512SUMS",
                "manifest.json",
                "manifest.json.tlog-proof",
                "node-key.txt",
            ],
            Directory
                .EnumerateFiles(node.ForPublic)
                .Select(Path.GetFileName)
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void An_organisation_gets_what_it_may_see_and_a_copy_is_a_step_of_custody()
    {
        Verify(node.ForRelief, "--key", node.Key).Done();
        JsonElement manifest = Manifest(node.ForRelief);
        Assert.Equal(4, manifest.GetProperty("items").GetArrayLength());
        JsonElement custody = manifest.GetProperty("items")[1].GetProperty("custody");
        Assert.Equal(
            "copied",
            custody[custody.GetArrayLength() - 1].GetProperty("action").GetString()
        );
        Assert.Contains(Everything(node.ForRelief), text => text == DossierNode.Secret);
    }

    [Fact]
    public void Its_manifest_is_an_ordinary_document_with_an_ordinary_proof() =>
        node
            .Line.Run(
                "verify",
                "--proof",
                Path.Combine(node.ForPublic, "manifest.json.tlog-proof"),
                "--file",
                Path.Combine(node.ForPublic, "manifest.json"),
                "--key",
                node.Key
            )
            .Done();

    [Fact]
    public void Without_a_key_from_elsewhere_it_says_that_the_folder_is_whole_and_not_whose_it_is() =>
        Assert.Contains(
            "The key came with it",
            Verify(node.ForPublic).Done().Output,
            StringComparison.Ordinal
        );

    [Fact]
    public void Any_octet_that_was_altered_in_any_file_is_found_and_the_file_is_named()
    {
        foreach (
            string file in Directory.EnumerateFiles(
                node.ForPublic,
                "*",
                SearchOption.AllDirectories
            )
        )
        {
            string path = Path.GetRelativePath(node.ForPublic, file);
            byte[] octets = File.ReadAllBytes(file);
            foreach (int at in new[] { 0, octets.Length / 2, octets.Length - 1 })
            {
                string spoilt = node.Copied(node.ForPublic, $"spoilt-{Guid.NewGuid():n}");
                byte[] other = [.. octets];
                other[at] ^= 1;
                File.WriteAllBytes(Path.Combine(spoilt, path), other);
                try
                {
                    DossierChecked found = DossierCheck.Of(spoilt, null);
                    Assert.False(found.Holds, $"{path} at {at}");
                    Assert.Contains(found.Faults, fault => fault.File == path.Replace('\\', '/'));
                }
                catch (Fault fault)
                {
                    // A manifest that is no JSON any more.
                    Assert.Equal((ExitCode.Usage, "manifest.json"), (fault.Code, path));
                }
            }
        }
    }

    [Fact]
    public void What_was_added_or_is_missing_is_named_with_exit_code_1()
    {
        string added = node.Copied(node.ForPublic, "added");
        File.WriteAllText(Path.Combine(added, "octets", "more"), "more");
        CommandLineRun run = Verify(added, "--key", node.Key);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("octets/more: it was added", run.Output, StringComparison.Ordinal);

        string missing = node.Copied(node.ForPublic, "missing");
        string file = Directory.EnumerateFiles(Path.Combine(missing, "octets")).Single();
        File.Delete(file);
        JsonElement found = Verify(missing, "--json").Json;
        Assert.Equal(
            $"octets/{Path.GetFileName(file)}",
            found.GetProperty("faults")[0].GetProperty("file").GetString()
        );
        File.Delete(Path.Combine(missing, "manifest.json.tlog-proof"));
        Assert.Equal(1, Verify(missing).ExitCode);
    }

    [Theory]
    [InlineData("reason", "custody")]
    [InlineData("url", "item")]
    [InlineData("withheld", "withheld")]
    [InlineData("fact", "facts")]
    [InlineData("step", "steps")]
    public void A_manifest_that_was_rewritten_with_all_its_hashes_does_not_hold(
        string what,
        string where
    )
    {
        string spoilt = node.Copied(node.ForPublic, $"rewritten-{where}");
        Rewrite(
            spoilt,
            manifest =>
            {
                switch (what)
                {
                    case "reason":
                        manifest["items"]![0]!["custody"]![0]!["reason"] = "it was secret then";
                        break;
                    case "url":
                        manifest["items"]![0]!["url"] = "https://example.org/other";
                        break;
                    case "withheld":
                        manifest["withheld"]!.AsArray().Clear();
                        break;
                    case "fact":
                        manifest["facts"]![0]!["value"] = "false";
                        break;
                    default:
                        manifest["steps"]!.AsArray().RemoveAt(1);
                        break;
                }
            }
        );
        DossierChecked found = DossierCheck.Of(spoilt, null);
        Assert.Contains(found.Faults, fault => fault.File == "manifest.json");
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("octets/../../a")]
    [InlineData("octets\\a")]
    public void A_path_that_leads_elsewhere_is_refused_before_anything_is_opened(string path)
    {
        string spoilt = node.Copied(node.ForPublic, $"path-{Guid.NewGuid():n}");
        Rewrite(spoilt, manifest => manifest["files"]![0]!["path"] = path);
        Assert.Contains(
            "is no name of a file in a sealed folder",
            Verify(spoilt).Refusal(2),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_link_is_not_followed_and_what_is_no_manifest_says_what_to_do()
    {
        string linked = node.Copied(node.ForPublic, "linked");
        string file = Directory.EnumerateFiles(Path.Combine(linked, "octets")).Single();
        File.Delete(file);
        File.CreateSymbolicLink(file, "/etc/passwd");
        Assert.Contains("is a link", Verify(linked).Refusal(2), StringComparison.Ordinal);

        foreach (string text in new[] { "", "{", "[]", "{\"format\":\"other\"}", "null" })
        {
            string spoilt = node.Copied(node.ForPublic, $"malformed-{Guid.NewGuid():n}");
            File.WriteAllText(Path.Combine(spoilt, "manifest.json"), text);
            Assert.Contains("manifest", Verify(spoilt).Refusal(2), StringComparison.Ordinal);
        }

        string twice = node.Copied(node.ForPublic, "twice");
        string manifest = Path.Combine(twice, "manifest.json");
        File.WriteAllText(
            manifest,
            File.ReadAllText(manifest)
                .Replace(
                    "\"name\":\"The cut\"",
                    "\"name\":\"The cut\",\"name\":\"The cut\"",
                    StringComparison.Ordinal
                )
        );
        Verify(twice).Refusal(2);
        Assert.Contains(
            "no such folder",
            Verify(Path.Combine(node.Line.Folder, "nowhere")).Refusal(2),
            StringComparison.Ordinal
        );
        using FileStream large = File.Create(
            Path.Combine(node.Copied(node.ForPublic, "large"), "manifest.json")
        );
        large.SetLength(65L << 20);
        large.Flush();
        Assert.Contains(
            "larger than",
            Verify(Path.GetDirectoryName(large.Name)!).Refusal(2),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Another_key_does_not_hold()
    {
        using var other = Signer.FromSeed(new byte[Signer.SeedOctets]);
        CommandLineRun run = Verify(node.ForPublic, "--key", other.Verifier.ToString());
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("sealed by", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_export_that_cannot_be_says_why_and_leaves_nothing()
    {
        Assert.Contains(
            "there already",
            node.Export(node.ForPublic).Refusal(2),
            StringComparison.Ordinal
        );
        string fresh = Path.Combine(node.Line.Folder, "fresh");
        Assert.Contains(
            "no vetted organisation",
            node.Export(fresh, "--for", "nobody").Refusal(2),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "there is no dossier d-2",
            node.Line.Run("dossier", "export", "d-2", "--out", fresh, "--data", node.Node)
                .Refusal(2),
            StringComparison.Ordinal
        );
        Assert.False(Path.Exists(fresh));
        Assert.False(Path.Exists(fresh + ".half"));
    }

    /// <summary>What README.txt tells a stranger to type.</summary>
    [Fact]
    public void Without_Breakwater_the_hashes_and_a_step_of_custody_hold_as_well()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the commands are those of a Unix shell");
        string readme = File.ReadAllText(Path.Combine(node.ForPublic, "README.txt"));
        Assert.Contains("d-1", readme, StringComparison.Ordinal);
        Assert.Contains(node.Key, readme, StringComparison.Ordinal);
        Assert.DoesNotContain('{', readme.Replace("'.items", "", StringComparison.Ordinal));
        foreach (string tool in new[] { "sha256sum", "sha512sum" })
        {
            string sums = tool.Replace("sum", "SUMS", StringComparison.Ordinal).ToUpperInvariant();
            Assert.Contains($"{tool} -c {sums}", readme, StringComparison.Ordinal);
            Assert.Equal(0, Shell($"{tool} -c {sums}").ExitCode);
        }

        const string step =
            "jq -cjS '.items[0].custody[1] | del(.hashAfter)' manifest.json | sha256sum";
        Assert.Contains(step, readme, StringComparison.Ordinal);
        Assert.SkipWhen(Shell("jq --version").ExitCode != 0, "jq is not installed here");
        Assert.StartsWith(
            Manifest(node.ForPublic)
                .GetProperty("items")[0]
                .GetProperty("custody")[1]
                .GetProperty("hashAfter")
                .GetString()!,
            Shell(step).Output,
            StringComparison.Ordinal
        );
    }

    private (int ExitCode, string Output) Shell(string command)
    {
        var start = new ProcessStartInfo("sh", ["-c", command])
        {
            WorkingDirectory = node.ForPublic,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    private CommandLineRun Verify(string folder, params string[] more) =>
        node.Line.Run(["dossier", "verify", folder, .. more]);

    private static JsonElement Manifest(string folder) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "manifest.json"))).RootElement;

    private static IEnumerable<string> Everything(string folder) =>
        Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(File.ReadAllText)
            .SelectMany(text => new[] { text, Decoded(text) });

    /// <summary>The event that a proof carries.</summary>
    private static string Decoded(string text) =>
        text.Split('\n')
            .Where(line => line.StartsWith("extra ", StringComparison.Ordinal))
            .Select(line => Encoding.UTF8.GetString(Convert.FromBase64String(line[6..])))
            .FirstOrDefault("");

    /// <summary>As somebody would who knows the format and has not the node's key.</summary>
    private static void Rewrite(string folder, Action<JsonNode> change)
    {
        string path = Path.Combine(folder, "manifest.json");
        JsonNode manifest = JsonNode.Parse(File.ReadAllText(path))!;
        change(manifest);
        File.WriteAllBytes(
            path,
            CanonicalJson.Of(JsonDocument.Parse(manifest.ToJsonString()).RootElement)
        );
    }
}
