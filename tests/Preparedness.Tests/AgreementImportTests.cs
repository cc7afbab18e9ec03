using System.Text;
using Breakwater.Feeds.Preparing;
using Breakwater.Preparedness.Agreements;
using Breakwater.Preparedness.Agreements.Files;
using Breakwater.Preparedness.Agreements.Proposing;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;
using static Breakwater.Preparedness.Tests.AgreementsFixture;

namespace Breakwater.Preparedness.Tests;

/// <summary>A file of agreements into a store: what is refused is named, the rest is proposed, and nobody has signed.</summary>
public sealed class AgreementImportTests
{
    private static TriggerCondition Waits(string other) =>
        new(TriggerSource.Agreement, Agreement: other);

    private static AgreementRow Row(int line, string id, params TriggerCondition[] trigger) =>
        new(line, Proposal(Terms(trigger)) with { Id = id }, IsSound: true);

    private static (IReadOnlyList<ImportedAgreement> Agreements, string[] Faults) Plan(
        IReadOnlyDictionary<string, Agreement> known,
        params AgreementRow[] rows
    )
    {
        (IReadOnlyList<ImportedAgreement> taken, IReadOnlyList<InputFault> faults) =
            AgreementImport.Plan("a.yaml", rows, known, Kinds, Operator, Start);
        return (taken, [.. faults.Select(fault => fault.ToString())]);
    }

    private static Dictionary<string, Agreement> Nothing => new(StringComparer.Ordinal);

    [Fact]
    public void Every_agreement_of_a_circle_is_refused_by_name_and_what_waits_for_none_is_taken()
    {
        (IReadOnlyList<ImportedAgreement> taken, string[] faults) = Plan(
            Nothing,
            Row(2, "a", Waits("b")),
            Row(9, "b", Waits("a")),
            Row(16, "c", new TriggerCondition(TriggerSource.Disruption)),
            Row(23, "d", Waits("a")),
            Row(30, "e", Waits("e"))
        );
        Assert.Equal(["c"], taken.Select(one => one.Id));
        Assert.Equal(
            [
                "a.yaml: line 2: 'a' is not taken: the triggers wait for each other: a → b → a. Correct it and import again; what was imported stays as it is",
                "a.yaml: line 9: 'b' is not taken: the triggers wait for each other: a → b → a. Correct it and import again; what was imported stays as it is",
                "a.yaml: line 23: 'd' is not taken: the trigger waits for an agreement that is not on record: 'a'. Correct it and import again; what was imported stays as it is",
                "a.yaml: line 30: 'e' is not taken: the triggers wait for each other: e → e. Correct it and import again; what was imported stays as it is",
            ],
            faults
        );
    }

    [Fact]
    public void What_others_wait_for_is_proposed_first_wherever_it_stands_in_the_file()
    {
        (IReadOnlyList<ImportedAgreement> taken, string[] faults) = Plan(
            Nothing,
            Row(2, "a", Waits("b")),
            Row(9, "b", Waits("c")),
            Row(16, "c")
        );
        Assert.Empty(faults);
        Assert.Equal(["a", "b", "c"], taken.Select(one => one.Id));
    }

