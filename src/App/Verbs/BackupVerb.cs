using System.CommandLine;
using Breakwater.App.Keeping;
using Breakwater.Records;
using NodaTime;

namespace Breakwater.App.Verbs;

/// <summary><c>backup</c>: everything of a node that cannot be made again, while it runs.</summary>
internal static class BackupVerb
{
    public static Command Command(Printing print)
    {
        var file = new Argument<string>("FILE")
        {
            Description =
                "Where to write; a folder gets a file named after node and time; - for standard output",
        };
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "backup",
            """
            Write a backup of a node, whether it runs or not. Example: breakwater backup node.tar
            It is SECRET: it holds node.key, with which anybody can sign as this node, and the accounts. Sealed fields are in it as ciphertext only. Encrypt it on the way: breakwater backup - | age -r RECIPIENT > node.tar.age
            A backup made before a key was destroyed still holds that key: delete backups when their time is over. Try it: breakwater restore node.tar --drill
            """
        )
        {
            file,
            json,
            data,
        };
        command.SetAction(
            (parsed, cancel) =>
                Task.FromResult(
                    Run(
                        print,
                        DataFolder.Path(parsed.GetValue(data)),
                        parsed.GetValue(file)!,
                        parsed.GetValue(json),
                        cancel
                    )
                )
        );
        return command;
    }

    private static int Run(
        Printing print,
        string folder,
        string file,
        bool isJson,
        CancellationToken cancel
    )
    {
        if (!DataFolder.HasStore(folder))
        {
            throw new Fault(ExitCode.Usage, $"there is no store: {folder}. Name one with --data");
        }

        Instant now = SystemClock.Instance.GetCurrentInstant();
        long start = Environment.TickCount64;
        print.Progress("reading the store");
        if (file == "-")
        {
            print = print.Aside();
        }
        else if (Directory.Exists(file))
        {
            file = Path.Combine(
                file,
                $"breakwater-{now.ToString("yyyyMMdd'T'HHmmss'Z'", null)}.tar"
            );
        }

        BackupManifest manifest = Write(folder, file, now, cancel);
        LastBackup.Note(folder, manifest);
        print.ProgressDone();
        Show(print, file, manifest, Backup.LeftOut(folder), isJson, Seconds(start));
        return ExitCode.Done;
    }

    private static BackupManifest Write(
        string folder,
        string file,
        Instant now,
        CancellationToken cancel
    )
    {
        try
        {
            if (file != "-")
            {
                return Backup.ToFile(folder, file, now, cancel);
            }

            using Stream output = Console.OpenStandardOutput();
            return Backup.Write(folder, output, now, cancel);
        }
        catch (OperationCanceledException)
        {
            throw new Fault(ExitCode.Cannot, "stopped before the end. There is no backup");
        }
        catch (IOException failure) when (failure is not RecordsFault)
        {
            throw new Fault(
                ExitCode.Cannot,
                $"{file} cannot be written: {failure.Message.ReplaceLineEndings(" ")} Make room or name another place; there is no backup"
            );
        }
    }

    private static double Seconds(long start) => (Environment.TickCount64 - start) / 1000.0;

    private static void Show(
        Printing print,
        string file,
        BackupManifest manifest,
        IReadOnlyList<string> leftOut,
        bool isJson,
        double seconds
    )
    {
        if (isJson)
        {
            print.Json(
                new
                {
                    file,
                    manifest.Title,
                    manifest.Checkpoint,
                    manifest.Events,
                    manifest.Evidence,
                    manifest.Keys,
                    manifest.KeysDestroyed,
                    files = manifest.Files.Count,
                    octets = manifest.Files.Sum(one => one.Octets),
                    leftOut,
                    seconds,
                }
            );
            return;
        }

        print.Line(
            $"{file}: {manifest.Events} events, {manifest.Evidence} pieces of evidence, {manifest.Keys} keys of sealed fields, {manifest.KeysDestroyed} destroyed"
        );
        foreach (string path in leftOut)
        {
            print.Line($"not in it, because it lies outside the data folder: {path}");
        }

        print.Line(
            "It is secret: it holds node.key and the accounts. Encrypt it, and keep it away from the node."
        );
        print.Line($"Try it: breakwater restore {file} --drill");
    }
}
