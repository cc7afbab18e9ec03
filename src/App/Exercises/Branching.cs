using System.Text;
using System.Text.RegularExpressions;
using Breakwater.App.Accounts;
using Breakwater.App.Keeping;
using Breakwater.App.Subjects;
using Breakwater.Ledger;
using Breakwater.Preparedness.Exercises;
using Breakwater.Records;
using NodaTime;

namespace Breakwater.App.Exercises;

/// <summary>
/// An exercise that goes on from a moment of another: all that happened until then, recorded anew by a node of its own, in the same
/// order, with the same authors and at the same moments. It names its parent and the root of what it took.
/// </summary>
internal static partial class Branching
{
    private const string Author = "branching";

    /// <param name="to">A new folder.</param>
    /// <param name="until">The last moment that is taken; null for all.</param>
    /// <returns>The name of the new node, and how many events it took.</returns>
    public static async Task<(string Node, long Events)> Do(
        IRecords parent,
        string folder,
        string to,
        Instant? until,
        CancellationToken cancel
    )
    {
        if (Directory.Exists(to) && Directory.EnumerateFileSystemEntries(to).Any())
        {
            throw new Fault(
                ExitCode.Refused,
                $"{to} is not empty. Give a branch a folder of its own"
            );
        }

        Directory.CreateDirectory(to);
        var clock = new ExerciseClock(TimeProvider.System);
        await using SqlRecords branch = DataFolder.Open(to, clock, isExercise: true);
        var tree = new MerkleTree();
        var started = new HashSet<string>(StringComparer.Ordinal);
        Instant last = NodaConstants.UnixEpoch;
        await foreach (Event entry in parent.EventsFrom(1, cancel).ConfigureAwait(false))
        {
            // What has ended does not go on; its branch goes on from before the end.
            if (entry.Envelope.Clock.Wall > until || entry.Envelope.Type == nameof(RunEnded))
            {
                break;
            }

            tree.Append(entry.LeafHash);
            last = entry.Envelope.Clock.Wall;
            clock.Follow(new RunClock(last, 1, IsRunning: false));
            await KeepEvidence(parent, branch, entry, cancel).ConfigureAwait(false);
            Envelope envelope = entry.Envelope;
            await branch
                .Append(
                    [
                        new Write(
                            envelope.Subject,
                            envelope.SubjectVersion - 1,
                            [Draft.Again(entry, envelope.Marking, envelope.Evidence)]
                        )
                        {
                            Keys = started.Add(envelope.Subject)
                                ? await parent.KeysOf(envelope.Subject).ConfigureAwait(false)
                                : [],
                        },
                    ],
                    cancel: cancel
                )
                .ConfigureAwait(false);
        }

        await branch.Rebuild(cancel).ConfigureAwait(false);
        await Note(
                branch,
                new RunBranchedFrom(
                    last,
                    Author,
                    parent.Node.Name,
                    tree.Size,
                    Convert.ToBase64String(tree.Root())
                ),
                cancel
            )
            .ConfigureAwait(false);
        AccountsCopy.Write(to, [.. AccountsCopy.Read(new AccountSettings(folder))]);
        Copy(
            Path.Combine(folder, ExerciseNode.ScenarioFolder),
            Path.Combine(to, ExerciseNode.ScenarioFolder)
        );
        return (branch.Node.Name, tree.Size);
    }

    /// <summary>Whatever an event names by its hash, in its envelope or within.</summary>
    private static async Task KeepEvidence(
        IRecords from,
        SqlRecords to,
        Event entry,
        CancellationToken cancel
    )
    {
        IEnumerable<string> named = entry
            .Envelope.Evidence.Select(evidence => evidence.Sha256)
            .Concat(
                Hash()
                    .Matches(Encoding.UTF8.GetString(entry.Payload.Span))
                    .Select(match => match.Value)
            )
            .Distinct(StringComparer.Ordinal);
        foreach (string sha256 in named)
        {
            if (
                await to.Evidence(sha256).ConfigureAwait(false) is null
                && await from.Evidence(sha256).ConfigureAwait(false) is { } octets
            )
            {
                await to.Keep(octets, cancel).ConfigureAwait(false);
            }
        }
    }

    private static async Task Note(IRecords records, RunEvent happened, CancellationToken cancel)
    {
        var work = new Workspace(records);
        Loaded<ExerciseRun> run = await work.Load<ExerciseRun, RunEvent>(ExerciseRun.TheOne)
            .ConfigureAwait(false);
        work.Stage(run, [happened], Author);
        await work.Commit(null, cancel).ConfigureAwait(false);
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    [GeneratedRegex("(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")]
    private static partial Regex Hash();
}
