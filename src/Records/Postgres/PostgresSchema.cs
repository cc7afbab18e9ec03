using System.Data.Common;
using Npgsql;

namespace Breakwater.Records;

/// <summary>The tables of SQLite's store once more, in a schema of their own, with what PostgreSQL and PostGIS search by.</summary>
internal static class PostgresSchema
{
    public const int Version = 3;

    /// <summary>The oldest version that a released program made, and whose tables of events are as they are now.</summary>
    public const int VersionOldest = 2;

    /// <summary>Only appended to. Text is compared by its octets, as SQLite does.</summary>
    private const string Truth = """
        CREATE TABLE store (version bigint NOT NULL);
        CREATE TABLE events (
            sequence bigint PRIMARY KEY, subject text COLLATE "C" NOT NULL, version bigint NOT NULL,
            envelope bytea NOT NULL, payload bytea NOT NULL, signature bytea NOT NULL);
        CREATE UNIQUE INDEX events_by_subject ON events (subject, version);
        CREATE TABLE evidence (
            rowid bigint GENERATED ALWAYS AS IDENTITY, sha256 text COLLATE "C" PRIMARY KEY, content bytea NOT NULL);
        CREATE TABLE nodes (name text COLLATE "C" PRIMARY KEY, verifier text NOT NULL);
        CREATE TABLE checkpoints (size bigint PRIMARY KEY, note text NOT NULL);
        CREATE TABLE keys (
            id text COLLATE "C" PRIMARY KEY, subject text COLLATE "C" NOT NULL, custody text NOT NULL, box text);
        CREATE INDEX keys_by_subject ON keys (subject);
        CREATE TABLE tiles (
            level bigint NOT NULL, place bigint NOT NULL, hashes bytea NOT NULL, PRIMARY KEY (level, place));
        CREATE TABLE once (
            key text COLLATE "C" PRIMARY KEY, digest text NOT NULL, until bigint NOT NULL, versions text NOT NULL);
        CREATE INDEX once_by_until ON once (until);
        """;

    /// <summary>
    /// Most commands change what no index holds: with room on its page such a row is replaced there, and no index is touched.
    /// </summary>
    private const string Projections = """
        CREATE TABLE products (
            id text COLLATE "C" PRIMARY KEY, kind text COLLATE "C" NOT NULL, sequence bigint NOT NULL);
        CREATE INDEX products_by_kind ON products (kind, sequence);
        CREATE TABLE links (
            sequence bigint NOT NULL, relation bigint NOT NULL, target text COLLATE "C" NOT NULL,
            PRIMARY KEY (sequence, relation, target));
        CREATE TABLE documents (
            first_sequence bigint PRIMARY KEY, subject text COLLATE "C" NOT NULL UNIQUE, version bigint NOT NULL,
            sequence bigint NOT NULL, kind text COLLATE "C" NOT NULL, marking text NOT NULL, parent text COLLATE "C",
            standing text COLLATE "C" NOT NULL, due_at bigint, place text, west float8, south float8, east float8,
            north float8, words text NOT NULL, body bytea NOT NULL, terms tsvector NOT NULL, area geometry)
            WITH (fillfactor = 70);
        """;

    /// <summary>As in SQLite's store; stores of this version may be without it.</summary>
    private const string PublicIndexes = $"""
        CREATE INDEX documents_public ON documents (kind, first_sequence) WHERE {DocumentRow.Public};
        CREATE INDEX documents_public_by_standing ON documents (kind, standing, first_sequence)
            WHERE {DocumentRow.Public};
        """;

    private const string DocumentIndexes = $"""
        {PublicIndexes}
        CREATE INDEX documents_by_kind ON documents (kind, first_sequence);
        CREATE INDEX documents_by_standing ON documents (kind, standing, first_sequence);
        CREATE INDEX documents_by_parent ON documents (parent, kind, first_sequence) WHERE parent IS NOT NULL;
        CREATE INDEX documents_by_parent_and_standing ON documents (parent, kind, standing, first_sequence)
            WHERE parent IS NOT NULL;
        CREATE INDEX documents_by_due ON documents (due_at, first_sequence) WHERE due_at IS NOT NULL;
        CREATE INDEX documents_by_terms ON documents USING gin (terms);
        CREATE INDEX documents_by_area ON documents USING gist (area) WHERE area IS NOT NULL;
        """;

    /// <summary>
    /// A second line behind the guard: whatever other account of the database is let into the schema reads public documents
    /// and nothing else. The account that made the tables, which the node uses, is not held up by it; see decision 30.
    /// </summary>
    private const string TruthRows = """
        ALTER TABLE store ENABLE ROW LEVEL SECURITY;
        ALTER TABLE events ENABLE ROW LEVEL SECURITY;
        ALTER TABLE evidence ENABLE ROW LEVEL SECURITY;
        ALTER TABLE nodes ENABLE ROW LEVEL SECURITY;
        ALTER TABLE checkpoints ENABLE ROW LEVEL SECURITY;
        ALTER TABLE keys ENABLE ROW LEVEL SECURITY;
        ALTER TABLE tiles ENABLE ROW LEVEL SECURITY;
        ALTER TABLE once ENABLE ROW LEVEL SECURITY;
        """;

