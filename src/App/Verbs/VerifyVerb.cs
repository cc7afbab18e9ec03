using System.CommandLine;
using Breakwater.App.Verbs.Verifying;
using Breakwater.Records;

namespace Breakwater.App.Verbs;

/// <summary>
/// <c>verify</c>: the store from end to end, or, with a public key and nothing else, a proof or an exported ledger of
/// anybody.
/// </summary>
internal static class VerifyVerb
{
    public static Command Command(Printing print)
    {
        Option<bool> rebuild = new("--rebuild")
        {
            Description = "Also make the tables again from the events and compare",
        };
        Option<string?> proof = Path("--proof", "Check this .tlog-proof offline", "FILE");
        Option<string?> file = Path("--file", "The document that the proof goes with", "FILE");
        Option<string?> key = Path(
            "--key",
            "Public key of the node, or a file that holds it",
            "KEY"
        );
        Option<string?> tiles = Path("--tiles", "Check an exported ledger offline", "DIR");
        Option<string?> since = Path(
            "--since",
            "An older checkpoint that it must have grown from",
            "FILE"
        );
        Option<string?> export = Path("--export-tiles", "Write the ledger's tree as tiles", "DIR");
        Option<bool> entries = new("--entries")
        {
            Description =
                "Export the envelopes of all events too, whatever their marking: for an auditor whom the node trusts",
        };
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "verify",
            """
            Recompute every hash, signature and link of the store. Example: breakwater verify --rebuild
            Anybody checks a publication without a store: breakwater verify --proof situation-report.en.tlog-proof --file situation-report.en.html --key KEY
            """
        )
        {
            rebuild,
            proof,
            file,
            key,
            tiles,
            since,
            export,
            entries,
            json,
            data,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                bool isJson = parsed.GetValue(json);
                string? proofFile = parsed.GetValue(proof);
                string? tilesFolder = parsed.GetValue(tiles);
                string? exportFolder = parsed.GetValue(export);
                string? document = parsed.GetValue(file);
                string? older = parsed.GetValue(since);
                string? publicKey = parsed.GetValue(key);
                Together(
                    ("--proof", proofFile is not null),
                    ("--tiles", tilesFolder is not null),
                    ("--export-tiles", exportFolder is not null),
                    ("--rebuild", parsed.GetValue(rebuild))
                );
                Needs("--file", document is not null, "--proof", proofFile is not null);
                Needs("--since", older is not null, "--tiles", tilesFolder is not null);
                Needs(
                    "--entries",
                    parsed.GetValue(entries),
                    "--export-tiles",
                    exportFolder is not null
                );
                bool isOffline = proofFile is not null || tilesFolder is not null;
                Needs("--key", publicKey is not null, "--proof or --tiles", isOffline);
                if (isOffline)
                {
                    var by = PublicKey.Read(publicKey);
                    return proofFile is not null
                        ? ProofOutput.Check(print, proofFile, document, by, isJson)
                        : TilesOutput.Check(print, tilesFolder!, older, by, isJson);
                }

                string folder = DataFolder.Path(parsed.GetValue(data));
                await using SqlRecords records = parsed.GetValue(rebuild)
                    ? DataFolder.OpenExisting(folder)
                    : DataFolder.OpenToRead(folder);
                return exportFolder is not null
                    ? await TilesExport
                        .Write(
                            print,
                            records,
                            exportFolder,
                            parsed.GetValue(entries),
                            isJson,
                            cancel
                        )
                        .ConfigureAwait(false)
                    : await StoreOutput
                        .Check(print, records, parsed.GetValue(rebuild), isJson, cancel)
                        .ConfigureAwait(false);
            }
        );
        return command;
    }

    private static Option<string?> Path(string name, string description, string help) =>
        new(name) { Description = description, HelpName = help };

    private static void Together(params (string Name, bool IsGiven)[] options)
    {
        string[] given = [.. options.Where(option => option.IsGiven).Select(option => option.Name)];
        if (given.Length > 1)
        {
            throw new Fault(
                ExitCode.Usage,
                $"{string.Join(" and ", given)} do not go together. Give one of them"
            );
        }
    }

    private static void Needs(string name, bool isGiven, string other, bool isOtherGiven)
    {
        if (isGiven && !isOtherGiven)
        {
            throw new Fault(
                ExitCode.Usage,
                $"{name} goes with {other}. Add it or leave {name} out"
            );
        }
    }
}
