using System.Text.Json;
using Breakwater.Decisions.Conflicts;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.Stages.Tests;

/// <summary>Who may settle a conflict, when, and what becomes of it.</summary>
public sealed class DecisionsConflictsTests
{
    private static readonly Instant _now = Instant.FromUtc(2026, 3, 1, 12, 0);
    private static readonly Settle _good = new(Keep.Theirs, "both agree", 4) { Actual = 4 };

    private static Participant Of(string person, string? organisation) =>
        new(
            person,
            organisation,
            StakeholderClass.CivilSociety,
            new HashSet<Role> { Role.Representative }
        );

    private static Branch BranchOf(string node, string author, string organisation) =>
        new(
            node,
            "open",
            JsonElement.Parse("{}"),
            [
                new BranchEvent(
                    $"step-{author}",
                    node,
                    7,
                    "PositionTaken",
                    1,
                    author,
                    _now,
                    null,
                    Marking.Public,
                    JsonElement.Parse($$"""{"stakeholder":"{{organisation}}"}""")
                ),
            ]
        );

    private static readonly Conflict _open = Conflict.Apply(
        null,
        new ConflictOpened(
            _now,
            "operator",
            "c-1",
            "decision/1",
            1,
            "trunk",
            BranchOf("here", "ana", "relief"),
            BranchOf("there", "ben", "families"),
            Marking.Public
        )
    );

    private static Decided<ConflictEvent> Decide(
        Settle command,
        Participant? by = null,
        Conflict? state = null
    ) =>
        Settle.Decide(
            state ?? _open,
            command,
            by ?? Of("cem", "carrier"),
            _now + Duration.FromHours(1)
        );

    [Fact]
    public void INV_16_A_settlement_says_which_by_whom_and_why_and_loses_neither_branch()
    {
        Conflict settled = Conflict.Apply(_open, Assert.Single(Decide(_good).Events));
        Assert.Equal("settled", settled.Standing);
        Assert.Equal(
            new ConflictSettlement(
                Keep.Theirs,
                "both agree",
                "cem",
                "carrier",
                _now + Duration.FromHours(1)
            ),
            settled.Settlement
        );
        Assert.Equal((_open.Ours, _open.Theirs), (settled.Ours, settled.Theirs));
        Assert.Contains(
            "settled already",
            Why(Decide(_good, state: settled)),
            StringComparison.Ordinal
        );
        // More of a branch opens it again.
        Assert.Equal(
            "open",
            Conflict
                .Apply(
                    settled,
                    new BranchesContinued(
                        _now,
                        "operator",
                        settled.Ours,
                        settled.Theirs,
                        Marking.Public
                    )
                )
                .Standing
        );
    }

    [Fact]
    public void Whoever_wrote_one_side_alone_does_not_settle()
    {
        foreach (
            (string person, string organisation) in (IEnumerable<(string, string)>)
                [("ana", "carrier"), ("ben", "carrier"), ("dua", "relief"), ("dua", "families")]
        )
        {
            Assert.Contains(
                "one of the two branches",
                Why(Decide(_good, Of(person, organisation))),
                StringComparison.Ordinal
            );
        }

        Assert.Contains("member", Why(Decide(_good, Of("cem", null))), StringComparison.Ordinal);
        // Who wrote both is on neither side alone.
        Conflict own = _open with
        {
            Theirs = BranchOf("there", "eva", "relief"),
        };
        Assert.Null(Decide(_good, Of("dua", "relief"), own).Refusal);
    }

    [Fact]
    public void What_was_not_seen_is_not_dropped()
    {
        Assert.Contains(
            "moved on here",
            Why(Decide(_good with { Actual = 5 })),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "does not stand here any more",
            Why(Decide(_good with { HasTrunk = false })),
            StringComparison.Ordinal
        );
        Assert.Null(Decide(_good with { HasTrunk = false, Keep = Keep.Ours }).Refusal);
        Assert.Contains(
            "stands here already",
            Why(Decide(_good with { StandsAlready = true, Keep = Keep.Ours })),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "reason",
            Why(Decide(_good with { Reason = " " })),
            StringComparison.Ordinal
        );
    }

    private static string Why(Decided<ConflictEvent> decided) => decided.Refusal!.Reason;
}
