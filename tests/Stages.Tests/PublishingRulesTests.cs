using Breakwater.Decisions.Membership;
using Breakwater.Decisions.Publishing;
using Breakwater.Disruptions;
using Breakwater.Publications;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.MembershipFixture;
using static Breakwater.Stages.Tests.SubjectAsserts;

namespace Breakwater.Stages.Tests;

/// <summary>What becomes of a draft, and what the approval of it covers.</summary>
public sealed class PublishingRulesTests
{
    private static readonly PublicationDocument _english = new(
        "en",
        "A title",
        "pub-1",
        new string('a', 64),
        new string('b', 64)
    );

    [Fact]
    public void The_hash_covers_every_octet_the_harm_note_and_what_is_corrected()
    {
        string hash = Hash();
        Assert.Equal(hash, Draft().Hash);
        Assert.All(
            (string[])
                [
                    Hash(response: "other"),
                    Hash(asOf: Now + Hour),
                    Hash(documents: [_english, _english with { Language = "fr" }]),
                    Hash(documents: [_english with { Html = new string('c', 64) }]),
                    Hash(documents: [_english with { Record = new string('c', 64) }]),
                    Hash(harmNote: "nobody at all"),
                    Hash(replaces: "publication-0"),
                    Hash(correction: "a number"),
                    Hash(form: PublicationForm.GapReport),
                    Hash(files: [new("4w.hxl.csv", "text/csv", new string('d', 64))]),
                    Hash(embargoUntil: Now + Hour),
                ],
            other => Assert.NotEqual(hash, other)
        );
    }

    [Fact]
    public void A_draft_is_read_back_and_is_for_the_community_and_its_harm_note_stays_so()
    {
        PublicationFile draft = Draft();
        ReadsBack(draft);
        Assert.Equal(PublicationFile.Unreleased, draft.Marking);
        PublicationFile released = Apply(
            draft,
            new ReleaseProposed("approval-1", Now),
            new PublicationReleased(draft.Hash, "approval-1", new Signatory("a", "gov"), Now)
        );
        Assert.Equal((Marking.Public, "released"), (released.Marking, released.Standing));
        Assert.Equal(PublicationFile.Unreleased, released.HarmNote.Marking);
        PublicationFile withdrawn = Apply(
            released,
            new PublicationWithdrawn("why", "approval-2", new Signatory("a", "gov"), Now)
        );
        ReadsBack(withdrawn);
        Assert.Equal("withdrawal-unconfirmed", withdrawn.Standing);
        Refused(
            RefusalKind.WrongState,
            WithdrawPublication.Decide(
                withdrawn,
                new("again"),
                "approval-3",
                By("gov", Role.Publisher),
                Now
            )
        );
    }

    [Fact]
    public void What_is_released_is_what_was_composed_or_nothing_is()
    {
        PublicationFile draft = Apply(Draft(), new ReleaseProposed("approval-1", Now));
        Participant by = By("gov", Role.Publisher);
        Assert.Single(
            ReleasePublication.Decide(draft, new() { Hash = draft.Hash }, by, Now).Events
        );
        Refused(RefusalKind.WrongState, ReleasePublication.Decide(draft, new(), by, Now));
        Refused(
            RefusalKind.WrongState,
            ReleasePublication.Decide(draft, new() { Hash = Hash(response: "other") }, by, Now)
        );
        Refused(
            RefusalKind.WrongState,
            ReleasePublication.Decide(
                draft,
                new() { Hash = draft.Hash, Replaced = Draft() with { ReplacedBy = "another" } },
                by,
                Now
            )
        );
    }

    [Fact]
    public void A_draft_is_not_revised_without_end()
    {
        PublicationFile draft = Draft() with { Revisions = PublicationFile.RevisionsMax };
        Refused(
            RefusalKind.TooMuch,
            RevisePublication.Decide(draft, new("note"), By("gov", Role.Publisher), Now)
        );
    }

