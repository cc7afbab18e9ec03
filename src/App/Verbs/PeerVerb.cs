using System.CommandLine;
using Breakwater.App.Exchange;
using Breakwater.App.Verbs.Verifying;
using Breakwater.Ledger;
using Breakwater.Records;
using Breakwater.Vocabulary;

namespace Breakwater.App.Verbs;

/// <summary><c>peer trust / drop / list</c>: the nodes that bundles are taken from and made for.</summary>
internal static class PeerVerb
{
    public static Command Command(Printing print) =>
        new("peer", "Nodes that this one exchanges bundles with: trust one, drop one, list them")
        {
            Trust(print),
            Drop(print),
            List(print),
        };

    private static Command Trust(Printing print)
    {
        var verifier = new Argument<string>("VERIFIER")
        {
            Description =
                "Public key of the other node, or a file that holds it: its 'breakwater verify' prints it. Compare it by another way than the one it came by",
        };
        var organisation = new Option<string>("--organisation")
        {
            Description = "The vetted organisation of this node that runs the other one",
            HelpName = "ID",
            Required = true,
        };
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "trust",
            "Take bundles from a node and make them for it. Example: breakwater peer trust node-1f00+12345678+AbCd --organisation relief"
        )
        {
            verifier,
            organisation,
            json,
            data,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                Verifier node = PublicKey.Read(parsed.GetValue(verifier)!, "VERIFIER");
                string by = parsed.GetValue(organisation)!;
                await using SqlRecords records = DataFolder.OpenExisting(
                    DataFolder.Path(parsed.GetValue(data))
                );
                ThrowIf(
                    await Peers.Trust(records, node, by, cancel).ConfigureAwait(false),
                    "not trusted"
                );
                Tell(
                    print,
                    parsed.GetValue(json),
                    new { Node = node.Name, Organisation = by },
                    $"{node.Name} is a peer, run by {by}. The other way round, it needs: breakwater peer trust {records.Node} --organisation ID"
                );
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static Command Drop(Printing print)
    {
        var name = new Argument<string>("NODE")
        {
            Description = "Its name, as 'peer list' shows it",
        };
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "drop",
            "Take no more bundles from a node and make none for it. What was taken stays. Example: breakwater peer drop node-1f00"
        )
        {
            name,
            json,
            data,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                string node = parsed.GetValue(name)!;
                await using SqlRecords records = DataFolder.OpenExisting(
                    DataFolder.Path(parsed.GetValue(data))
                );
                ThrowIf(
                    await Peers.Drop(records, node, cancel).ConfigureAwait(false),
                    "not dropped"
                );
                Tell(
                    print,
                    parsed.GetValue(json),
                    new { Dropped = node },
                    $"{node} is no peer any more"
                );
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static Command List(Printing print)
    {
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "list",
            "This node's public key and its peers. Example: breakwater peer list"
        )
        {
            json,
            data,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                await using SqlRecords records = DataFolder.OpenToRead(
                    DataFolder.Path(parsed.GetValue(data))
                );
                Peer[] peers = [.. (await Peers.Of(records, cancel).ConfigureAwait(false)).Values];
                Tell(
                    print,
                    parsed.GetValue(json),
                    new
                    {
                        Key = records.Node.ToString(),
                        Peers = peers.Select(peer => new
                        {
                            Node = peer.Node.Name,
                            Verifier = peer.Node.ToString(),
                            peer.Organisation,
                        }),
                    },
                    string.Join(
                        '\n',
                        [
                            $"this node: {records.Node}",
                            .. peers.Select(peer =>
                                $"{peer.Node.Name}, run by {peer.Organisation}"
                            ),
                        ]
                    )
                );
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static void ThrowIf(Refusal? refusal, string what)
    {
        if (refusal is not null)
        {
            throw new Fault(
                refusal.Kind == RefusalKind.Invalid ? ExitCode.Usage : ExitCode.Refused,
                $"{what}: {refusal.Reason}"
            );
        }
    }

    private static void Tell(Printing print, bool isJson, object document, string text)
    {
        if (isJson)
        {
            print.Json(document);
        }
        else
        {
            print.Line(text);
        }
    }
}
