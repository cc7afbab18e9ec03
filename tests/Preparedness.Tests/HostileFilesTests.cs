using System.Text;
using Breakwater.Feeds;
using Breakwater.Feeds.Consultations;
using Breakwater.Feeds.Injects;
using Breakwater.Feeds.Preparing;
using Breakwater.Vocabulary;
using CsCheck;
using Xunit;

namespace Breakwater.Preparedness.Tests;

/// <summary>Files that anybody can hand in: whatever octets they hold, they are read or refused with a place, and nothing is thrown.</summary>
public sealed class HostileFilesTests
{
    private const int Tries = 300;

    private static readonly Scenario _scenario = BundledScenarios.Read("sudan-2024-02").Scenario!;

    private static readonly byte[] _injects = File.ReadAllBytes(
        Path.Combine(BundledScenarios.Folder, "sudan-2024-02", InjectsReader.FileName)
    );

    private static readonly byte[] _inputs = File.ReadAllBytes(
        Path.Combine(BundledScenarios.Folder, "afrinic-2025", InputsFile.FileName)
    )[..4_000];

    private static readonly byte[] _checklist = File.ReadAllBytes(ChecklistReader.Bundled)[..6_000];

    /// <summary>Stretches of a good file in another order, with octets put in, taken out and changed.</summary>
    private static Gen<byte[]> Broken(byte[] good) =>
        Gen.Select(
                Gen.Int[0, good.Length - 1].Array[0, 8],
                Gen.Byte.Array[0, 8],
                Gen.Int[0, good.Length]
            )
            .Select(
                (at, octets, length) =>
                {
                    byte[] broken = [.. good[..length]];
                    for (int i = 0; i < Math.Min(at.Length, octets.Length); i++)
                    {
                        if (at[i] < broken.Length)
                        {
                            broken[at[i]] = octets[i];
                        }
                    }

                    return broken;
                }
            );

    private static Gen<byte[]> Any(byte[] good) =>
        Gen.OneOf(
            Gen.Byte.Array[0, 300],
            Gen.String[0, 300].Select(Encoding.UTF8.GetBytes),
            Broken(good)
        );

    [Fact]
    public void Injects_of_any_octets_are_a_plan_or_faults_with_their_lines() =>
        Any(_injects)
            .Sample(
                octets =>
                {
                    InjectsRead read = InjectsReader.Read(
                        SourceFile.Of("injects.yaml", octets),
                        _scenario
                    );
                    Assert.NotEqual(read.Plan is null, read.Faults.Count == 0);
                    Placed(read.Faults);
                },
                iter: Tries
            );

    [Fact]
    public void Inputs_of_any_octets_are_read_as_far_as_they_can_be_and_the_rest_has_its_line() =>
        Any(_inputs)
            .Sample(octets => Placed(InputsFile.Parse("inputs.json", octets).Faults), iter: Tries);

    [Fact]
    public void A_checklist_of_any_octets_is_one_or_has_faults_with_their_lines() =>
        Any(_checklist)
            .Sample(
                octets =>
                {
                    ChecklistRead read = ChecklistReader.Read(
                        SourceFile.Of("checklist.yaml", octets)
                    );
                    Assert.NotEqual(read.Checklist is null, read.Faults.Count == 0);
                    Placed(read.Faults);
                },
                iter: Tries
            );

    [Fact]
    public void Text_that_is_none_is_left_out_with_its_line_and_the_next_input_is_read()
    {
        byte[] octets =
        [
            .. """[{"id": "a", "at": "2026-01-31T12:00:00Z", "text": "\ud800 half of a letter"},"""u8,
            .. "\n{\"id\": \"b\", \"at\": \"2026-01-31T12:00:00Z\", \"text\": \"caf"u8,
            0xe9,
            .. "\"},\n{\"id\": \"c\", \"at\": \"2026-01-31T12:00:00Z\", \"text\": \"whole\"}]"u8,
        ];
        InputsRead read = InputsFile.Parse("inputs.json", octets);
        Assert.Contains(read.Inputs, input => input.Id == "c");
        Assert.DoesNotContain(read.Inputs, input => input.Id == "b");
        Assert.Contains(read.Faults, fault => fault.At == "line 2");
        Placed(read.Faults);
    }

    [Fact]
    public void A_claim_an_expected_moment_and_a_role_that_are_wrong_are_named_by_line()
    {
        InjectsRead read = InjectsReader.Read(
            SourceFile.Of(
                "injects.yaml",
                """
                start: 2024-02-06T12:00:00Z
                end: 2024-02-09T12:00:00Z
                expected:
                  detect: 2024-02-10T00:00:00Z
                  decided: 2024-02-07T00:00:00Z
                injects:
                  - id: claim
                    at: 2024-02-07T00:00:00Z
                    kind: claim
                    place: SD
                    by: a group of the exercise
                    actor: army
                    text: They say so.
                  - id: told
                    at: 2024-02-07T00:00:00Z
                    kind: message
                    to: [analist]
                    text: Look.
                """u8.ToArray()
            ),
            _scenario
        );
        Assert.Null(read.Plan);
        Assert.Equal(
            [
                "injects.yaml: line 4",
                "injects.yaml: line 5",
                "injects.yaml: line 7",
                "injects.yaml: line 7",
                "injects.yaml: line 12",
                "injects.yaml: line 17",
            ],
            read.Faults.Select(fault => $"{fault.File}: {fault.At}")
        );
        Assert.StartsWith(
            "Did you mean 'analyst'? Known: ",
            read.Faults[^1].Remedy,
            StringComparison.Ordinal
        );
        Assert.Equal(
            [.. Enum.GetValues<Role>().Select(Checks.Word).Order(StringComparer.Ordinal)],
            read.Faults[^1].Remedy["Did you mean 'analyst'? Known: ".Length..].Split(", ")
        );
        // A word that is near to none is told of with the same list, and with it once.
        Assert.Equal("Known: a, b", Nearest.Choice("whatever", ["b", "a"]));
    }

    private static void Placed(IReadOnlyList<InputFault> faults) =>
        Assert.All(
            faults,
            fault =>
            {
                Assert.True(
                    fault.At.StartsWith("line ", StringComparison.Ordinal)
                        || fault.At.StartsWith("offset ", StringComparison.Ordinal),
                    fault.ToString()
                );
                Assert.NotEmpty(fault.Reason);
                Assert.NotEmpty(fault.Remedy);
            }
        );
}
