using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Xunit;

[assembly: AssemblyFixture(typeof(Breakwater.Records.Tests.PostgresInstance.End))]

namespace Breakwater.Records.Tests;

/// <summary>
/// A PostgreSQL server of Debian's packages for tests alone: data, socket and port of its own, syncing as in earnest. It ends
/// with the process of the tests, however that ends.
/// </summary>
internal sealed class PostgresInstance : IDisposable
{
    private const string Programs = "/usr/lib/postgresql/15/bin";
    private const string Extension = "/usr/share/postgresql/15/extension/postgis.control";
    private const int Port = 5432;

    /// <summary>Ends the server when the input ends, which the kernel sees to when this process dies.</summary>
    private const string Guardian =
        "\"$@\" 2> /dev/null & server=$!; cat > /dev/null; kill -INT $server; wait";

    private readonly string folder = Directory.CreateTempSubdirectory("bwpg-").FullName;
    private Process? process;

    private PostgresInstance() { }

    private static readonly Lazy<PostgresInstance?> _shared = new(() => IsPresent ? Start() : null);

    private static bool IsPresent =>
        File.Exists(Path.Combine(Programs, "postgres")) && File.Exists(Extension);

    /// <summary>Ends the shared server behind the last test.</summary>
    public sealed class End : IDisposable
    {
        public void Dispose()
        {
            if (_shared.IsValueCreated)
            {
                _shared.Value?.Dispose();
            }
        }
    }

    /// <summary>One server for all tests that leave it alone; each has a schema of its own.</summary>
    public static PostgresInstance Shared
    {
        get
        {
            Assert.SkipUnless(IsPresent, "postgresql-15 with postgis is not installed");
            return _shared.Value!;
        }
    }

    /// <summary>A server of its own, for a test that stops or pauses it.</summary>
    public static PostgresInstance Fresh()
    {
        Assert.SkipUnless(IsPresent, "postgresql-15 with postgis is not installed");
        return Start();
    }

    public string ConnectionString(string schema) =>
        $"Host={folder};Port={Port};Username=postgres;Database=postgres;Search Path={schema}";

    /// <summary>The process whose signals stop and pause the server.</summary>
    public int Postmaster =>
        int.Parse(
            File.ReadLines(Path.Combine(folder, "data", "postmaster.pid")).First(),
            CultureInfo.InvariantCulture
        );

    /// <summary>As if its power had gone: nothing is flushed, and it recovers from its log at the next start.</summary>
    public void Crash()
    {
        Signal("QUIT", [$"{Postmaster}"]);
        process!.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
        process = null;
    }

    /// <summary>Stops all of the server's processes where they are, or lets them go on.</summary>
    public void Pause(bool isPaused)
    {
        string signal = isPaused ? "STOP" : "CONT";
        int postmaster = Postmaster;
        // The first among them goes first, or it would start others meanwhile.
        Signal(signal, [$"{postmaster}"]);
        Signal(
            signal,
            File.ReadAllText($"/proc/{postmaster}/task/{postmaster}/children")
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        );
    }

    private static void Signal(string signal, string[] processes) =>
        // One that has just ended by itself is none to signal.
        Run("sh", "-c", $"kill -{signal} {string.Join(' ', processes)} 2> /dev/null || true");

    public void Resume()
    {
        string[] server =
        [
            Path.Combine(Programs, "postgres"),
            "-D",
            Path.Combine(folder, "data"),
            "-k",
            folder,
            "-p",
            $"{Port}",
            "-c",
            "listen_addresses=",
            "-c",
            "logging_collector=off",
            "-c",
            "max_connections=60",
        ];
        process = Process.Start(
            new ProcessStartInfo(
                "setsid",
                ["sh", "-c", Guardian, "guardian", .. Unprivileged(), .. server]
            )
            {
                RedirectStandardInput = true,
            }
        )!;
        AwaitConnections();
    }

    public void Dispose()
    {
        process?.StandardInput.Close();
        process?.WaitForExit();
        process?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static PostgresInstance Start()
    {
        var instance = new PostgresInstance();
        if (Environment.UserName == "root")
        {
            Run("chown", "postgres", instance.folder);
        }

        string data = Path.Combine(instance.folder, "data");
        Run([
            .. Unprivileged(),
            Path.Combine(Programs, "initdb"),
            "-D",
            data,
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        ]);
        instance.Resume();
        using var connection = new NpgsqlConnection(instance.ConnectionString("public"));
        connection.Open();
        connection.Run("CREATE EXTENSION IF NOT EXISTS postgis SCHEMA public");
        return instance;
    }

    /// <summary>The server refuses to run as root, and Debian's package has made an account for it.</summary>
    private static string[] Unprivileged() =>
        Environment.UserName == "root"
            ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
            : [];

    private void AwaitConnections()
    {
        while (true)
        {
            try
            {
                using var connection = new NpgsqlConnection(
                    ConnectionString("public") + ";Pooling=false;Timeout=5"
                );
                connection.Open();
                return;
            }
            catch (NpgsqlException) when (!process!.HasExited)
            {
                // It says nothing when it is ready; asking is how one knows.
            }
        }
    }

    private static void Run(params string[] command)
    {
        using var run = Process.Start(
            new ProcessStartInfo(command[0], command[1..])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = "/",
            }
        )!;
        string said = run.StandardOutput.ReadToEnd() + run.StandardError.ReadToEnd();
        run.WaitForExit();
        Assert.True(run.ExitCode == 0, $"{command[0]}: {said}");
    }
}
