using System.CommandLine;
using Breakwater.App.Dossiers;
using Breakwater.App.Exchange;
using Breakwater.App.Verbs.Verifying;
using Breakwater.Records;
using NodaTime;

namespace Breakwater.App.Verbs;

/// <summary><c>dossier export / verify</c>: evidence with its chain of custody, in a folder that anybody checks offline.</summary>
internal static class DossierVerb
{
    public static Command Command(Printing print) =>
        new(
            "dossier",
            "Evidence with its chain of custody: seal a dossier into a folder for somebody, check such a folder offline"
        )
        {
            Export(print),
            Verify(print),
        };

    private static Command Export(Printing print)
    {
        var id = new Argument<string>("ID") { Description = "Id of the dossier" };
        var output = new Option<string>("--out")
        {
            Description = "The folder to write; it must not be there yet",
            HelpName = "DIR",
            Required = true,
        };
        var audience = new Option<string?>("--for")
        {
            Description =
                "Id of the organisation of this node that it is for; left out, it is for anybody, and only what is public goes",
            HelpName = "ORGANISATION",
        };
        var reason = new Option<string?>("--reason")
        {
            Description =
                "Why a copy is made; it stands in the chain of custody of each item. Left out, it says for whom",
            HelpName = "TEXT",
        };
        var redacted = new Option<bool>("--redacted")
        {
            Description = "Where an item has a redacted copy, let that go and keep the item itself",
        };
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "export",
            "Seal a dossier into a folder: what its audience may see, with hashes, custody, signatures and proofs. Example: breakwater dossier export 01ab --for clinic --reason \"asked for by the clinic\" --out dossier-01ab"
        )
        {
            id,
            output,
            audience,
            reason,
            redacted,
            json,
            data,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                await using SqlRecords records = DataFolder.OpenExisting(
                    DataFolder.Path(parsed.GetValue(data))
                );
                Instant now = SystemClock.Instance.GetCurrentInstant();
                string? organisation = parsed.GetValue(audience);
                var asked = new ExportAsked(
                    parsed.GetValue(id)!,
                    await Audience.ReaderFor(records, organisation).ConfigureAwait(false)
                        ?? throw new Fault(
                            ExitCode.Usage,
                            $"no vetted organisation of this node has the id {organisation}. Leave --for out to export what is public"
                        ),
                    organisation ?? DossierManifest.Public,
                    parsed.GetValue(reason)
                        ?? $"copied into a sealed folder for {organisation ?? DossierManifest.Public}",
                    parsed.GetValue(redacted)
                );
                string folder = parsed.GetValue(output)!;
                using var written = new SealedFolder(folder);
                DossierManifest manifest = await new DossierExport(records, asked, now)
                    .Into(written, cancel)
                    .ConfigureAwait(false);
                written.Finish();
                Exported(print, folder, manifest, parsed.GetValue(json));
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static Command Verify(Printing print)
    {
        var folder = new Argument<string>("DIR") { Description = "A sealed folder" };
        var key = new Option<string?>("--key")
        {
            Description =
                "Public key of the node, or a file that holds it, as known from elsewhere; left out, the key in the folder shows that it is whole, and not who sealed it",
            HelpName = "KEY",
        };
        Option<bool> json = Options.Json();
        var command = new Command(
            "verify",
            "Check a sealed folder offline and without a store: every hash, the chain of custody, signatures and proofs, nothing added or missing. Example: breakwater dossier verify dossier-01ab --key KEY"
        )
        {
            folder,
            key,
            json,
        };
        command.SetAction(parsed =>
        {
            string? given = parsed.GetValue(key);
            DossierChecked found = DossierCheck.Of(
                parsed.GetValue(folder)!,
                given is null ? null : PublicKey.Read(given)
            );
            Checked(print, found, given is not null, parsed.GetValue(json));
            return found.Holds ? ExitCode.Done : ExitCode.DoesNotHold;
        });
        return command;
    }

    private static void Exported(
        Printing print,
        string folder,
        DossierManifest manifest,
        bool isJson
    )
    {
        int octets = manifest.Files.Count(file =>
            file.Path.StartsWith(SealedNames.Octets + "/", StringComparison.Ordinal)
        );
        if (isJson)
        {
            print.Json(
                new
                {
                    Folder = folder,
                    manifest.Dossier,
                    manifest.Audience,
                    Items = manifest.Items.Count,
                    Octets = octets,
                    manifest.Withheld,
                    Key = manifest.Node,
                }
            );
            return;
        }

        print.Line(
            $"{folder}: {manifest.Items.Count} items and {octets} files of octets of dossier {manifest.Dossier}, for {manifest.Audience}"
        );
        foreach (WithheldOctets withheld in manifest.Withheld)
        {
            print.Line(
                withheld.Sha256 is { } sha256
                    ? $"  not in it: {sha256} of {withheld.Item}: {withheld.Reason}"
                    : $"  not in it: {withheld.Item}: {withheld.Reason}"
            );
        }

        print.Line($"public key of this node: {manifest.Node}");
        print.Line("Who has the key checks it: breakwater dossier verify DIR --key KEY");
    }

    private static void Checked(Printing print, DossierChecked found, bool isKeyGiven, bool isJson)
    {
        DossierManifest manifest = found.Manifest;
        if (isJson)
        {
            print.Json(
                new
                {
                    found.Holds,
                    Key = found.Key.ToString(),
                    IsKeyFromFolder = !isKeyGiven,
                    manifest.Dossier,
                    manifest.Audience,
                    manifest.ExportedAt,
                    Items = manifest.Items.Count,
                    found.Octets,
                    Steps = manifest.Steps.Count,
                    Withheld = manifest.Withheld.Count,
                    found.Faults,
                }
            );
            return;
        }

        print.Line(
            $"dossier {manifest.Dossier} for {manifest.Audience}, sealed {manifest.ExportedAt}: {manifest.Items.Count} items, {found.Octets} files of octets, {manifest.Steps.Count} signed events, {manifest.Withheld.Count} withheld"
        );
        foreach (SealedFault fault in found.Faults)
        {
            print.Line($"FAILS    {fault.File}: {fault.Detail}");
        }

        print.Line(
            !found.Holds ? "the folder is not what was sealed"
            : isKeyGiven ? $"the folder is what {found.Key.Name} sealed"
            : $"the folder is whole. The key came with it: compare {found.Key} with the node's key as you know it from elsewhere, or give that with --key"
        );
    }
}
