using System.Text;
using Breakwater.App.Keeping;
using Breakwater.App.Verbs.Verifying;
using Breakwater.Ledger;
using Breakwater.Records.Tests;
using Breakwater.Vocabulary;
using Npgsql;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>What is sealed lies in no database, and what leaves the node for anybody to check tells nothing that is held closely.</summary>
public sealed class CanaryStoresTests
{
    private const string Sealed = "CANARYsealed77c0";
    private const string Held = "CANARYheld1a2b";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PostgreSQL_holds_nothing_sealed_in_any_row()
    {
        const string schema = "canary";
        string server = PostgresInstance.Shared.ConnectionString(schema);
        await using ApiSite site = await ApiSite.Start(postgres: server);
        await Plant(site);
        await site.Records.Rebuild(Cancel);
        string rows = await Rows(server, schema);
        Assert.Contains(Held, rows, StringComparison.Ordinal);
        Assert.DoesNotContain(Sealed, rows, StringComparison.Ordinal);
        string beside = CanaryFiles.Raw(site.Folder);
        Assert.DoesNotContain(Held, beside, StringComparison.Ordinal);
        Assert.DoesNotContain(Sealed, beside, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exported_tiles_entries_and_proofs_tell_nothing_sealed_and_nothing_that_is_held_closely()
    {
        await using ApiSite site = await ApiSite.Start();
        await Plant(site);
        string folder = Path.Combine(site.Folder, "tiles");
        using var said = new StringWriter();
        await TilesExport.Write(
            new Printing(said, said, isTerminal: false),
            site.Records,
            folder,
            hasEntries: true,
            isJson: false,
            Cancel
        );
        var left = new StringBuilder(CanaryFiles.Raw(folder)).Append(said);
        await foreach (Event entry in site.Records.EventsFrom(1, Cancel))
        {
            left.Append(await site.Records.Prove(entry.Envelope.Sequence, cancel: Cancel));
        }

        string text = left.ToString();
        // The entries name subjects, so there is something in them.
        Assert.Contains("fuel-depot/", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Sealed, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Held, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_of_a_running_node_holds_nothing_sealed()
    {
        await using ApiSite site = await ApiSite.Start();
        await Plant(site);
        string folder = DataFolder.Fresh();
        try
        {
            Backup.ToFile(
                site.Folder,
                Path.Combine(folder, "node.tar"),
                NodaTime.Instant.FromUtc(2026, 3, 1, 9, 0),
                Cancel
            );
            string octets = CanaryFiles.Raw(folder);
            // It is whole: what is held closely is in it, and so it goes to nobody in the clear.
            Assert.Contains(Held, octets, StringComparison.Ordinal);
            Assert.DoesNotContain(Sealed, octets, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Plant(ApiSite site)
    {
        ApiClient planner = await site.As(Role.Planner, "relief");
        foreach (
            (string plural, object body) in new (string, object)[]
            {
                ("fuel-depots", CanaryPlanting.Depot($"{Sealed} position", Held)),
                ("missions", CanaryPlanting.Mission(site, Sealed)),
            }
        )
        {
            Answered answer = await planner.Start(plural, body);
            Assert.True(answer.Status == System.Net.HttpStatusCode.Created, answer.Text);
        }
    }

    /// <summary>Every value of every table, octets as they are.</summary>
    private static async Task<string> Rows(string server, string schema)
    {
        await using var source = NpgsqlDataSource.Create(server);
        var tables = new List<string>();
        await using (
            NpgsqlCommand named = source.CreateCommand(
                "SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) FROM information_schema.tables WHERE table_schema = $1 AND table_type = 'BASE TABLE'"
            )
        )
        {
            named.Parameters.AddWithValue(schema);
            await using NpgsqlDataReader names = await named.ExecuteReaderAsync(Cancel);
            while (await names.ReadAsync(Cancel))
            {
                tables.Add(names.GetString(0));
            }
        }

        Assert.NotEmpty(tables);
        var all = new StringBuilder();
        foreach (string table in tables)
        {
#pragma warning disable CA2100 // A name that the server itself gave, quoted by it.
            await using NpgsqlCommand rows = source.CreateCommand(
                $"SELECT to_jsonb(t)::text FROM {table} t"
            );
#pragma warning restore CA2100
            await using NpgsqlDataReader reader = await rows.ExecuteReaderAsync(Cancel);
            while (await reader.ReadAsync(Cancel))
            {
                all.AppendLine(Unhexed(reader.GetString(0)));
            }
        }

        return all.ToString();
    }

    /// <summary>Octets stand in JSON as <c>"\\x7b22"</c>.</summary>
    private static string Unhexed(string row) =>
        System.Text.RegularExpressions.Regex.Replace(
            row,
            @"\\\\x((?:[0-9a-f]{2})+)",
            octets => Encoding.Latin1.GetString(Convert.FromHexString(octets.Groups[1].Value))
        );
}
