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

public sealed class SqliteDocumentTests : DocumentConformance
{
    private readonly Scratch scratch = new();

    protected override IRecords Open(IClock? clock, FoldingOf? foldings) =>
        SqliteRecords.Open(scratch.Folder, clock, foldings);

    protected override Task<long> CountAnswers() =>
        Task.FromResult(scratch.Number("SELECT count(*) FROM once"));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        scratch.Dispose();
    }
}
