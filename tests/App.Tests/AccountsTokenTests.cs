using System.Text.RegularExpressions;
using Xunit;

namespace Breakwater.App.Tests;

public sealed class AccountsTokenTests
{
    [Theory]
    [InlineData("read", "read=True write=False")]
    [InlineData("write", "read=True write=True")]
    [InlineData("mission commitment", "read=True write=True")]
    [InlineData("commitment", "read=False write=False")]
    public async Task A_token_lets_its_holder_do_what_it_names(string scopes, string may)
    {
        await using AccountsSite site = await AccountsSite.Start();
        using Visitor visitor = await site.Registered("quiet-tern");
        string token = await visitor.Token(scopes);
        using Visitor machine = site.Visitor();
        Assert.EndsWith(may, await machine.Who(token), StringComparison.Ordinal);
        Assert.StartsWith(
            "quiet-tern",
            await machine.Who(token, HttpMethod.Post),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("", "30")]
    [InlineData("Read", "30")]
    [InlineData("read; drop", "30")]
    [InlineData("read", "0")]
    [InlineData("read", "366")]
    [InlineData("read", "-1")]
    [InlineData("read", "many")]
    public async Task A_token_without_scope_or_end_is_not_made(string scopes, string days)
    {
        await using AccountsSite site = await AccountsSite.Start();
        using Visitor visitor = await site.Registered("quiet-tern");
        Assert.Equal("", await visitor.Token(scopes, days));
    }

    [Fact]
    public async Task A_revoked_token_is_refused_at_once_although_it_was_known()
    {
        await using AccountsSite site = await AccountsSite.Start();
        using Visitor visitor = await site.Registered("quiet-tern");
        string token = await visitor.Token();
        using Visitor machine = site.Visitor();
        Assert.StartsWith("quiet-tern", await machine.Who(token), StringComparison.Ordinal);
        string page = await visitor.Read("/account/machines?lang=en");
        string id = Regex.Match(page, "name=\"token\" value=\"([0-9a-f]+)\"").Groups[1].Value;
        using Visitor other = await site.Registered("other-tern");
        await other.Send("/account/machines", "/account/tokens/revoke", ("token", id));
        Assert.StartsWith("quiet-tern", await machine.Who(token), StringComparison.Ordinal);
        await visitor.Send("/account/machines", "/account/tokens/revoke", ("token", id));
        Assert.Equal("nobody", await machine.Who(token));
    }

    [Fact]
    public async Task A_token_ends_on_its_day_although_it_was_known()
    {
        await using AccountsSite site = await AccountsSite.Start();
        using Visitor visitor = await site.Registered("quiet-tern");
        string token = await visitor.Token(days: "1");
        site.Clock.Now += TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1);
        Assert.StartsWith("quiet-tern", await visitor.Who(token), StringComparison.Ordinal);
        site.Clock.Now += TimeSpan.FromSeconds(2);
        Assert.Equal("nobody", await visitor.Who(token));
    }

    [Theory]
    [InlineData("bwt_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("bwt_")]
    [InlineData("x")]
    public async Task An_unknown_token_is_nobody(string token)
    {
        await using AccountsSite site = await AccountsSite.Start();
        using Visitor visitor = await site.Registered("quiet-tern");
        Assert.Equal("nobody", await visitor.Who(token));
    }

    [Fact]
    public async Task A_cookie_sends_no_command_to_the_API()
    {
        await using AccountsSite site = await AccountsSite.Start();
        using Visitor visitor = await site.Registered("quiet-tern");
        Assert.StartsWith("quiet-tern", await visitor.Who(), StringComparison.Ordinal);
        Assert.Equal("nobody", await visitor.Who(method: HttpMethod.Post));
    }

    [Fact]
    public async Task A_token_opens_no_account_page()
    {
        await using AccountsSite site = await AccountsSite.Start();
        using Visitor visitor = await site.Registered("quiet-tern");
        using Visitor machine = site.Visitor();
        machine.Http.DefaultRequestHeaders.Authorization = new(
            "Bearer",
            await visitor.Token("write")
        );
        Assert.False(await machine.IsSignedIn());
    }

    [Fact]
    public async Task A_service_account_has_tokens_only_and_names_who_answers_for_it()
    {
        await using AccountsSite site = await AccountsSite.Start();
        using Visitor visitor = await site.Registered("quiet-tern");
        await visitor.Send(
            "/account/machines",
            "/account/services",
            ("service-name", "tern-sensor")
        );
        string page = await visitor.Read("/account/machines?lang=en");
        string id = Regex.Match(page, "<option value=\"([0-9a-f]+)\">tern-sensor").Groups[1].Value;
        string token = await visitor.Token("write", holder: id);
        Assert.StartsWith(
            "tern-sensor service=True for=quiet-tern",
            await visitor.Who(token),
            StringComparison.Ordinal
        );
        using Visitor other = await site.Registered("other-tern");
        Assert.Equal("", await other.Token("write", holder: id));
        Assert.Equal(
            System.Net.HttpStatusCode.Unauthorized,
            (await other.SignIn("tern-sensor")).StatusCode
        );
        await visitor.Send("/account/machines", "/account/services/remove", ("service", id));
        Assert.Equal("nobody", await visitor.Who(token));
    }

    [Fact]
    public async Task Of_the_use_of_a_token_the_last_day_is_kept()
    {
        await using AccountsSite site = await AccountsSite.Start();
        using Visitor visitor = await site.Registered("quiet-tern");
        string token = await visitor.Token();
        Assert.Contains(
            "not yet",
            await visitor.Read("/account/machines?lang=en"),
            StringComparison.Ordinal
        );
        site.Clock.Now += TimeSpan.FromMinutes(5);
        await visitor.Who(token);
        string page = await visitor.Read("/account/machines?lang=en");
        Assert.DoesNotContain("not yet", page, StringComparison.Ordinal);
        Assert.DoesNotContain("08:0", page, StringComparison.Ordinal);
    }
}
