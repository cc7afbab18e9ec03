using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Breakwater.App.Accounts;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>Sign-in with an outside provider, against a small one on loopback.</summary>
public sealed class AccountsOutsideTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_linked_identity_signs_in_and_its_number_is_not_kept()
    {
        await using Provider provider = await Provider.Start();
        await using AccountsSite site = await Start(provider);
        using Visitor owner = await site.Registered("quiet-tern");
        Assert.Equal(HttpStatusCode.OK, await Through(owner, "/account", "/account/outside/link"));
        using Visitor visitor = site.Visitor();
        Assert.Equal(HttpStatusCode.OK, await SignIn(visitor));
        Assert.Contains(
            "quiet-tern",
            await visitor.Read("/account?lang=en"),
            StringComparison.Ordinal
        );
        foreach (string file in Directory.EnumerateFiles(site.Folder, "accounts*"))
        {
            await using var stream = new FileStream(
                file,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite
            );
            using var reader = new StreamReader(stream, Encoding.Latin1);
            Assert.DoesNotContain(
                provider.Subject,
                await reader.ReadToEndAsync(Cancel),
                StringComparison.Ordinal
            );
        }

        await owner.Send("/account", "/account/outside/unlink");
        using Visitor after = site.Visitor();
        Assert.Equal(HttpStatusCode.Unauthorized, await SignIn(after));
    }

    [Fact]
    public async Task A_name_that_the_provider_tells_opens_no_account()
    {
        await using Provider provider = await Provider.Start();
        await using AccountsSite site = await Start(provider);
        using Visitor owner = await site.Registered("quiet-tern");
        using Visitor visitor = site.Visitor();
        Assert.Equal(HttpStatusCode.Unauthorized, await SignIn(visitor));
        Assert.False(await visitor.IsSignedIn());
    }

    [Fact]
    public async Task One_outside_identity_is_linked_to_one_account()
    {
        await using Provider provider = await Provider.Start();
        await using AccountsSite site = await Start(provider);
        using Visitor owner = await site.Registered("quiet-tern");
        await Through(owner, "/account", "/account/outside/link");
        using Visitor other = await site.Registered("other-tern");
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            await Through(other, "/account", "/account/outside/link")
        );
    }

    [Fact]
    public async Task An_answer_with_another_nonce_is_refused()
    {
        await using Provider provider = await Provider.Start();
        await using AccountsSite site = await Start(provider);
        using Visitor owner = await site.Registered("quiet-tern");
        await Through(owner, "/account", "/account/outside/link");
        provider.OtherNonce = "another";
        using Visitor visitor = site.Visitor();
        Assert.Equal(HttpStatusCode.Unauthorized, await SignIn(visitor));
        Assert.False(await visitor.IsSignedIn());
    }

    [Fact]
    public async Task An_answer_that_another_browser_asked_for_is_refused()
    {
        await using Provider provider = await Provider.Start();
        await using AccountsSite site = await Start(provider);
        using Visitor owner = await site.Registered("quiet-tern");
        await Through(owner, "/account", "/account/outside/link");
        using Visitor asked = site.Visitor();
        string answer = await Answer(asked, "/account/sign-in", "/account/outside/sign-in");
        using Visitor visitor = site.Visitor();
        HttpResponseMessage refused = await visitor.Get(answer);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.False(await visitor.IsSignedIn());
    }

    [Fact]
    public async Task Without_a_setting_there_is_no_way_outside()
    {
        await using AccountsSite site = await AccountsSite.Start();
        using Visitor visitor = site.Visitor();
        HttpResponseMessage answer = await visitor.Send(
            "/account/sign-in",
            "/account/outside/sign-in"
        );
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await visitor.Get("/account/outside/back?code=x&state=y")).StatusCode
        );
    }

    private static Task<AccountsSite> Start(Provider provider) =>
        AccountsSite.Start(settings =>
        {
            string secret = Path.Combine(settings.Folder, "client-secret");
            File.WriteAllText(secret, Provider.Secret + "\n");
            return settings with
            {
                // The provider signs with the time of the machine.
                Clock = TimeProvider.System,
                Outside = new OutsideSignIn(
                    "the provider",
                    new Uri(provider.Address),
                    Provider.Client,
                    secret
                ),
            };
        });

    private static Task<HttpStatusCode> SignIn(Visitor visitor) =>
        Through(visitor, "/account/sign-in", "/account/outside/sign-in");

    private static async Task<HttpStatusCode> Through(Visitor visitor, string page, string action)
    {
        using HttpResponseMessage back = await visitor.Get(await Answer(visitor, page, action));
        return back.StatusCode;
    }

    /// <summary>To the provider by the link on the page, and the address with which it sends the browser back.</summary>
    private static async Task<string> Answer(Visitor visitor, string page, string action)
    {
        using HttpResponseMessage asked = await visitor.Send(page, action);
        string html = await asked.Content.ReadAsStringAsync(Cancel);
        string address = WebUtility.HtmlDecode(
            Regex.Match(html, "rel=\"noreferrer\" href=\"([^\"]+)\"").Groups[1].Value
        );
        Assert.DoesNotContain(Provider.Secret, html, StringComparison.Ordinal);
        using HttpResponseMessage sent = await visitor.Get(address);
        return sent.Headers.Location!.ToString();
    }
}
