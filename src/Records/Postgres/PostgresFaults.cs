using Npgsql;

namespace Breakwater.Records;

/// <summary>The error codes of PostgreSQL (appendix A of its manual), sorted by what a person can do about them.</summary>
internal static class PostgresFaults
{
    /// <summary>Null for what is no failure of the database.</summary>
    public static RecordsFault? Of(Exception failure, string place) =>
        failure switch
        {
            PostgresException said => Said(said, place),
            NpgsqlException or TimeoutException or System.Net.Sockets.SocketException =>
                RecordsFault.Unreachable(place, Line(failure), failure),
            _ => null,
        };

    private static RecordsFault Said(PostgresException said, string place) =>
        said.SqlState switch
        {
            "53100" => RecordsFault.DiskFull(place, said),
            ['X', 'X', ..] => new(
                RecordsFaultKind.Corrupt,
                "the store is damaged",
                place,
                "Keep the database, and restore a backup into a fresh one",
                said
            ),
            ['5', '7', 'P', ..] or ['0', '8', ..] or ['5', '3', ..] or "57014" =>
                RecordsFault.Unreachable(place, Line(said), said),
            _ => new(
                RecordsFaultKind.Unwritable,
                "the database refuses",
                place,
                $"Check the setting 'store' and what its account may do ({Line(said)})",
                said
            ),
        };

    private static string Line(Exception failure) =>
        (failure is PostgresException said ? said.MessageText : failure.Message)
            .ReplaceLineEndings(" ")
            .TrimEnd('.', ' ');
}