    [Fact]
    public void A_file_that_comes_again_changes_nothing_and_other_words_under_the_same_id_are_refused()
    {
        Agreement before = Proposed();
        var known = new Dictionary<string, Agreement> { [before.Id] = before };
        (IReadOnlyList<ImportedAgreement> taken, string[] faults) = Plan(
            known,
            new AgreementRow(2, Proposal(), IsSound: true)
        );
        Assert.Empty(faults);
        Assert.Empty(Assert.Single(taken).Events);
        (taken, faults) = Plan(
            known,
            new AgreementRow(2, Proposal(Terms() with { Action = "Something else" }), IsSound: true)
        );
        Assert.Empty(taken);
        Assert.Contains("with other words", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void An_agreement_of_which_something_could_not_be_read_is_not_taken_by_halves()
    {
        AgreementsRead read = AgreementsReader.Read(
            SourceFile.Of(
                "a.yaml",
                Encoding.UTF8.GetBytes(
                    """
                    agreements:
                      - id: fuel
                        name: Fuel
                        kind: fuel-priority
                        parties:
                          - {name: An operator, class: private-sector, organisation: operator}
                          - {name: A supplier, class: private-sector}
                        places: [SD]
                        groups: [resident]
                        action: Exchanges get fuel first
                        from: 2026-01-01T00:00:00Z
                      - id: roaming
                        name: Roaming
                        kind: national-roaming
                        parties:
                          - {name: An operator, class: private-sector, organisation: operator}
                          - {name: Another operator, class: private-sector}
                        places: [SD]
                        action: Subscribers use either network
                        from: 2026-01-01T00:00:00Z
                        trigger: [{all: [{agreement: on-record}]}]
                    """
                )
            ),
            Kinds
        );
        Assert.Equal([false, true], read.Agreements.Select(one => one.IsSound));
        // What another file or the store holds is asked of the store, not of this file.
        Assert.Equal(["line 9"], read.Single.Select(fault => fault.At));
        (IReadOnlyList<ImportedAgreement> taken, string[] faults) = Plan(
            new Dictionary<string, Agreement>
            {
                ["on-record"] = Proposed() with { Id = "on-record" },
            },
            [
                .. read.Agreements.Select(one => new AgreementRow(
                    one.Line,
                    new ProposeAgreement(one.Id, one.Name, one.Parties, one.Terms, Marking.Public),
                    one.IsSound
                )),
            ]
        );
        Assert.Equal(["roaming"], taken.Select(one => one.Id));
        Assert.Contains("nothing of it is taken", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_has_signed_what_was_imported()
    {
        ImportedAgreement taken = Assert.Single(Plan(Nothing, Row(2, "a")).Agreements);
        Agreement state = taken.Events.Aggregate((Agreement?)null, Agreement.Apply)!;
        Assert.Equal(AgreementState.Proposed, state.State);
        Assert.All(
            state.Signatures,
            signature => Assert.Equal(PartyAnswer.NoAnswer, signature.Answer)
        );
    }

    [Fact]
    public void What_is_written_out_is_read_back_as_it_was()
    {
        Gen<TriggerCondition> condition = Gen.Select(
                Gen.Int[1, 3],
                Gen.Bool,
                Gen.Int[0, 2],
                Gen.Double[0, 1],
                Gen.Int[0, 400]
            )
            .Select(
                (alternative, isNot, source, share, hours) =>
                    source switch
                    {
                        0 => new TriggerCondition(
                            TriggerSource.Disruption,
                            alternative,
                            isNot,
                            isNot ? ["shutdown", "outage"] : [],
                            hours > 200 ? Place.OfArea("SD", "Red Sea: \"north\"") : null,
                            share > 0.5,
                            share,
                            Duration.FromHours(hours),
                            hours > 100 ? share : null
                        ),
                        1 => Waits("other") with { Alternative = alternative, IsNot = isNot },
                        _ => new TriggerCondition(
                            TriggerSource.Time,
                            alternative,
                            isNot,
                            Since: Start + Duration.FromHours(hours)
                        ),
                    }
            );
        Gen.Select(condition.Array[0, 6], Gen.String[1, 30])
            .Sample(
                (trigger, words) =>
                {
                    string action =
                        $"x{new string([.. words.Where(letter => letter is >= ' ' and <= '~' or >= '\u00C0' and <= '\u06FF')])}";
                    AgreementTerms terms = Terms(trigger) with { Action = action };
                    Agreement one = Proposed() with { Terms = terms };
                    AgreementsRead read = AgreementsReader.Read(
                        SourceFile.Of("a.yaml", Encoding.UTF8.GetBytes(AgreementYaml.Write([one]))),
                        Kinds
                    );
                    Assert.Empty(read.Single);
                    WrittenAgreement again = Assert.Single(read.Agreements);
                    Assert.Equal((one.Id, one.Name), (again.Id, again.Name));
                    Assert.Equal(one.Parties, again.Parties);
                    Assert.Equal(
                        Encoding.UTF8.GetString(CanonicalJson.Of(InOrder(terms))),
                        Encoding.UTF8.GetString(CanonicalJson.Of(InOrder(again.Terms)))
                    );
                },
                iter: 300
            );
    }

    /// <summary>Alternatives stand together in a file, and are counted from one.</summary>
    private static AgreementTerms InOrder(AgreementTerms terms) =>
        terms with
        {
            Trigger =
            [
                .. terms
                    .Trigger.GroupBy(condition => condition.Alternative)
                    .OrderBy(all => all.Key)
                    .SelectMany(
                        (all, at) =>
                            all.Select(condition =>
                                condition with
                                {
                                    Alternative = at + 1,
                                    Kinds = condition.Kinds ?? [],
                                }
                            )
                    ),
            ],
        };
}
