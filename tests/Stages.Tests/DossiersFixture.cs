using Breakwater.Decisions.Dossiers;
using Breakwater.Decisions.Membership;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.Stages.Tests;

/// <summary>A dossier with what a test needs in it.</summary>
internal static class DossiersFixture
{
    public static readonly Instant Start = Instant.FromUtc(2026, 3, 1, 0, 0);
    public static readonly Marking Community = new(Distribution.Community, Tlp.Green);
    public static readonly string ShortHash = new('a', 64);
    public static readonly string LongHash = new('b', 128);
    public static readonly KeptOctets Kept = new(1_000, ShortHash, LongHash);

    public static Participant Of(string organisation, params Role[] roles) =>
        new(
            $"somebody-of-{organisation}",
            organisation,
            StakeholderClass.Academia,
            (roles.Length == 0 ? [Role.Analyst] : roles).ToHashSet()
        );

    public static CollectItem Command { get; } =
        new(
            "page.html",
            "text/html",
            ShortHash,
            LongHash,
            "https://example.org/page",
            null,
            new Capture(
                Start - Duration.FromHours(1),
                CaptureMethod.WebCapture,
                "wget",
                "1.21",
                "capturer-1",
                Role.Analyst
            ),
            Role.Analyst,
            "it shows the notice",
            Marking: Community
        )
        {
            Kept = Kept,
        };

    public static Dossier Opened() =>
        Then(
            null,
            OpenDossier.Decide(
                null,
                new OpenDossier("d-1", "The cut", "what is known", "disruption-1", null, Community)
                {
                    MarkingOfSubject = Marking.Public,
                },
                Of("a"),
                Start
            )
        );

    public static Dossier WithItem(CollectItem? command = null) =>
        Then(Opened(), CollectItem.Decide(Opened(), command ?? Command, Of("a"), Start));

    public static Dossier Then(Dossier? state, Decided<DossierEvent> decided)
    {
        Assert.Null(decided.Refusal);
        return decided.Events.Aggregate(state, Dossier.Apply)!;
    }

    public static Dossier Supporting(Dossier state, string item, string fact, bool value = true) =>
        Then(
            state,
            SupportFact.Decide(
                state,
                new SupportFact(item, fact, value, new Confidence(0.8), Role.Analyst, "read there"),
                Of("b"),
                Start
            )
        );

    public static Organisation Operating(string id) =>
        Organisation.Apply(
            null,
            new OrganisationFounded(
                id,
                id,
                StakeholderClass.Academia,
                "helps",
                [],
                [],
                Community,
                Start
            )
        );
}
