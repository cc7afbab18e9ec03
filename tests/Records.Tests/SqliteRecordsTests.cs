using NodaTime;

namespace Breakwater.Records.Tests;

public sealed class SqliteRecordsTests : RecordsConformance
{
    private readonly Scratch scratch = new();

    protected override IRecords Open(IClock? clock = null) =>
        SqliteRecords.Open(scratch.Folder, clock);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        scratch.Dispose();
    }
}
