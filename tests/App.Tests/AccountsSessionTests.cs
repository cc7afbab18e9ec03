using System.Net;
using Xunit;

namespace Breakwater.App.Tests;

public sealed class AccountsSessionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task INV_09_Anyone_may_make_an_account_and_it_carries_no_role()
    {
        await using AccountsSite site = await AccountsSite.Start();
        using Visitor visitor = await site.Registered("quiet-tern");
        Assert.Equal(10, visitor.Codes.Distinct().Count());
        Assert.Contains(
            "quiet-tern",
            await visitor.Read("/account?lang=en"),
            StringComparison.Ordinal
        );
        // Not the operator, and nothing else that a permission could follow from.
        Assert.StartsWith(
            "quiet-tern service=False for=quiet-tern operator=False",
            await visitor.Who(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_account_get_the_same_answer()
    {
        await using AccountsSite site = await AccountsSite.Start();
        using Visitor known = await site.Registered("quiet-tern");
        using Visitor visitor = site.Visitor();
        string wrong = await Refused(visitor, "quiet-tern");
        string unknown = await Refused(visitor, "other-tern");
        Assert.Equal(
            wrong.Replace("quiet-tern", "", StringComparison.Ordinal),
            unknown.Replace("other-tern", "", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task After_wrong_tries_an_account_rests_each_time_longer()
    {
        await using AccountsSite site = await AccountsSite.Start();
        using Visitor owner = await site.Registered("quiet-tern");
        using Visitor visitor = site.Visitor();
        for (int tries = 0; tries < 5; tries++)
        {
            await Refused(visitor, "quiet-tern");
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.SignIn("quiet-tern")).StatusCode);
        site.Clock.Now += TimeSpan.FromSeconds(31);
        await Refused(visitor, "quiet-tern");
        site.Clock.Now += TimeSpan.FromSeconds(31);
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.SignIn("quiet-tern")).StatusCode);
        site.Clock.Now += TimeSpan.FromSeconds(31);
        Assert.Equal(HttpStatusCode.SeeOther, (await visitor.SignIn("quiet-tern")).StatusCode);
    }

    [Fact]
    public async Task A_recovery_code_opens_a_resting_account_once_and_ends_its_sessions()
    {
        await using AccountsSite site = await AccountsSite.Start();
        using Visitor owner = await site.Registered("quiet-tern");
        using Visitor visitor = site.Visitor();
        for (int tries = 0; tries < 5; tries++)
        {
            await Refused(visitor, "quiet-tern");
        }

        string code = owner.Codes[3].ToUpperInvariant().Replace('-', ' ');
        const string next = "lamps above nine terns";
        Assert.Equal(
            HttpStatusCode.SeeOther,
            (await visitor.Recover("Quiet-Tern", code, next)).StatusCode
        );
        Assert.True(await visitor.IsSignedIn());
        Assert.False(await owner.IsSignedIn());
        using Visitor again = site.Visitor();
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await again.Recover("quiet-tern", code, next)).StatusCode
        );
        Assert.Equal(HttpStatusCode.Unauthorized, (await again.SignIn("quiet-tern")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await again.SignIn("quiet-tern", next)).StatusCode);
        Assert.Matches("not used yet: [^.]*9", await again.Read("/account?lang=en"));
    }

    [Fact]
    public async Task A_session_ends_half_an_hour_after_the_last_request()
    {
        await using AccountsSite site = await AccountsSite.Start();
        using Visitor visitor = await site.Registered("quiet-tern");
        site.Clock.Now += TimeSpan.FromMinutes(29);
        Assert.True(await visitor.IsSignedIn());
        site.Clock.Now += TimeSpan.FromMinutes(29);
        Assert.True(await visitor.IsSignedIn());
        site.Clock.Now += TimeSpan.FromMinutes(31);
        Assert.False(await visitor.IsSignedIn());
    }

    [Fact]
    public async Task A_session_ends_after_twelve_hours_however_busy_it_is()
    {
        await using AccountsSite site = await AccountsSite.Start();
        using Visitor visitor = await site.Registered("quiet-tern");
        DateTimeOffset end = site.Clock.Now + TimeSpan.FromHours(12);
        while (site.Clock.Now < end)
        {
            Assert.True(await visitor.IsSignedIn());
            site.Clock.Now += TimeSpan.FromMinutes(20);
        }

        Assert.False(await visitor.IsSignedIn());
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_the_sessions_of_other_devices_at_once()
    {
        await using AccountsSite site = await AccountsSite.Start();
        using Visitor here = await site.Registered("quiet-tern");
        using Visitor there = site.Visitor();
        await there.SignIn("quiet-tern");
        Assert.True(await there.IsSignedIn());
        string token = await here.Token();
        await here.Send("/account", "/account/sign-out-everywhere", ("tokens", "revoke"));
        Assert.False(await there.IsSignedIn());
        Assert.False(await here.IsSignedIn());
        Assert.Equal("nobody", await there.Who(token));
    }

    [Fact]
    public async Task A_form_without_its_proof_does_nothing()
    {
        await using AccountsSite site = await AccountsSite.Start();
        using Visitor visitor = await site.Registered("quiet-tern");
        HttpResponseMessage answer = await visitor.Post("/account/sign-out");
        Assert.Contains(
            "why=FormExpired",
            answer.Headers.Location!.ToString(),
            StringComparison.Ordinal
        );
        Assert.True(await visitor.IsSignedIn());
        using var json = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        answer = await visitor.Http.PostAsync("/account/sign-out", json, Cancel);
        Assert.Contains(
            "why=FormExpired",
            answer.Headers.Location!.ToString(),
            StringComparison.Ordinal
        );
        Assert.True(await visitor.IsSignedIn());
    }

    [Fact]
    public async Task No_script_reads_the_cookies_and_no_other_site_sends_them()
    {
        await using AccountsSite site = await AccountsSite.Start();
        using Visitor visitor = site.Visitor();
        HttpResponseMessage page = await visitor.Get("/account/sign-in");
        HttpResponseMessage made = await visitor.Register("quiet-tern");
        string[] cookies =
        [
            .. page.Headers.GetValues("Set-Cookie"),
            .. made.Headers.GetValues("Set-Cookie"),
        ];
        Assert.Contains(
            cookies,
            cookie => cookie.StartsWith("breakwater-session-", StringComparison.Ordinal)
        );
        Assert.All(
            cookies,
            cookie =>
            {
                Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
                Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
            }
        );
        Assert.Equal("no-store", made.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task What_changes_how_one_signs_in_wants_a_sign_in_of_the_last_minutes()
    {
        await using AccountsSite site = await AccountsSite.Start();
        using Visitor visitor = await site.Registered("quiet-tern");
        site.Clock.Now += TimeSpan.FromMinutes(16);
        Assert.Equal("", await visitor.Token());
        HttpResponseMessage answer = await visitor.Send("/account", "/account/codes");
        Assert.Contains(
            "why=SignInAgain",
            answer.Headers.Location!.ToString(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("//elsewhere.example/")]
    [InlineData("https://elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    public async Task A_sign_in_leads_to_no_other_site(string back)
    {
        await using AccountsSite site = await AccountsSite.Start();
        using Visitor visitor = await site.Registered("quiet-tern");
        HttpResponseMessage answer = await visitor.Send(
            "/account/sign-in",
            "/account/sign-in",
            ("name", "quiet-tern"),
            ("password", AccountsSite.Password),
            ("back", back)
        );
        Assert.Equal("/account?lang=en", answer.Headers.Location!.ToString());
    }

    [Theory]
    [InlineData("short")]
    [InlineData("password1234")]
    [InlineData("123456789012")]
    [InlineData("qwertyuiop12")]
    [InlineData("aaaaaaaaaaaaaa")]
    [InlineData("abcdefghijklmn")]
    [InlineData("quiet-tern-quiet-tern")]
    [InlineData("MotDePasse2026")]
    public async Task The_commonest_passwords_are_refused(string password)
    {
        await using AccountsSite site = await AccountsSite.Start();
        using Visitor visitor = site.Visitor();
        HttpResponseMessage answer = await visitor.Send(
            "/account/register",
            "/account/register",
            ("name", "quiet-tern"),
            ("new-password", password)
        );
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(await visitor.IsSignedIn());
    }

    [Fact]
    public async Task A_deleted_account_is_gone_and_nobody_may_take_its_name()
    {
        await using AccountsSite site = await AccountsSite.Start();
        using Visitor visitor = await site.Registered("quiet-tern");
        string token = await visitor.Token();
        Assert.StartsWith("quiet-tern", await visitor.Who(token), StringComparison.Ordinal);
        await visitor.Send("/account/delete", "/account/delete", ("confirm", "other"));
        Assert.True(await visitor.IsSignedIn());
        await visitor.Send("/account/delete", "/account/delete", ("confirm", "quiet-tern"));
        Assert.False(await visitor.IsSignedIn());
        Assert.Equal("nobody", await visitor.Who(token));
        using Visitor other = site.Visitor();
        Assert.Equal(HttpStatusCode.BadRequest, (await other.Register("Quiet-Tern")).StatusCode);
    }

    [Fact]
    public async Task One_origin_signs_in_and_registers_only_so_often()
    {
        await using AccountsSite site = await AccountsSite.Start(settings =>
            settings with
            {
                Limits = new Accounts.AccountLimits(SignIns: 2, Registrations: 1),
            }
        );
        using Visitor visitor = await site.Registered("quiet-tern");
        using Visitor other = site.Visitor();
        Assert.Equal(
            HttpStatusCode.TooManyRequests,
            (await other.Register("other-tern")).StatusCode
        );
        await Refused(other, "quiet-tern");
        await Refused(other, "quiet-tern");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await other.SignIn("quiet-tern")).StatusCode);
        site.Clock.Now += TimeSpan.FromMinutes(5);
        Assert.Equal(HttpStatusCode.SeeOther, (await other.SignIn("quiet-tern")).StatusCode);
    }

    private static async Task<string> Refused(Visitor visitor, string name)
    {
        HttpResponseMessage answer = await visitor.SignIn(name, "not the password at all");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        string html = await answer.Content.ReadAsStringAsync(Cancel);
        return System.Text.RegularExpressions.Regex.Replace(
            html,
            "(name=\"page-proof\"|data-passkey)[^>]*",
            ""
        );
    }
}
