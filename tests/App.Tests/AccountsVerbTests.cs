using Xunit;

namespace Breakwater.App.Tests;

public sealed class AccountsVerbTests : IDisposable
{
    private readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [Fact]
    public void The_first_account_of_a_node_comes_with_a_code_for_its_password()
    {
        System.Text.Json.JsonElement made = _line
            .Run("account", "add", "first-operator", "--operator", "--json")
            .Done()
            .Json;
        Assert.Equal(["account", "operator", "code"], CommandLine.Members(made));
        Assert.True(made.GetProperty("operator").GetBoolean());
        Assert.Matches("^[0-9a-z]{5}(-[0-9a-z]{5}){3}$", made.GetProperty("code").GetString()!);
    }

    [Fact]
    public void A_name_that_is_taken_or_is_no_name_is_refused()
    {
        _line.Run("account", "add", "first-person").Done();
        Assert.Contains(
            "taken",
            _line.Run("account", "add", "First-Person").Refusal(4),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "taken",
            _line.Run("account", "add", "operator").Refusal(4),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "pseudonym",
            _line.Run("account", "add", "a b").Refusal(2),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Half_a_setting_of_an_outside_provider_is_refused_with_what_is_missing()
    {
        _line.Write("data/breakwater.json", "{\"oidcAuthority\": \"https://login.example\"}");
        Assert.Contains(
            "'oidcClientId' is missing",
            _line.Run("account", "add", "first-person").Refusal(2),
            StringComparison.Ordinal
        );
        _line.Write(
            "data/breakwater.json",
            "{\"oidcAuthority\": \"http://login.example\", \"oidcClientId\": \"a\", \"oidcSecretFile\": \"b\"}"
        );
        Assert.Contains(
            "no https address",
            _line.Run("account", "add", "first-person").Refusal(2),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_step_forward_that_was_killed_leaves_the_accounts_whole()
    {
        _line.Run("account", "add", "first-person").Done();
        string half = Path.Combine(_line.Data, "accounts.db.new");
        File.WriteAllText(half, "half of a copy");
        Assert.Contains(
            "taken",
            _line.Run("account", "add", "first-person").Refusal(4),
            StringComparison.Ordinal
        );
        File.Delete(Path.Combine(_line.Data, "accounts.db"));
        _line.Run("account", "add", "first-person").Done();
        Assert.False(File.Exists(half));
    }
}
