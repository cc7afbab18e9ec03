using Breakwater.Ledger.Exchange;
using CsCheck;
using Xunit;

namespace Breakwater.Tools.Tests.Ledger.Exchange;

/// <summary>Merging two courses loses nothing, does not depend on who imports first, and does nothing twice.</summary>
public sealed class MergeTests
{
    private static readonly Gen<bool> _isByItself = Gen.Int[0, 3].Select(one => one == 0);

    private static readonly Gen<(Course Ours, Course Theirs)> _pair =
        from trunk in _isByItself.Array[0, 2]
        from ours in _isByItself.Array[0, 3]
        from theirs in _isByItself.Array[0, 3]
        from settled in Gen.Select(Gen.Bool, Gen.Int[0, 3], Gen.Bool, Gen.Bool).Array[0, 3]
        from isShared in Gen.Int[0, 2]
        select Pair(trunk, ours, theirs, settled, isShared);

    [Fact]
    public void INV_16_Whoever_imports_first_the_same_stands_or_both_hold_the_conflict() =>
        _pair.Sample(pair =>
        {
            Merged here = Merge.Of(pair.Ours, pair.Theirs);
            Merged there = Merge.Of(pair.Theirs, pair.Ours);
            Assert.Equal(here.Trunk, there.Trunk);
            Assert.Equal(here.Kind == MergeKind.Diverged, there.Kind == MergeKind.Diverged);
            if (here.Kind != MergeKind.Diverged)
            {
                Assert.Equal(
                    Ids(After(pair.Ours, pair.Theirs)),
                    Ids(After(pair.Theirs, pair.Ours))
                );
            }
        });

    [Fact]
    public void INV_16_What_arrives_twice_changes_nothing() =>
        _pair.Sample(pair =>
        {
            Course once = After(pair.Ours, pair.Theirs);
            Course twice = After(once, pair.Theirs);
            Assert.Equal(Ids(once), Ids(twice));
            Assert.Equal(
                once.Settlements.Select(one => one.Id),
                twice.Settlements.Select(one => one.Id)
            );
            Assert.Equal(
                Merge.Of(pair.Ours, pair.Theirs).Kind == MergeKind.Diverged,
                Merge.Of(once, pair.Theirs).Kind == MergeKind.Diverged
            );
        });

    [Fact]
    public void INV_16_Nothing_that_a_person_did_goes_without_a_person_who_settled_so() =>
        _pair.Sample(pair =>
        {
            Merged merged = Merge.Of(pair.Ours, pair.Theirs);
            HashSet<string> stands = [.. Ids(After(pair.Ours, pair.Theirs))];
            Step[] gone =
            [
                .. pair
                    .Ours.Steps.Concat(pair.Theirs.Steps)
                    .Where(step => !step.IsByItself && !stands.Contains(step.Id)),
            ];
            if (merged.Kind == MergeKind.Diverged)
            {
                Assert.All(gone, step => Assert.Contains(step, pair.Theirs.Steps));
                return;
            }

            HashSet<string> dropped =
            [
                .. pair
                    .Ours.Settlements.Concat(pair.Theirs.Settlements)
                    .SelectMany(one => one.Dropped),
            ];
            Assert.All(gone, step => Assert.Contains(step.Id, dropped));
        });