    [Theory]
    [InlineData("en", "1 authority has not answered. Silence is not a permit.")]
    [InlineData("fr", "Le silence n’est pas une autorisation.")]
    [InlineData("ar", "الصمت ليس تصريحًا.")]
    public void INV_04_A_silent_authority_has_given_no_permit_and_its_silence_has_an_age(
        string language,
        string says
    )
    {
        Walked walk = PublicationsFixture.SudanLike() with
        {
            Clearances = [PublicationsFixture.Permit("the regulator")],
        };
        Publication report = PublicationsFromWalk.Compose(walk, Audience.Public, language);
        Assert.Contains(
            report.Paragraphs,
            paragraph =>
                paragraph.Section == "clearances"
                && paragraph.Text.Contains(says, StringComparison.Ordinal)
        );
        PublishedRow row = Assert.Single(
            Assert.Single(report.Tables, table => table.Section == "clearances").Rows
        );
        Assert.Contains("9", row.Cells[6], StringComparison.Ordinal);
        Assert.Equal(["permit-the regulator"], row.Inputs);
    }

    [Fact]
    public void What_is_held_back_is_not_told_as_none()
    {
        Walked walk = PublicationsFixture.SudanLike() with
        {
            Clearances = [PublicationsFixture.Permit("the regulator")],
        };
        walk = walk with { Detection = walk.Detection with { Blind = [] } };
        Marking closely = PublicationFile.Unreleased;
        Walked held = walk with
        {
            Signals = [.. walk.Signals.Select(one => one with { Marking = closely })],
            Assessment = walk.Assessment with
            {
                Needs = [.. walk.Assessment.Needs.Select(one => one with { Marking = closely })],
            },
            Plans = [.. walk.Plans.Select(one => one with { Marking = closely })],
            Decisions = [.. walk.Decisions.Select(one => one with { Marking = closely })],
            Commitments = [.. walk.Commitments.Select(one => one with { Marking = closely })],
            Restorations = [.. walk.Restorations.Select(one => one with { Marking = closely })],
            Clearances = [.. walk.Clearances.Select(one => one with { Marking = closely })],
        };
        Walked none = walk with
        {
            Signals = [],
            Detection = new Detection([], []),
            Assessment = walk.Assessment with { Needs = [] },
            Plans = [],
            Decisions = [],
            Commitments = [],
            Restorations = [],
            Clearances = [],
        };
        foreach (
            string section in (string[])
                [
                    "rivals",
                    "needs",
                    "plans",
                    "decisions",
                    "commitments",
                    "clearances",
                    "restorations",
                    "fourw",
                ]
        )
        {
            Assert.StartsWith("Nothing of this is released", Told(held, section)[0]);
            Assert.DoesNotContain("withheld", Told(none, section)[0], StringComparison.Ordinal);
        }

        Assert.StartsWith("No feed that is released", Told(held, "unseen")[0]);
        Assert.StartsWith("No feed was blind", Told(none, "unseen")[0]);
        IReadOnlyList<string> blind = Told(none with { BlindWithheld = 1 }, "unseen");
        Assert.StartsWith("No feed that is released", blind[0]);
        Assert.Contains(
            blind,
            text => text.StartsWith("1 record (blind feeds)", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Where_nobody_keeps_permits_nothing_is_told_of_them() =>
        Assert.Empty(Told(PublicationsFixture.SudanLike(), "clearances"));

    private static IReadOnlyList<string> Told(Walked walk, string section) =>
        [
            .. PublicationsFromWalk
                .Compose(walk, Audience.Public, "en")
                .Paragraphs.Where(paragraph => paragraph.Section == section)
                .Select(paragraph => paragraph.Text),
        ];

    private static PublicationFile Draft() =>
        Apply(
            null,
            new PublicationPrepared(
                "publication-1",
                "response-1",
                Now,
                [_english],
                new HarmNote("nobody", PublicationFile.Unreleased),
                null,
                null,
                new Signatory("a", "gov"),
                Now
            )
        );

    private static PublicationFile Apply(
        PublicationFile? before,
        params PublicationEvent[] happened
    ) => happened.Aggregate(before, PublicationFile.Apply)!;

    private static string Hash(
        string response = "response-1",
        Instant? asOf = null,
        IReadOnlyList<PublicationDocument>? documents = null,
        string harmNote = "nobody",
        string? replaces = null,
        string? correction = null,
        PublicationForm form = PublicationForm.SituationReport,
        IReadOnlyList<PublicationAttachment>? files = null,
        Instant? embargoUntil = null
    ) =>
        Apply(
            null,
            new PublicationPrepared(
                "p",
                response,
                asOf ?? Now,
                documents ?? [_english],
                new HarmNote(harmNote, PublicationFile.Unreleased),
                replaces,
                correction,
                new Signatory("a", "gov"),
                Now,
                form,
                null,
                files,
                embargoUntil
            )
        ).Hash;
}
