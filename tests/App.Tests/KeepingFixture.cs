using System.Formats.Tar;
using Breakwater.App.Keeping;
using Breakwater.Ledger.Sealing;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>A running node with accounts, sealed fields and evidence, and a folder for its backups.</summary>
internal sealed class KeepingFixture : IAsyncDisposable
{
    public const string Canary = "CANARY-b4c1 13.1805N 30.2167E";

    private readonly string _folder = Directory.CreateTempSubdirectory("breakwater-keep-").FullName;

    private KeepingFixture(ApiSite site) => Site = site;

    public ApiSite Site { get; }

    /// <summary>Of the depot whose position is sealed.</summary>
    public string Depot { get; private set; } = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<KeepingFixture> Start()
    {
        var fixture = new KeepingFixture(await ApiSite.Start());
        ApiClient planner = await fixture.Site.As(Role.Planner, "relief");
        Answered made = await planner.Start(
            "fuel-depots",
            CanaryPlanting.Depot(KeepingFixture.Canary)
        );
        fixture.Depot = $"fuel-depot/{made.Id}";
        await fixture.Site.Records.Keep(new byte[300_000], Cancel);
        await fixture.Site.Records.Checkpoint(Cancel);
        return fixture;
    }

    public string PathOf(string name) => Path.Combine(_folder, name);

    public string Backup(string name = "node.tar", string? data = null)
    {
        string file = PathOf(name);
        Keeping.Backup.ToFile(data ?? Site.Folder, file, Instant.FromUtc(2026, 3, 1, 9, 0), Cancel);
        return file;
    }

    /// <summary>What was restored, or else the damages.</summary>
    public static async Task<(Filled? Filled, IReadOnlyList<BackupDamage> Damages)> Restore(
        string file,
        string folder,
        params string[] destroyed
    )
    {
        await using FileStream from = File.OpenRead(file);
        using var backup = new BackupReader(from, file);
        Filled? filled = await Keeping.Restore.Into(
            folder,
            backup,
            destroyed,
            (_, _) => { },
            Cancel
        );
        return (filled, backup.Damages);
    }

    public async Task<(Drilled? Drilled, IReadOnlyList<BackupDamage> Damages)> Try(string file)
    {
        await using FileStream from = File.OpenRead(file);
        using var backup = new BackupReader(from, file);
        return (await Drill.Run(Site.Folder, backup, [], Cancel), backup.Damages);
    }

    public static SqlRecords Open(string folder) => DataFolder.Open(folder);

    /// <summary>Destroys the key of the depot's position, as two custodians have agreed.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> Destroy()
    {
        WrappedKey key = Assert.Single(await Site.Records.KeysOf(Depot));
        var destroyed = new KeyDestroyed(
            key.Id,
            Depot,
            "asked for by whom it is about",
            "custodian-relief",
            "custodian-university",
            Site.Clock.Now
        );
        await Site.Records.Append(
            destroyed.RecordedUnder,
            0,
            [destroyed.ToDraft(new Marking(Distribution.Community, Tlp.Green))],
            Cancel
        );
        return key.Id;
    }

    /// <summary>Where each file of a backup has its octets.</summary>
    public static IReadOnlyList<(string Name, long Start, long Octets)> Entries(string file)
    {
        using FileStream from = File.OpenRead(file);
        using var tar = new TarReader(from);
        var entries = new List<(string, long, long)>();
        while (tar.GetNextEntry() is { } entry)
        {
            entries.Add((entry.Name, entry.DataOffset, entry.Length));
        }

        return entries;
    }

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
