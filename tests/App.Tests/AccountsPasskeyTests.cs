using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace Breakwater.App.Tests;

public sealed partial class AccountsPasskeyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_passkey_made_on_the_account_page_signs_in_without_a_password()
    {
        await using AccountsSite site = await AccountsSite.Start();
        using Visitor owner = await site.Registered("quiet-tern");
        using Authenticator device = Device(site);
        await Add(owner, device);
        string page = await owner.Read("/account?lang=en");
        Assert.Contains("my device", page, StringComparison.Ordinal);
        using Visitor visitor = site.Visitor();
        Assert.Equal("/account?lang=en", await SignIn(visitor, device));
        Assert.Contains(
            "quiet-tern",
            await visitor.Read("/account?lang=en"),
            StringComparison.Ordinal
        );
        string id = Regex.Match(page, "name=\"passkey\" value=\"([^\"]+)\"").Groups[1].Value;
        await owner.Send("/account", "/account/passkeys/remove", ("passkey", id));
        using Visitor after = site.Visitor();
        Assert.Contains(
            "why=PasskeyRefused",
            await SignIn(after, device),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_passkey_asked_for_by_another_site_is_refused()
    {
        await using AccountsSite site = await AccountsSite.Start();
        using Visitor owner = await site.Registered("quiet-tern");
        using var device = new Authenticator("http://elsewhere.example");
        await Add(owner, device);
        Assert.DoesNotContain("my device", await owner.Read("/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_that_does_not_know_its_holder_is_refused()
    {
        await using AccountsSite site = await AccountsSite.Start();
        using Visitor owner = await site.Registered("quiet-tern");
        using Authenticator device = Device(site);
        await Add(owner, device);
        device.Flags = 0b001;
        using Visitor visitor = site.Visitor();
        Assert.Contains(
            "why=PasskeyRefused",
            await SignIn(visitor, device),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_copy_of_a_device_that_fell_behind_is_refused()
    {
        await using AccountsSite site = await AccountsSite.Start();
        using Visitor owner = await site.Registered("quiet-tern");
        using Authenticator device = Device(site);
        await Add(owner, device);
        device.Uses = 41;
        using Visitor visitor = site.Visitor();
        Assert.Equal("/account?lang=en", await SignIn(visitor, device));
        device.Uses = 7;
        using Visitor copy = site.Visitor();
        Assert.Contains("why=PasskeyRefused", await SignIn(copy, device), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_to_the_challenge_of_another_visitor_is_refused()
    {
        await using AccountsSite site = await AccountsSite.Start();
        using Visitor owner = await site.Registered("quiet-tern");
        using Authenticator device = Device(site);
        await Add(owner, device);
        using Visitor asked = site.Visitor();
        string answer = device.Use(Options(await asked.Read("/account/sign-in")));
        using Visitor visitor = site.Visitor();
        HttpResponseMessage refused = await visitor.Send(
            "/account/sign-in",
            "/account/passkeys/sign-in",
            ("credential", answer)
        );
        Assert.Contains(
            "why=PasskeyRefused",
            refused.Headers.Location!.ToString(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("[[[[[[[[")]
    public async Task An_answer_that_is_none_is_refused(string answer)
    {
        await using AccountsSite site = await AccountsSite.Start();
        using Visitor visitor = site.Visitor();
        HttpResponseMessage refused = await visitor.Send(
            "/account/sign-in",
            "/account/passkeys/sign-in",
            ("credential", answer)
        );
        Assert.Contains(
            "why=PasskeyRefused",
            refused.Headers.Location!.ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Only_pages_with_a_passkey_let_a_script_through_and_only_ours()
    {
        await using AccountsSite site = await AccountsSite.Start();
        using Visitor visitor = site.Visitor();
        HttpResponseMessage page = await visitor.Get("/account/sign-in");
        string policy = string.Join(' ', page.Headers.GetValues("Content-Security-Policy"));
        Assert.EndsWith("; script-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        string html = await page.Content.ReadAsStringAsync(Cancel);
        Assert.Equal("/passkeys.js", Assert.Single(Scripts().Matches(html)).Groups[1].Value);
        HttpResponseMessage other = await visitor.Get("/account/register");
        Assert.DoesNotContain(
            "script-src",
            string.Join(' ', other.Headers.GetValues("Content-Security-Policy")),
            StringComparison.Ordinal
        );
        HttpResponseMessage script = await visitor.Get("/passkeys.js");
        Assert.Equal(HttpStatusCode.OK, script.StatusCode);
        Assert.Equal("text/javascript", script.Content.Headers.ContentType!.MediaType);
    }

    /// <summary>The name of this computer, because a passkey belongs to a name and not to a number.</summary>
    private static Authenticator Device(AccountsSite site) =>
        new($"http://{site.Address.Host}:{site.Address.Port}");

    private static async Task Add(Visitor owner, Authenticator device)
    {
        string page = await owner.Read("/account/passkeys/add");
        string proof = Regex.Match(page, "name=\"page-proof\" value=\"([^\"]+)\"").Groups[1].Value;
        await owner.Post(
            "/account/passkeys/add",
            ("page-proof", proof),
            ("passkey-label", "my device"),
            ("credential", device.Make(Options(page)))
        );
    }

    private static async Task<string> SignIn(Visitor visitor, Authenticator device)
    {
        string page = await visitor.Read("/account/sign-in");
        string proof = Regex.Match(page, "name=\"page-proof\" value=\"([^\"]+)\"").Groups[1].Value;
        HttpResponseMessage answer = await visitor.Post(
            "/account/passkeys/sign-in",
            ("page-proof", proof),
            ("credential", device.Use(Options(page)))
        );
        return answer.Headers.Location!.ToString();
    }

    private static string Options(string page) =>
        WebUtility.HtmlDecode(Regex.Match(page, "data-passkey=\"([^\"]+)\"").Groups[1].Value);

    [GeneratedRegex("<script src=\"([^\"]+)\" defer></script>")]
    private static partial Regex Scripts();
}