    private const string ProjectionRows = """
        ALTER TABLE products ENABLE ROW LEVEL SECURITY;
        ALTER TABLE links ENABLE ROW LEVEL SECURITY;
        ALTER TABLE documents ENABLE ROW LEVEL SECURITY;
        CREATE POLICY public_only ON documents FOR SELECT USING (
            marking::jsonb @> '{"distribution": "public", "tlp": "clear"}'
            AND coalesce((marking::jsonb ->> 'embargoUntil')::timestamptz <= now(), true));
        """;

    /// <summary>Makes the schema and its tables when there are none. One transaction: all of it or nothing.</summary>
    /// <param name="copy">Makes a copy of a store of this version before anything in it is changed.</param>
    public static void Prepare(
        NpgsqlConnection connection,
        string schema,
        string place,
        Action<long> copy
    )
    {
        using NpgsqlTransaction whole = connection.BeginTransaction();
        // Made only when it is missing, for the account may be allowed to use it and not to make it.
        if (connection.Number("SELECT count(*) FROM pg_extension WHERE extname = 'postgis'") == 0)
        {
            connection.Define("CREATE EXTENSION postgis SCHEMA public");
        }

        using (
            DbCommand known = connection.Statement(
                "SELECT count(*) FROM pg_namespace WHERE nspname = $1",
                schema
            )
        )
        {
            if (known.ExecuteScalar() is 0L)
            {
                connection.Define($"CREATE SCHEMA {Quoted(schema)}");
            }
        }

        if (!Has(connection, schema, "%"))
        {
            connection.Define(
                $"{Truth} {TruthRows} {Projections} {ProjectionRows} {DocumentIndexes} INSERT INTO store VALUES ({Version})"
            );
        }

        long version = Recognise(connection, schema, place);
        if (version < Version)
        {
            copy(version);
            connection.Define(
                $"""
                {TruthRows} {ProjectionRows}
                DROP INDEX documents_by_change; ALTER TABLE documents SET (fillfactor = 70);
                UPDATE store SET version = {Version}
                """
            );
        }

        if (!HasIndex(connection, schema, "documents_public"))
        {
            connection.Define(PublicIndexes);
        }

        whole.Commit();
    }

    /// <summary>New tables beside the old, which stay as they are for readers until the new ones are adopted.</summary>
    public static void ClearProjections(NpgsqlConnection connection, string schema)
    {
        string remade = Quoted(Remade(schema));
        connection.Define(
            $"""
            DROP SCHEMA IF EXISTS {remade} CASCADE;
            CREATE SCHEMA {remade};
            SELECT set_config('search_path', '{remade}, ' || current_setting('search_path'), true);
            {Projections} {ProjectionRows}
            CREATE VIEW documents_before AS SELECT * FROM {Quoted(schema)}.documents;
            """
        );
    }

    public static void CompleteProjections(NpgsqlConnection connection) =>
        connection.Define($"{DocumentIndexes} ANALYZE documents;");

    public static void AdoptProjections(NpgsqlConnection connection, string schema)
    {
        string remade = Quoted(Remade(schema));
        string kept = Quoted(schema);
        connection.Define($"DROP VIEW {remade}.documents_before");
        foreach (string table in (string[])["products", "links", "documents"])
        {
            connection.Define(
                $"DROP TABLE {kept}.{table}; ALTER TABLE {remade}.{table} SET SCHEMA {kept}"
            );
        }

        connection.Define($"DROP SCHEMA {remade}");
    }

    /// <summary>For `SET search_path`, which takes no parameters.</summary>
    public static string Quoted(string name) =>
        $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Tables and indexes take as long as they take.</summary>
    private static void Define(this NpgsqlConnection connection, string sql)
    {
        using DbCommand command = connection.Statement(sql);
        command.CommandTimeout = 0;
        command.ExecuteNonQuery();
    }

    private static string Remade(string schema) => schema + "_remade";

    /// <summary>Gives the version of what is there; refuses what is not ours, is newer, or shows itself to nobody like us.</summary>
    public static long Recognise(NpgsqlConnection connection, string schema, string place)
    {
        if (!Has(connection, schema, "store") || !Has(connection, schema, "events"))
        {
            throw new RecordsFault(
                RecordsFaultKind.Corrupt,
                "the schema has tables, but not those of Breakwater",
                place,
                "Name another schema as the first of 'Search Path' in the setting 'store'"
            );
        }

        long version = connection.Number("SELECT max(version) FROM store");
        if (version > Version)
        {
            throw RecordsFault.Newer(version, Version, place);
        }

        // The rules for rows hide them all from another account, and a store must not be taken for an empty one.
        return version > 0
            ? version
            : throw new RecordsFault(
                RecordsFaultKind.Unwritable,
                "the account may not read the store",
                place,
                "Use the account that made its tables in the setting 'store'"
            );
    }

    /// <summary>False while whoever writes to it has not made its tables, or not brought them up to date.</summary>
    public static bool IsCurrent(NpgsqlConnection connection, string schema, string place) =>
        Has(connection, schema, "store") && Recognise(connection, schema, place) == Version;

    private static bool Has(NpgsqlConnection connection, string schema, string table)
    {
        using DbCommand command = connection.Statement(
            "SELECT count(*) FROM pg_tables WHERE schemaname = $1 AND tablename LIKE $2",
            schema,
            table
        );
        return command.ExecuteScalar() is > 0L;
    }

    private static bool HasIndex(NpgsqlConnection connection, string schema, string index)
    {
        using DbCommand command = connection.Statement(
            "SELECT count(*) FROM pg_indexes WHERE schemaname = $1 AND indexname = $2",
            schema,
            index
        );
        return command.ExecuteScalar() is > 0L;
    }
}