    /// <summary>Acts, meetings and settlements of three nodes, in any order; in the end they meet until nothing is open.</summary>
    [Fact]
    public void INV_16_Nodes_that_meet_often_enough_and_settle_come_to_one_course() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 2], Gen.Int[0, 2])
            .Array[1, 25]
            .Sample(happenings =>
            {
                Node[] nodes = [new("a"), new("b"), new("c")];
                foreach ((int what, int at, int other) in happenings)
                {
                    switch (what)
                    {
                        case 0 or 1:
                            nodes[at].Act();
                            break;
                        case 2 or 3:
                            nodes[at].Import(nodes[other]);
                            break;
                        default:
                            nodes[at].Settle(isTheirs: other == 0);
                            break;
                    }
                }

                // One of them settles: two who settle each other's way for ever would never agree, and need not.
                for (int round = 0; round < 12; round++)
                {
                    foreach (Node one in nodes)
                    {
                        foreach (Node other in nodes)
                        {
                            one.Import(other);
                        }
                    }

                    while (nodes[0].Settle(isTheirs: round % 2 == 0)) { }
                    nodes[1].Import(nodes[0]);
                    nodes[2].Import(nodes[0]);
                }

                Assert.Equal(Ids(nodes[0].Course), Ids(nodes[1].Course));
                Assert.Equal(Ids(nodes[0].Course), Ids(nodes[2].Course));
            });

    private static IEnumerable<string> Ids(Course course) => course.Steps.Select(step => step.Id);

    /// <summary>As an import leaves our course.</summary>
    private static Course After(Course ours, Course theirs)
    {
        Merged merged = Merge.Of(ours, theirs);
        IEnumerable<Step> steps = merged.Kind switch
        {
            MergeKind.Continued or MergeKind.Replaced =>
            [
                .. ours.Steps.Take(merged.Trunk),
                .. theirs.Steps.Skip(merged.Trunk),
            ],
            _ => ours.Steps,
        };
        return new Course([.. steps], [.. ours.Settlements, .. merged.News]);
    }

    private static (Course, Course) Pair(
        bool[] trunk,
        bool[] ours,
        bool[] theirs,
        (bool IsOurs, int Steps, bool IsOver, bool IsHere)[] settled,
        int isShared
    )
    {
        Step[] common = Branch([], "t", trunk);
        Step[] our = Branch(common, "a", ours);
        Step[] their = Branch(common, "b", theirs);
        var settlements = new List<Settlement>();
        foreach ((bool isOurs, int steps, bool isOver, _) in settled)
        {
            Step[] branch = isOurs ? our : their;
            settlements.Add(
                new Settlement(
                    $"s{settlements.Count}",
                    "c",
                    [.. branch.Take(steps).Select(step => step.Id)],
                    isOver ? [.. settlements.Select(one => one.Id)] : []
                )
            );
        }

        return (
            new Course(
                [.. common, .. our],
                [.. settlements.Where((_, i) => isShared == 0 || settled[i].IsHere)]
            ),
            new Course(
                [.. common, .. their],
                [.. settlements.Where((_, i) => isShared == 0 || !settled[i].IsHere)]
            )
        );
    }

    private static Step[] Branch(Step[] before, string name, bool[] steps)
    {
        string id = before.Length == 0 ? "" : before[^1].Id;
        return [.. steps.Select((isByItself, i) => new Step(id += $"/{name}{i}", isByItself))];
    }

    private sealed class Node(string name)
    {
        private readonly Dictionary<string, (int Trunk, Step[] Theirs)> _open = [];
        private int _count;

        public Course Course { get; private set; } = new([], []);

        public void Act()
        {
            string before = Course.Steps.Count == 0 ? "" : Course.Steps[^1].Id;
            Course = Course with
            {
                Steps = [.. Course.Steps, new Step($"{before}/{name}{_count++}", false)],
            };
        }

        public void Import(Node other)
        {
            Merged merged = Merge.Of(Course, other.Course);
            if (merged.Kind == MergeKind.Diverged)
            {
                Step[] theirs = [.. other.Course.Steps.Skip(merged.Trunk)];
                _open[
                    Breakwater.Ledger.Exchange.Course.Conflict(
                        Course.Steps[merged.Trunk].Id,
                        theirs[0].Id
                    )
                ] = (merged.Trunk, theirs);
            }

            Course = After(Course, other.Course);
        }

        public bool Settle(bool isTheirs)
        {
            if (_open.Count == 0)
            {
                return false;
            }

            (string conflict, (int trunk, Step[] theirs)) = _open.First();
            _open.Remove(conflict);
            bool hasTrunk =
                trunk <= Course.Steps.Count
                && (
                    trunk == 0
                    || theirs[0].Id.StartsWith(Course.Steps[trunk - 1].Id, StringComparison.Ordinal)
                );
            bool isKept = isTheirs && hasTrunk && trunk < Course.Steps.Count;
            Step[] dropped = isKept ? [.. Course.Steps.Skip(trunk)] : theirs;
            Step[] stands = isKept ? [.. Course.Steps.Take(trunk), .. theirs] : [.. Course.Steps];
            Course = new Course(
                stands,
                [
                    .. Course.Settlements,
                    new Settlement(
                        $"{name}-s{_count++}",
                        conflict,
                        [.. dropped.Select(step => step.Id)],
                        Course.Over(conflict, stands[^1].Id)
                    ),
                ]
            );
            return true;
        }
    }
}
