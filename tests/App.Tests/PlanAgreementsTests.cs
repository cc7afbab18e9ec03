using Breakwater.App.Pages;
using Breakwater.App.Subjects;
using Breakwater.Feeds;
using Breakwater.Plans;
using Breakwater.Preparedness.Agreements;
using Breakwater.Preparedness.Agreements.Proposing;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>A plan says which agreements its offers stand under, as far as its reader may know of them.</summary>
public sealed class PlanAgreementsTests : IAsyncLifetime
{
    private static readonly Instant _now = Instant.FromUtc(2024, 2, 8, 0, 0);

    private readonly string _folder = DataFolder.Fresh();
    private SqlRecords _records = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _records = DataFolder.Open(_folder);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _records.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_plan_links_the_agreement_of_an_offer_and_not_one_that_its_reader_may_not_see()
    {
        WalkResult walk = Walk.Run(
            BundledScenarios.Read("sudan-2024-02").Scenario!,
            PlanHand.None,
            _ => { }
        );
        await Recording.Keep(_records, walk, Cancel);
        Plan before = walk.Walked.Plans[0];
        Plan plan = before with
        {
            Id = $"{before.Id}-under",
            Lines =
            [
                before.Lines[0] with
                {
                    Agreements = ["open-roaming", "closed-aid"],
                },
                .. before.Lines.Skip(1),
            ],
        };
        var work = new Workspace(_records);
        Agree(work, "open-roaming", "Roaming in need", Marking.Public);
        Agree(
            work,
            "closed-aid",
            "Aid behind doors",
            new Marking(Distribution.Community, Tlp.Amber)
        );
        work.Record("planning/under", 0, [Recording.Of(plan)]);
        Assert.IsType<Appended>(await work.Commit(null, cancel: Cancel));

        string html = (
            await PlanPage.Write(new PublicView(_records), PageTexts.For("en"), plan.Id)
        )!;
        Assert.Contains("Under the agreement:", html, StringComparison.Ordinal);
        Assert.Contains("/agreements/open-roaming", html, StringComparison.Ordinal);
        Assert.Contains("Roaming in need", html, StringComparison.Ordinal);
        Assert.DoesNotContain("closed-aid", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Aid behind doors", html, StringComparison.Ordinal);
    }

    private static void Agree(Workspace work, string id, string name, Marking marking)
    {
        var by = new Participant(
            "one",
            "first",
            StakeholderClass.PrivateSector,
            new HashSet<Role> { Role.Representative }
        );
        Decided<AgreementEvent> decided = ProposeAgreement.Decide(
            null,
            new ProposeAgreement(
                id,
                name,
                [
                    new AgreementParty("A first party", StakeholderClass.PrivateSector, "first"),
                    new AgreementParty("A second party", StakeholderClass.PrivateSector, "second"),
                ],
                new AgreementTerms(
                    AgreementKind.NationalRoaming,
                    [Place.OfCountry("SD")],
                    "Subscribers use either network",
                    [PopulationGroup.Residents],
                    [],
                    [],
                    _now,
                    null,
                    null,
                    null,
                    12
                ),
                marking
            )
            {
                Known = new AgreementsOnRecord([], new Dictionary<string, IReadOnlyList<string>>()),
            },
            by,
            _now
        );
        Assert.Null(decided.Refusal);
        work.Stage(new Loaded<Agreement>($"agreement/{id}", 0, null), decided.Events, by.Person);
    }
}
