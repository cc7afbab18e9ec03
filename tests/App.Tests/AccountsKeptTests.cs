using System.Text;
using Breakwater.Publications;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>What the data folder holds of accounts, and what it must not.</summary>
public sealed class AccountsKeptTests
{
    [Fact]
    public async Task No_secret_address_or_browser_is_in_any_file_and_no_file_is_for_others()
    {
        await using AccountsSite site = await AccountsSite.Start();
        using Visitor visitor = await site.Registered("quiet-tern");
        await visitor.SignIn("quiet-tern", "a wrong password here");
        string token = await visitor.Token();
        await visitor.Who(token);
        await visitor.Recover("quiet-tern", visitor.Codes[0], AccountsSite.Password);
        string[] secrets =
        [
            AccountsSite.Password,
            "a wrong password here",
            token,
            .. visitor.Codes,
            "127.0.0.1",
            "CanaryBrowser",
        ];
        string[] files =
        [
            .. Directory.EnumerateFiles(site.Folder, "accounts*"),
            .. Directory.EnumerateFiles(Path.Combine(site.Folder, "form-keys")),
        ];
        Assert.True(files.Length >= 2);
        foreach (string file in files)
        {
            string text = Encoding.Latin1.GetString(await Read(file));
            Assert.All(
                secrets,
                secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal)
            );
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(
                    UnixFileMode.UserRead | UnixFileMode.UserWrite,
                    File.GetUnixFileMode(file)
                );
            }
        }
    }

    [Fact]
    public void The_sentences_of_the_account_pages_are_the_same_in_every_language()
    {
        Dictionary<string, string> english = Sentences("en");
        foreach (string language in Texts.Languages().Where(language => language != "en"))
        {
            Dictionary<string, string> other = Sentences(language);
            Assert.Equal(english.Keys.Order(), other.Keys.Order());
            Assert.All(english, pair => Assert.Equal(Values(pair.Value), Values(other[pair.Key])));
        }
    }

    private static async Task<byte[]> Read(string file)
    {
        await using var stream = new FileStream(
            file,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite
        );
        using var memory = new MemoryStream();
        await stream.CopyToAsync(memory, TestContext.Current.CancellationToken);
        return memory.ToArray();
    }

    private static Dictionary<string, string> Sentences(string language)
    {
        using Stream stream = typeof(Pages.Site).Assembly.GetManifestResourceStream(
            $"pages.accounts.{language}.json"
        )!;
        return System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!;
    }

    private static IEnumerable<string> Values(string text) =>
        System
            .Text.RegularExpressions.Regex.Matches(text, @"\{\w+\}")
            .Select(match => match.Value)
            .Order();
}
