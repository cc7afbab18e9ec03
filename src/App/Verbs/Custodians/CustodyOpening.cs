using System.CommandLine;
using System.Text.Json;
using Breakwater.App.Sealing;
using Breakwater.App.Subjects;
using Breakwater.App.Verbs.Verifying;
using Breakwater.Decisions.Membership;
using Breakwater.Ledger.Sealing;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Verbs.Custodians;

/// <summary>The node gives out ciphertext; custodians open it on a machine of their own.</summary>
internal static class CustodyOpening
{
    private const long RequestOctetsMax = 64L << 20;
    private const int ShareOctetsMax = 1024;

    public static Command Request(Printing print)
    {
        Argument<string> subject = new("SUBJECT") { Description = "kind/id, such as mission/m-1" };
        Option<string> approval = new("--approval")
        {
            Description = "Id of an approval by custodians of two organisations; it is used up",
            HelpName = "ID",
            Required = true,
        };
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
            "Write what custodians need to unseal a subject, once two of them approved it. Example: breakwater custody request mission/m-1 --approval ID --out request.json"
        )
        {
            subject,
            approval,
            output,
            json,
            data,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                string path = parsed.GetValue(output)!;
                if (File.Exists(path))
                {
                    throw new Fault(ExitCode.Usage, $"{path} exists. Name a new file");
                }

                await using SqlRecords records = DataFolder.OpenExisting(
                    DataFolder.Path(parsed.GetValue(data))
                );
                UnsealingRequest request = await Handed(
                        records,
                        parsed.GetValue(subject)!,
                        parsed.GetValue(approval)!,
                        cancel
                    )
                    .ConfigureAwait(false);
                try
                {
                    CustodyFile.Write(path, JsonSerializer.Serialize(request, Json.Indented));
                }
                catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
                {
                    throw new Fault(
                        ExitCode.Cannot,
                        $"{path} cannot be written: {fault.Message.TrimEnd('.')}. The approval is used up; propose another"
                    );
                }

                Tell(print, parsed.GetValue(json), request, path);
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static void Tell(Printing print, bool isJson, UnsealingRequest request, string path)
    {
        var summary = new
        {
            request.Subject,
            keys = request.Keys.Count,
            fields = request.Fields.Count,
        };
        if (isJson)
        {
            print.Json(summary);
        }
        else
        {
            print.Line($"{summary.fields} sealed fields under {summary.keys} keys in {path}");
        }
    }

    /// <summary>On record before it is handed out: by the first of the two, on whose behalf the operator asks.</summary>
    private static async Task<UnsealingRequest> Handed(
        IRecords records,
        string subject,
        string approval,
        CancellationToken cancel
    )
    {
        Custody custody =
            await CustodyOnRecord.Of(records, cancel).ConfigureAwait(false)
            ?? throw new Fault(
                ExitCode.DoesNotHold,
                "this node has no custody, so nothing was sealed. See: breakwater custody found --help"
            );
        var work = new Workspace(records);
        Loaded<Approval> at = await work.Load<Approval, ApprovalEvent>(approval)
            .ConfigureAwait(false);
        if (
            at.State is not { Action: ApprovalAction.Unseal } approved
            || approved.Subject != subject
        )
        {
            throw new Fault(
                ExitCode.Refused,
                $"there is no approval {approval} to unseal {subject}. Two custodians of different organisations give one by the API: see sealed-fields and approvals"
            );
        }

        Instant now = SystemClock.Instance.GetCurrentInstant();
        var roll = new Roll(records, SystemClock.Instance, Trouble.Untold);
        (Participant by, _) = await roll.Of(approved.By.Person).ConfigureAwait(false);
        (UnsealingRequest? given, Refusal? refusal) = await Unsealing
            .Stage(
                work,
                roll,
                at,
                await UnsealingRequest.Of(records, custody, subject, cancel).ConfigureAwait(false),
                by,
                "operator",
                now
            )
            .ConfigureAwait(false);
        bool isDone =
            work.IsEmpty || await work.Commit(null, cancel).ConfigureAwait(false) is Appended;
        return refusal is not null ? throw new Fault(ExitCode.Refused, refusal.Reason)
            : isDone ? given!
            : throw new Fault(ExitCode.Conflict, "the approval was used at this moment");
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
                        request.Approval,
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
                print.Line(
                    $"approved by {request.Approval!.First.Person} of {request.Approval.First.Organisation} and {request.Approval.Second.Person} of {request.Approval.Second.Organisation}"
                );
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
