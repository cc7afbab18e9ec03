using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using Breakwater.App.Sealing;
using Breakwater.App.Subjects;
using Breakwater.Ledger.Sealing;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Verbs.Custodians;

/// <summary>A custody is founded on a machine of the custodians; the node learns its public half only.</summary>
internal static class CustodyFounding
{
    /// <summary>A custody names at most 255 people.</summary>
    private const int OctetsMax = 64 * 1024;

    public static Command Found(Printing print)
    {
        Option<string[]> holders = new("--holder")
        {
            Description = "Pseudonym of a custodian; once for each",
            HelpName = "PERSON",
            Required = true,
        };
        Option<int> threshold = new("--threshold")
        {
            Description = "How many shares it takes to unseal",
            DefaultValueFactory = _ => 2,
        };
        Option<string> output = new("--out")
        {
            Description = "A new folder for custody.json and one share-N.txt for each custodian",
            HelpName = "DIR",
            Required = true,
        };
        Option<bool> json = Options.Json();
        var command = new Command(
            "found",
            "Make a custody, on a machine of the custodians and not on the node. Example: breakwater custody found --holder p-1 --holder p-2 --holder p-3 --out ceremony"
        )
        {
            holders,
            threshold,
            output,
            json,
        };
        command.SetAction(parsed =>
        {
            string folder = parsed.GetValue(output)!;
            (Custody custody, IReadOnlyList<KeyShare> shares) = Made(
                parsed.GetValue(holders)!,
                parsed.GetValue(threshold)
            );
            Write(folder, custody, shares);
            if (parsed.GetValue(json))
            {
                print.Json(custody);
            }
            else
            {
                print.Line($"{custody.Id}: {custody.Threshold} of {custody.Holders.Count} unseal");
                print.Line(
                    $"Hand each share in {folder} to its holder and delete it here; then, on the node: breakwater custody use custody.json"
                );
            }

            return ExitCode.Done;
        });
        return command;
    }

    public static Command Use(Printing print)
    {
        Argument<string> file = new("FILE") { Description = "custody.json" };
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "use",
            "Seal for this custody from now on. Example: breakwater custody use custody.json"
        )
        {
            file,
            json,
            data,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                Custody custody = CustodyFile.Read<Custody>(parsed.GetValue(file)!, OctetsMax);
                if (!custody.IsSound())
                {
                    throw new Fault(
                        ExitCode.Usage,
                        "the file is no custody that takes at least two people. Make one with 'breakwater custody found'"
                    );
                }

                await using SqlRecords records = DataFolder.Open(
                    DataFolder.Path(parsed.GetValue(data))
                );
                if (await WhyNot(records, custody).ConfigureAwait(false) is { } unfit)
                {
                    throw new Fault(ExitCode.Refused, unfit);
                }

                if (!await CustodyOnRecord.Found(records, custody, cancel).ConfigureAwait(false))
                {
                    throw new Fault(
                        ExitCode.Refused,
                        "this node has a custody already; changing keys takes two people of different organisations"
                    );
                }

                if (parsed.GetValue(json))
                {
                    print.Json(custody);
                }
                else
                {
                    print.Line($"sealing for {custody.Id}");
                }

                return ExitCode.Done;
            }
        );
        return command;
    }

    /// <summary>Every holder is a custodian of a vetted organisation, and no organisation holds enough shares to unseal alone.</summary>
    private static async Task<string?> WhyNot(IRecords records, Custody custody)
    {
        var roll = new Roll(records, SystemClock.Instance, Trouble.Untold);
        var organisations = new List<string>();
        foreach (string holder in custody.Holders)
        {
            (Participant now, _) = await roll.Of(holder).ConfigureAwait(false);
            if (!now.Is(Role.Custodian) || now.Organisation is not { } organisation)
            {
                return $"{holder} is no custodian of a vetted organisation. Found the node first, and name its custodians";
            }

            organisations.Add(organisation);
        }

        return
            organisations
                .GroupBy(organisation => organisation, StringComparer.Ordinal)
                .FirstOrDefault(shares => shares.Count() >= custody.Threshold)
                is { } alone
            ? $"{alone.Key} alone would hold enough shares to unseal. Spread them over organisations"
            : null;
    }

    private static (Custody, IReadOnlyList<KeyShare>) Made(string[] holders, int threshold)
    {
        if (
            threshold < 2
            || holders.Length < threshold
            || holders.Length > SecretSharing.SharesMax
            || holders.Any(string.IsNullOrWhiteSpace)
            || holders.Distinct(StringComparer.Ordinal).Count() != holders.Length
        )
        {
            throw new Fault(
                ExitCode.Usage,
                "a custody takes at least two different holders, and a threshold from 2 up to their number"
            );
        }

        byte[] random = RandomNumberGenerator.GetBytes(Custody.RandomOctets(threshold));
        (Custody, IReadOnlyList<KeyShare>) made = Custody.Found(holders, threshold, random);
        CryptographicOperations.ZeroMemory(random);
        return made;
    }

    private static void Write(string folder, Custody custody, IReadOnlyList<KeyShare> shares)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new Fault(ExitCode.Usage, $"{folder} is not empty. Name a new folder");
        }

        try
        {
            Directory.CreateDirectory(folder);
            CustodyFile.Write(
                Path.Combine(folder, "custody.json"),
                JsonSerializer.Serialize(custody, Json.Indented)
            );
            foreach (KeyShare share in shares)
            {
                CustodyFile.Write(
                    Path.Combine(folder, $"share-{share.Number}.txt"),
                    share.Export()
                );
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new Fault(
                ExitCode.Cannot,
                $"{folder} cannot be written: {fault.Message.TrimEnd('.')}. Check the space and the permissions"
            );
        }
    }
}
