using System.Reflection;
using Breakwater.Decisions;
using Breakwater.Decisions.Missions;
using Breakwater.Disruptions;
using Breakwater.Needs;
using Breakwater.Plans;
using Breakwater.Publications;
using Breakwater.Restorations;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using Xunit;
using static Breakwater.Stages.Tests.MissionsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>INV-18 as far as findings are recorded: on the protection of assets.</summary>
public sealed class FindingsTests
{
    private static readonly string[] _verdicts =
    [
        "lawful",
        "illegal",
        "guilt",
        "violat",
        "warcrime",
        "breachof",
    ];

    private static readonly Assembly[] _steps =
    [
        typeof(Marking).Assembly,
        typeof(Signal).Assembly,
        typeof(Disruption).Assembly,
        typeof(Need).Assembly,
        typeof(Plan).Assembly,
        typeof(Decision).Assembly,
        typeof(Restoration).Assembly,
        typeof(Publication).Assembly,
    ];

    [Theory]
    [InlineData("", "a survey")]
    [InlineData("it serves people", " ")]
    public void INV_18_A_finding_without_basis_or_source_is_refused(string basis, string source) =>
        Assert.Equal(RefusalKind.Invalid, Find(null, basis, source).Refusal!.Kind);

    [Fact]
    public void INV_18_A_finding_keeps_its_author_and_stands_beside_the_one_that_contests_it()
    {
        AssetProtection? asset = null;
        foreach (
            ProtectionStatus status in (ProtectionStatus[])
                [ProtectionStatus.Civilian, ProtectionStatus.Contested]
        )
        {
            asset = Find(asset, "it serves people", "a survey", status)
                .Events.Aggregate(asset, AssetProtection.Apply);
        }

        Assert.Equal(
            [
                (ProtectionStatus.Civilian, Lead.Person, "a survey"),
                (ProtectionStatus.Contested, Lead.Person, "a survey"),
            ],
            asset!.Findings.Select(finding => (finding.Status, finding.Author, finding.Source))
        );
        Assert.Equal("contested", asset.Standing);
    }

    [Fact]
    public void INV_18_No_member_or_value_of_any_step_states_lawfulness_or_guilt()
    {
        string[] names =
        [
            .. _steps
                .SelectMany(assembly => assembly.GetExportedTypes())
                .SelectMany(type =>
                    type.GetMembers(
                            BindingFlags.Public
                                | BindingFlags.Static
                                | BindingFlags.Instance
                                | BindingFlags.DeclaredOnly
                        )
                        .Select(member => $"{type.Name}.{member.Name}")
                ),
        ];
        Assert.True(names.Length > 1_000);
        Assert.DoesNotContain(
            names,
            name =>
                _verdicts.Any(verdict => name.Contains(verdict, StringComparison.OrdinalIgnoreCase))
        );
    }

    private static Decided<ProtectionEvent> Find(
        AssetProtection? asset,
        string basis,
        string source,
        ProtectionStatus status = ProtectionStatus.Civilian
    ) =>
        RecordProtection.Decide(
            asset,
            new("exchange-1", status, basis, source, Partners),
            Lead,
            Noon
        );
}
