using System.CommandLine;
using Breakwater.App.Keeping;
using Breakwater.Ledger;
using Breakwater.Records;

namespace Breakwater.App.Verbs;

/// <summary><c>restore</c>: a node from a backup, or a drill that shows that it could be.</summary>
internal static class RestoreVerb
{
    private const int KeysMax = 1_000_000;

    /// <param name="Reaches">Text of a checkpoint; null for none.</param>
    private sealed record Asked(
        string File,
        string Data,
        bool IsDrill,
        bool IsOlderFine,
        string? Reaches,
        IReadOnlyList<string> Destroyed,
        bool IsJson
    );

    public static Command Command(Printing print)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "A backup, decrypted; - for standard input",
        };
        Option<bool> drill = new("--drill")
        {
            Description =
                "Restore into a temporary folder, check everything, compare with the store in use, and delete it again",
        };
        Option<string?> reaches = new("--reaches")
        {
            Description =
                "A later checkpoint of this node, kept elsewhere: refuse a backup that is older or contradicts it",
            HelpName = "FILE",
        };
        Option<bool> older = new("--older")
        {
            Description = "Restore it although it is older than --reaches; what came after is lost",
        };
        Option<string?> destroyed = new("--destroyed")
        {
            Description =
                "Ids of keys that were destroyed after the backup, one a line: they are not restored",
            HelpName = "FILE",
        };
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "restore",
            """
            Make a node from a backup, into a new or empty folder. Example: breakwater restore node.tar --data DIR
            Every file, signature, link and the signed checkpoint are checked before anything is put in place. With a breakwater.json in the folder the store goes where that says, SQLite or PostgreSQL, wherever the backup came from.
            """
        )
        {
            file,
            drill,
            reaches,
            older,
            destroyed,
            json,
            data,
        };
        command.SetAction(
            async (parsed, cancel) =>
                await Run(
                        print,
                        new Asked(
                            parsed.GetValue(file)!,
                            DataFolder.Path(parsed.GetValue(data)),
                            parsed.GetValue(drill),
                            parsed.GetValue(older),
                            parsed.GetValue(reaches) is { } note ? Text(note) : null,
                            parsed.GetValue(destroyed) is { } list ? Keys(list) : [],
                            parsed.GetValue(json)
                        ),
                        cancel
                    )
                    .ConfigureAwait(false)
        );
        return command;
    }

    private static async Task<int> Run(Printing print, Asked asked, CancellationToken cancel)
    {
        await using Stream from =
            asked.File == "-"
                ? Console.OpenStandardInput()
                : new FileStream(Readable(asked.File), FileMode.Open, FileAccess.Read);
        using var backup = new BackupReader(from, asked.File);
        print.Progress("restoring");
        try
        {
            return await Run(print, asked, backup, cancel).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw new Fault(ExitCode.Cannot, "stopped before the end. Nothing was restored");
        }
    }

    private static async Task<int> Run(
        Printing print,
        Asked asked,
        BackupReader backup,
        CancellationToken cancel
    )
    {
        Drilled? drilled = null;
        Filled? filled;
        if (asked.IsDrill)
        {
            drilled = await Drill
                .Run(asked.Data, backup, asked.Destroyed, cancel)
                .ConfigureAwait(false);
            filled = drilled?.Filled;
        }
        else
        {
            filled = await Restore
                .Into(
                    asked.Data,
                    backup,
                    asked.Destroyed,
                    (folder, store) => RequireReached(asked, backup, folder, store),
                    cancel
                )
                .ConfigureAwait(false);
        }

        print.ProgressDone();
        if (filled is null)
        {
            return RestoreOutput.Damaged(print, asked.File, backup.Damages, asked.IsJson);
        }

        return drilled is null
            ? RestoreOutput.Restored(print, asked.Data, filled, asked.IsJson)
            : RestoreOutput.Tried(print, asked.Data, drilled, asked.IsJson);
    }

    /// <exception cref="Fault">The backup does not reach the checkpoint that was given, or contradicts it.</exception>
    private static void RequireReached(
        Asked asked,
        BackupReader backup,
        string folder,
        string store
    )
    {
        if (asked.Reaches is null)
        {
            return;
        }

        if (
            !Verifier.TryParse(backup.Title.Node, out Verifier? node)
            || Checkpoint.Open(asked.Reaches, node) is not { } known
        )
        {
            throw new Fault(
                ExitCode.Usage,
                "--reaches is no checkpoint that the node of this backup signed. Give one of the same node; nothing was restored"
            );
        }

        using StoreMoment restored = StoreMoment.Of(folder, store);
        if (known.Size > restored.Events)
        {
            if (!asked.IsOlderFine)
            {
                throw new Fault(
                    ExitCode.Refused,
                    $"the backup holds {restored.Events} events, and the node had signed for {known.Size}. Find a later backup, or say --older: {known.Size - restored.Events} events are lost then; nothing was restored"
                );
            }
        }
        else if (restored.RootAt(known.Size) != Convert.ToHexStringLower(known.RootOctets()!))
        {
            throw new Fault(
                ExitCode.DoesNotHold,
                $"the backup contradicts the checkpoint over {known.Size} events: one of the two ledgers was made otherwise. Keep both as evidence; nothing was restored"
            );
        }
    }

    private static string Text(string path) => File.ReadAllText(Readable(path));

    private static string[] Keys(string path) =>
        [
            .. File.ReadLines(Readable(path))
                .Select(line => line.Trim())
                .Where(line => line.Length > 0)
                .Distinct()
                .Take(KeysMax),
        ];

    private static string Readable(string path) =>
        File.Exists(path)
            ? path
            : throw new Fault(ExitCode.Usage, $"{path} is not there. Name a file that can be read");
}
