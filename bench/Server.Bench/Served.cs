using System.Diagnostics;
using System.Globalization;
using Breakwater.App.Accounts;
using Breakwater.App.Accounts.Store;
using Breakwater.App.Accounts.Tokens;
using Breakwater.App.Api;
using Breakwater.App.Subjects;
using Breakwater.Decisions.Membership.Applying;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Server.Bench;

/// <summary>
/// A node as <c>breakwater serve</c> runs it, in a process of its own, with a scenario's records and an account for each client. Only the
/// limit of calls of one account is lifted, because few accounts stand for many here.
/// </summary>
internal sealed class Served : IAsyncDisposable
{
    private const int Organisations = 4;
    private const string TokensFile = "tokens.txt";
    private readonly Process _process;

    private Served(Process process, IReadOnlyList<string> tokens) =>
        (_process, Tokens) = (process, tokens);

    public IReadOnlyList<string> Tokens { get; }

    /// <summary>Processor time that the server has used.</summary>
    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static string OrganisationOf(int client) =>
        string.Create(CultureInfo.InvariantCulture, $"organisation-{client % Organisations}");

    /// <summary>Starts the process and waits until it serves.</summary>
    public static async Task<Served> Start(string folder, int port, int clients, string? store)
    {
        Directory.CreateDirectory(folder);
        await Filled(folder, clients, store);
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
        };
        string[] arguments =
        [
            "serve",
            folder,
            $"{port}",
            $"{clients}",
            .. store is null ? [] : new[] { store },
        ];
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        Process process = Process.Start(start)!;
        await process.StandardOutput.ReadLineAsync();
        return new Served(process, await File.ReadAllLinesAsync(Path.Combine(folder, TokensFile)));
    }

    /// <summary>The other side: serves until it is killed.</summary>
    public static async Task Run(string folder, int port, int clients, string? store)
    {
        await using SqlRecords records = Open(folder, store);
        await using WebApplication server = App.Pages.Site.Build(
            records,
            $"http://127.0.0.1:{port}",
            new AccountSettings(folder, store),
            new ApiSettings(SystemClock.Instance, CallsPerMinute: int.MaxValue / 2)
        );
        await server.StartAsync();
        await File.WriteAllLinesAsync(
            Path.Combine(folder, TokensFile),
            await TokensOf(server, clients)
        );
        Console.WriteLine("serving");
        await server.WaitForShutdownAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static SqlRecords Open(string folder, string? store) =>
        store is null
            ? SqliteRecords.Open(folder, foldings: Catalogue.Known.Fold)
            : PostgresRecords.Open(folder, store, foldings: Catalogue.Known.Fold);

    /// <summary>The demonstration's records, so that lists and pages have what they have there.</summary>
    private static async Task Filled(string folder, int clients, string? store)
    {
        if (store is not null)
        {
            await File.WriteAllTextAsync(
                Path.Combine(folder, "breakwater.json"),
                $$"""{"store": "{{store}}"}"""
            );
        }

        // Before the demonstration, whose organisations nobody has an account of.
        await using (SqlRecords records = Open(folder, store))
        {
            (_, Refusal? refusal) = await Founding.Do(
                records,
                Charter(clients),
                SystemClock.Instance.GetCurrentInstant(),
                CancellationToken.None
            );
            if (refusal is not null)
            {
                throw new InvalidOperationException(refusal.Reason);
            }
        }

        using Process demo = Process.Start(
            new ProcessStartInfo(
                Path.Combine(AppContext.BaseDirectory, "breakwater"),
                ["demo", "sudan-2024-02", "--no-serve", "--data", folder]
            )
            {
                RedirectStandardOutput = true,
            }
        )!;
        await demo.StandardOutput.ReadToEndAsync();
        await demo.WaitForExitAsync();
        if (demo.ExitCode != 0)
        {
            throw new InvalidOperationException($"the demonstration ended with {demo.ExitCode}");
        }
    }

    private static string PersonOf(int client) =>
        string.Create(CultureInfo.InvariantCulture, $"person-{client}");

    private static Found Charter(int clients) =>
        new([
            .. Enumerable
                .Range(0, Organisations)
                .Select(number => new FoundingOrganisation(
                    OrganisationOf(number),
                    $"Organisation {number}",
                    (StakeholderClass)number,
                    "helps people stay connected",
                    [],
                    [
                        .. Enumerable
                            .Range(0, clients)
                            .Where(client => client % Organisations == number)
                            .Select(client => new FoundingMember(
                                PersonOf(client),
                                [Role.Representative, Role.Registrar]
                            )),
                    ]
                )),
        ]);

    private static async Task<List<string>> TokensOf(WebApplication server, int clients)
    {
        var tokens = new List<string>();
        for (int client = 0; client < clients; client++)
        {
            await using AsyncServiceScope scope = server.Services.CreateAsyncScope();
            (Account? account, _) = await scope
                .ServiceProvider.GetRequiredService<Enrolling>()
                .Add(PersonOf(client), isOperator: false, CancellationToken.None);
            (string? token, _) = await server
                .Services.GetRequiredService<TokenBook>()
                .Make(account!.Id, "bench", "write", 1, CancellationToken.None);
            tokens.Add(token!);
        }

        return tokens;
    }
}
