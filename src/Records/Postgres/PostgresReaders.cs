using System.Data.Common;
using Npgsql;

namespace Breakwater.Records;

/// <summary>PostgreSQL's pool of connections for reading.</summary>
internal sealed class PostgresReaders(PostgresServer server) : Readers
{
    /// <summary>A restart leaves dead connections in the pool; one of them must not cost the reader its answer.</summary>
    private const int Attempts = 3;

    public override async Task<T> Ask<T>(Func<DbConnection, T> question)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await using NpgsqlConnection reader = await server.Reader().ConfigureAwait(false);
                return question(reader);
            }
            catch (Exception failure) when (PostgresFaults.Of(failure, server.Place) is { } fault)
            {
                if (fault.Kind != RecordsFaultKind.Unreachable || attempt == Attempts)
                {
                    throw fault;
                }

                server.ForgetReaders();
            }
        }
    }

    public override void Dispose() => server.Dispose();
}
