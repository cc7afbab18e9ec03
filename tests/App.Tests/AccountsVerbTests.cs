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
}
