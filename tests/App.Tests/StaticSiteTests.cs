using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Breakwater.App.Publishing.StaticSite;
using Breakwater.Ledger;
using Breakwater.Ledger.Tiles;
using Breakwater.Records;
using Xunit;
using static Breakwater.App.Tests.PublishingSite;

namespace Breakwater.App.Tests;

/// <summary>What a node has published, as files that need neither node nor network.</summary>
public sealed partial class StaticSiteTests : IAsyncLifetime
{
    private PublishingSite _made = null!;
    private string _folder = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _made = await PublishingSite.Start();
        _folder = Path.Combine(Directory.CreateTempSubdirectory("bw-site").FullName, "site");
    }

    public async ValueTask DisposeAsync()
    {
        await _made.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
    }

    [Fact]
    public async Task Every_link_leads_to_a_file_of_the_copy_and_nothing_is_fetched_from_elsewhere()
    {
        await Publish();
        await Write();
        string[] pages = [.. Files("*.html")];
        Assert.True(pages.Length >= 15, string.Join(' ', pages));
        foreach (string page in pages)
        {
            string html = await File.ReadAllTextAsync(page, Cancel);
            Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
            foreach (Match link in Link().Matches(html))
            {
                string address = WebUtility(link.Groups[2].Value);
                if (address.StartsWith('#'))
                {
                    Assert.Contains($"id=\"{address[1..]}\"", html, StringComparison.Ordinal);
                }
                else if (address != "data:,")
                {
                    Assert.DoesNotContain(':', address);
                    Assert.False(address.StartsWith('/'), $"{page}: {address}");
                    Assert.True(
                        File.Exists(Path.Combine(Path.GetDirectoryName(page)!, address)),
                        $"{page}: {address}"
                    );
                }
            }
        }

        foreach (
            Match link in FeedLink()
                .Matches(await Read("publications.rss") + await Read("alerts.atom"))
        )
        {
            Assert.True(
                File.Exists(Path.Combine(_folder, link.Groups[1].Value + link.Groups[2].Value)),
                link.Value
            );
        }
    }

    [Fact]
    public async Task A_link_checker_that_others_wrote_finds_no_fault()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/linkchecker"), "linkchecker is not installed");
        await Publish();
        await Write();
        // As root it becomes nobody, and keeps root's group: both must be able to look.
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                Path.GetDirectoryName(_folder)!,
                UnixFileMode.UserRead
                    | UnixFileMode.UserWrite
                    | UnixFileMode.UserExecute
                    | UnixFileMode.GroupRead
                    | UnixFileMode.GroupExecute
                    | UnixFileMode.OtherRead
                    | UnixFileMode.OtherExecute
            );
        }

        using Process process = Process.Start(
            new ProcessStartInfo(
                "/usr/bin/linkchecker",
                [
                    "--no-status",
                    "--no-warnings",
                    "--config",
                    "/dev/null",
                    $"file://{_folder}/index.html",
                ]
            )
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                // It will not run as root without a home of its own.
                Environment = { ["HOME"] = Path.GetDirectoryName(_folder)! },
            }
        )!;
        string said = await process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        Assert.True(process.ExitCode == 0, said);
        Assert.Contains("0 errors found", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_document_and_file_verifies_offline_with_the_key_beside_it()
    {
        await Publish();
        await Write();
        Assert.True(Verifier.TryParse((await Read("node.pub")).Trim(), out Verifier? key));
        int proved = 0;
        foreach (string proof in Files("*.tlog-proof"))
        {
            string document = proof[..^".tlog-proof".Length];
            Assert.True(
                TlogProof.TryParse(await File.ReadAllTextAsync(proof, Cancel), out TlogProof? read)
            );
            ProofChecked found = ProofCheck.Of(
                read,
                key,
                await File.ReadAllBytesAsync(document, Cancel)
            );
            Assert.True(found.Holds, $"{document}: {found}");
            proved++;
        }

        Assert.True(proved >= 10);
    }

    [Fact]
    public async Task The_same_records_give_the_same_octets()
    {
        await Publish();
        await Write();
        string first = await Read(SiteFolder.List);
        await Write();
        Assert.Equal(first, await Read(SiteFolder.List));
    }

    [Fact]
    public async Task What_was_withdrawn_becomes_a_page_that_says_so_and_its_text_and_files_are_gone()
    {
        string id = await _made.Released();
        await Write();
        string document = Path.Combine(_folder, "p", id, "en.html");
        Assert.Contains(
            "CC BY 4.0",
            await File.ReadAllTextAsync(document, Cancel),
            StringComparison.Ordinal
        );
        Done(await _made.Withdraw(id, "it named a town"));
        await Write();
        string stub = await File.ReadAllTextAsync(document, Cancel);
        Assert.Contains("it named a town", stub, StringComparison.Ordinal);
        Assert.DoesNotContain("CC BY 4.0", stub, StringComparison.Ordinal);
        Assert.False(File.Exists(document + ".tlog-proof"));
        Assert.Contains("it named a town", await Read("index.html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_closely_held_is_in_it_and_what_waits_is_not_either()
    {
        await Publish();
        await Write();
        foreach (string file in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories))
        {
            Assert.DoesNotContain(
                Canary,
                await File.ReadAllTextAsync(file, Cancel),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task A_folder_of_something_else_is_left_alone()
    {
        Directory.CreateDirectory(_folder);
        await File.WriteAllTextAsync(Path.Combine(_folder, "letter.txt"), "dear", Cancel);
        Fault fault = await Assert.ThrowsAsync<Fault>(Write);
        Assert.Contains("nothing was written", fault.Message, StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateFiles(_folder));
    }

    [Fact]
    public async Task A_node_that_has_published_nothing_gives_a_site_that_says_so()
    {
        await Write();
        Assert.Contains(
            "Nothing was published",
            await Read("index.html"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "لم يكن شيء منشورًا",
            await Read("index.ar.html"),
            StringComparison.Ordinal
        );
    }

    private async Task Publish()
    {
        await _made.Released();
        foreach (string form in (string[])["alert", "four-w"])
        {
            Answered prepared = Done(
                await (await _made.Publisher("relief")).Start(
                    "publications",
                    new
                    {
                        _made.Response,
                        HarmNote = $"{Canary}: nobody",
                        Form = form,
                    }
                )
            );
            Done(await _made.Approve(prepared.Id));
            Done(await _made.Release(prepared.Id));
        }
    }

    /// <summary>As <c>publish site</c> does it while the node is served.</summary>
    private async Task Write()
    {
        await using SqlRecords beside = DataFolder.OpenToRead(_made.Site.Folder);
        await SiteFromRecords.Write(
            beside,
            SiteFolder.Open(_folder),
            "",
            _made.Site.Clock.Now,
            Cancel
        );
    }

    private IEnumerable<string> Files(string pattern) =>
        Directory.EnumerateFiles(_folder, pattern, SearchOption.AllDirectories);

    private Task<string> Read(string file) =>
        File.ReadAllTextAsync(Path.Combine(_folder, file), Encoding.UTF8, Cancel);

    private static string WebUtility(string text) => System.Net.WebUtility.HtmlDecode(text);

    [GeneratedRegex("(href|src)=\"([^\"]*)\"")]
    private static partial Regex Link();

    [GeneratedRegex("<link>([^<]+)</link>|rel=\"alternate\"[^>]*href=\"([^\"]+)\"")]
    private static partial Regex FeedLink();
}
