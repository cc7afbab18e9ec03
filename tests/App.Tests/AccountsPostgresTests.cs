using System.Data.Common;
using System.Net;
using Breakwater.Records.Tests;
using Xunit;

namespace Breakwater.App.Tests
{
    /// <summary>The same accounts in the database server of the store, by configuration alone.</summary>
    public sealed class AccountsPostgresTests
    {
        [Fact]
        public async Task Accounts_tokens_and_form_keys_lie_in_the_server_when_the_store_does()
        {
            string store = PostgresInstance.Shared.ConnectionString("public");
            await using AccountsSite site = await Start(store);
            using Visitor owner = await site.Registered("quiet-tern");
            string token = await owner.Token("write");
            Assert.StartsWith("quiet-tern", await owner.Who(token), StringComparison.Ordinal);
            Assert.False(File.Exists(Path.Combine(site.Folder, "accounts.db")));
            Assert.False(Directory.Exists(Path.Combine(site.Folder, "form-keys")));
            // Another node on the same server: the same account, and a form of one is good at the other.
            await using AccountsSite second = await Start(store);
            using Visitor visitor = second.Visitor();
            Assert.Equal(HttpStatusCode.SeeOther, (await visitor.SignIn("quiet-tern")).StatusCode);
            Assert.StartsWith("quiet-tern", await visitor.Who(token), StringComparison.Ordinal);
            await visitor.Send("/account", "/account/sign-out-everywhere", ("tokens", "revoke"));
            Assert.True(await owner.IsSignedIn());
            site.Clock.Now += TimeSpan.FromSeconds(31);
            Assert.False(await owner.IsSignedIn());
            Assert.Equal("nobody", await owner.Who(token));
        }

        private static Task<AccountsSite> Start(string store) =>
            AccountsSite.Start(settings => settings with { Postgres = store });
    }
}

namespace Breakwater.Records.Tests
{
    /// <summary>What the server for tests, which the tests of Records own, asks of a connection.</summary>
    internal static class TestSql
    {
        public static void Run(this DbConnection connection, string sql)
        {
            using DbCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The words of the tests themselves.
            command.CommandText = sql;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }
    }
}
