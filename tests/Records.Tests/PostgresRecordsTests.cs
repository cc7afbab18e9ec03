using NodaTime;
using Npgsql;

namespace Breakwater.Records.Tests;

/// <summary>A folder for the key and a schema for the store of one test.</summary>
internal sealed class PostgresScratch : IDisposable
{
    private readonly Scratch scratch = new();
    private readonly PostgresInstance instance;
    private readonly string schema = $"test_{Guid.NewGuid():n}";

    public PostgresScratch(PostgresInstance? instance = null) =>
        this.instance = instance ?? PostgresInstance.Shared;

    public string Folder => scratch.Folder;

    public string ConnectionString => instance.ConnectionString(schema);

    public PostgresRecords Open(IClock? clock = null, FoldingOf? foldings = null) =>
        PostgresRecords.Open(Folder, ConnectionString, clock, foldings);

    public long Number(string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        connection.Open();
        return connection.Number(sql);
    }

    public void Dispose() => scratch.Dispose();
}

public sealed class PostgresRecordsTests : RecordsConformance
{
    private readonly Lazy<PostgresScratch> scratch = new(() => new PostgresScratch());

    protected override IRecords Open(IClock? clock = null) => scratch.Value.Open(clock);

    protected override IRecords OpenToRead() =>
        PostgresRecords.OpenToRead(scratch.Value.Folder, scratch.Value.ConnectionString);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        scratch.Value.Dispose();
    }
}

public sealed class PostgresDocumentTests : DocumentConformance
{
    private readonly Lazy<PostgresScratch> scratch = new(() => new PostgresScratch());

    protected override IRecords Open(IClock? clock, FoldingOf? foldings) =>
        scratch.Value.Open(clock, foldings);

    protected override Task<long> CountAnswers() =>
        Task.FromResult(scratch.Value.Number("SELECT count(*) FROM once"));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        scratch.Value.Dispose();
    }
}

public sealed class PostgresReadersListTests : ReadersListConformance
{
    private readonly Lazy<PostgresScratch> scratch = new(() => new PostgresScratch());

    protected override IRecords Open(FoldingOf foldings) => scratch.Value.Open(foldings: foldings);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        scratch.Value.Dispose();
    }
}

public sealed class PostgresLedgerTests : LedgerConformance
{
    private readonly Lazy<PostgresScratch> scratch = new(() => new PostgresScratch());

    protected override IRecords Open() => scratch.Value.Open();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        scratch.Value.Dispose();
    }
}
