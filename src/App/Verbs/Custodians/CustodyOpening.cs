using System.CommandLine;
using System.Text.Json;
using Breakwater.App.Sealing;
using Breakwater.App.Verbs.Verifying;
using Breakwater.Ledger.Sealing;
using Breakwater.Records;
using Breakwater.Vocabulary;

namespace Breakwater.App.Verbs.Custodians;

/// <summary>The node gives out ciphertext; custodians open it on a machine of their own.</summary>
internal static class CustodyOpening
{
    private const long RequestOctetsMax = 64L << 20;
    private const int ShareOctetsMax = 1024;

    public static Command Request(Printing print)
    {
        Argument<string> subject = new("SUBJECT") { Description = "kind/id, such as mission/m-1" };
        Option<string> output = new("--out")
        {
            Description = "A new file for the custodians",
            HelpName = "FILE",
            Required = true,
        };
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "request",
            "Write what custodians need to unseal a subject; it tells nobody else anything. Example: breakwater custody request mission/m-1 --out request.json"
        )
        {
            subject,
            output,
            json,
            data,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                await using SqlRecords records = DataFolder.OpenExisting(
                    DataFolder.Path(parsed.GetValue(data))
                );
                Custody custody =
                    await CustodyOnRecord.Of(records, cancel).ConfigureAwait(false)
                    ?? throw new Fault(
                        ExitCode.DoesNotHold,
                        "this node has no custody, so nothing was sealed. See: breakwater custody found --help"
                    );
                UnsealingRequest request = await UnsealingRequest
                    .Of(records, custody, parsed.GetValue(subject)!, cancel)
                    .ConfigureAwait(false);
                string path = parsed.GetValue(output)!;
                try
                {
                    CustodyFile.Write(path, JsonSerializer.Serialize(request, Json.Indented));
                }
                catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
                {
                    throw new Fault(
                        ExitCode.Cannot,
                        $"{path} cannot be written: {fault.Message.TrimEnd('.')}. Name a new file"
                    );
                }

                var summary = new
                {
                    request.Subject,
                    keys = request.Keys.Count,
                    fields = request.Fields.Count,
                };
                if (parsed.GetValue(json))
                {
                    print.Json(summary);
                }
                else
                {
                    print.Line(
                        $"{summary.fields} sealed fields under {summary.keys} keys in {path}"
                    );
                }

                return ExitCode.Done;
            }
        );
        return command;
    }

    public static Command Open(Printing print)
    {
        Argument<string> file = new("FILE") { Description = "What 'custody request' wrote" };
        Option<string[]> shares = new("--share")
        {
            Description = "File with a custodian's share; once for each",
            HelpName = "FILE",
            Required = true,
        };
        Option<bool> json = Options.Json();
        var command = new Command(
            "open",
            "Unseal with the shares of enough custodians, without a store. Example: breakwater custody open request.json --share a.txt --share b.txt"
        )
        {
            file,
            shares,
            json,
        };
        command.SetAction(parsed =>
        {
            UnsealingRequest request = CustodyFile.Read<UnsealingRequest>(
                parsed.GetValue(file)!,
                RequestOctetsMax
            );
            if (!request.IsWhole)
            {
                throw new Fault(
                    ExitCode.Usage,
                    "the request lacks a part. Write it again with 'breakwater custody request'"
                );
            }

            (IReadOnlyList<(FieldAt At, string? Text)> opened, Refusal? refusal) = request.Open([
                .. parsed.GetValue(shares)!.Select(Share),
            ]);
            if (refusal is not null)
            {
                throw new Fault(ExitCode.Refused, refusal.Reason);
            }

            if (parsed.GetValue(json))
            {
                print.Json(
                    new
                    {
                        request.Subject,
                        fields = opened.Select(field => new
                        {
                            field.At.Event,
                            field.At.Path,
                            field.Text,
                        }),
                    }
                );
            }
            else
            {
                foreach ((FieldAt at, string? text) in opened)
                {
                    print.Line($"event {at.Event} {at.Path}: {text ?? "(its key was destroyed)"}");
                }
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static KeyShare Share(string path) =>
        KeyShare.TryParse(PublicKey.Text(path, ShareOctetsMax), out KeyShare? share)
            ? share
            : throw new Fault(
                ExitCode.Usage,
                $"{Path.GetFileName(path)}: not a share, or written down wrongly. Compare it with the paper"
            );
}
