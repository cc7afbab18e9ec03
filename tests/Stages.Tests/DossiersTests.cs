using Breakwater.Decisions.Dossiers;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.DossiersFixture;

namespace Breakwater.Stages.Tests;

/// <summary>Items of evidence keep an unbroken record of what was done to them, and of what rests on them.</summary>
public sealed class DossiersTests
{
    [Fact]
    public void Custody_stays_where_it_is_until_the_other_organisation_accepts()
    {
        Dossier held = WithItem();
        Dossier offered = Then(held, Offer(held, "b"));
        DossierItem waiting = Assert.Single(offered.Items);
        Assert.Equal("a", waiting.Holder.Organisation);
        Assert.Equal("b", waiting.Offered!.To.Organisation);
        Assert.Single(waiting.Custody);

        var accept = new AcceptCustody("item-1", "we take it");
        Assert.Equal(
            RefusalKind.NotAllowed,
            AcceptCustody.Decide(offered, accept, Of("c", Role.LegalAnalyst), Start).Refusal!.Kind
        );
        Assert.Equal(
            RefusalKind.NotAllowed,
            AcceptCustody.Decide(offered, accept, Of("b"), Start).Refusal!.Kind
        );
        DossierItem moved = Then(
            offered,
            AcceptCustody.Decide(offered, accept, Of("b", Role.LegalAnalyst), Start)
        ).Items[0];
        Assert.Equal(new Holder("b", Role.LegalAnalyst), moved.Holder);
        Assert.Null(moved.Offered);
        CustodyEvent link = moved.Custody[^1];
        Assert.Equal(CustodyAction.Transferred, link.Action);
        Assert.Equal("a", link.From!.Organisation);
        Assert.Null(CustodyChain.BrokenAt(moved));

        Dossier declined = Then(
            offered,
            EndCustodyOffer.Decide(offered, new EndCustodyOffer("item-1", "no"), Of("b"), Start)
        );
        Assert.Equal("a", declined.Items[0].Holder.Organisation);
        Assert.Null(declined.Items[0].Offered);
    }

    [Fact]
    public void Only_the_holder_redacts_seals_withdraws_and_offers_and_a_sealed_item_takes_no_redaction()
    {
        Dossier held = WithItem();
        Assert.Equal(RefusalKind.NotAllowed, Offer(held, "c", by: "b").Refusal!.Kind);
        Assert.Equal(
            RefusalKind.NotAllowed,
            WithdrawItem.Decide(held, new("item-1", "mine"), Of("b"), Start).Refusal!.Kind
        );
        RedactItem redact = new("item-1", new('c', 64), new('d', 128), "a face", "it harms")
        {
            Kept = new KeptOctets(900, new('c', 64), new('d', 128)),
        };
        Dossier redacted = Then(held, RedactItem.Decide(held, redact, Of("a"), Start));
        Assert.Equal(new('c', 64), redacted.Items[0].Custody[^1].Sha256);
        Assert.Equal(ShortHash, redacted.Items[0].Sha256);
        Dossier closed = Then(
            redacted,
            SealItem.Decide(redacted, new("item-1", "done"), Of("a"), Start)
        );
        RedactItem again = redact with
        {
            Sha256 = new('e', 64),
            Kept = redact.Kept! with { Sha256 = new('e', 64) },
        };
        Assert.Equal(
            RefusalKind.WrongState,
            RedactItem.Decide(closed, again, Of("a"), Start).Refusal!.Kind
        );
    }

    [Fact]
    public void A_hash_alone_gets_nobody_the_octets_of_somebody_else()
    {
        Dossier opened = Opened();
        Assert.Contains(
            "state both hashes",
            CollectItem
                .Decide(opened, Command with { Sha512 = null }, Of("a"), Start)
                .Refusal!.Reason,
            StringComparison.Ordinal
        );
        Dossier elsewhere = WithItem(Command with { Sha512 = null, Kept = null });
        Assert.Equal(OctetsState.Elsewhere, elsewhere.Items[0].Octets);
        Assert.NotNull(
            CheckOctets
                .Decide(elsewhere, new("item-1", "look") { Kept = Kept }, Of("a"), Start)
                .Refusal
        );
        DossierItem seen = Then(
            elsewhere,
            CheckOctets.Decide(
                elsewhere,
                new("item-1", "look", LongHash) { Kept = Kept },
                Of("a"),
                Start
            )
        ).Items[0];
        Assert.Equal(OctetsState.Hold, seen.Octets);
        Assert.Equal(LongHash, seen.Sha512);
        Assert.Equal(1_000, seen.Size);
        Assert.Null(CustodyChain.BrokenAt(seen));
    }

    [Theory]
    [InlineData("name", "../page.html", "no path")]
    [InlineData("type", "html", "media type")]
    [InlineData("hash", "AA", "sha256 has 64")]
    [InlineData("url", "javascript:alert(1)", "https://")]
    [InlineData("url", "https://user:word@example.org/", "without a name or password")]
    [InlineData("contributor", "Jane Doe", "never a name")]
    [InlineData("contributor", "jane@example.org", "never a name")]
    [InlineData("reason", "seen at 15.50012, 32.55991", "exact position")]
    public void What_an_item_has_no_field_for_is_refused_with_what_to_do(
        string what,
        string value,
        string said
    )
    {
        CollectItem command = what switch
        {
            "name" => Command with { Name = value },
            "type" => Command with { MediaType = value },
            "hash" => Command with { Sha256 = value },
            "url" => Command with { Url = value },
            "contributor" => Command with { Url = null, Contributor = value },
            _ => Command with { Reason = value },
        };
        Refusal? no = CollectItem.Decide(Opened(), command, Of("a"), Start).Refusal;
        Assert.Contains(said, no!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fact_becomes_unknown_when_its_last_support_is_withdrawn_and_contradictions_are_kept()
    {
        Dossier state = WithItem();
        state = Then(
            state,
            CollectItem.Decide(
                state,
                Command with
                {
                    Sha256 = new('c', 64),
                    Kept = null,
                },
                Of("a"),
                Start
            )
        );
        state = Supporting(Supporting(state, "item-1", "m.blanket"), "item-2", "m.blanket", false);
        SupportedFact both = Assert.Single(FactsFromDossiers.FactsSupported([state]));
        Assert.True(both.IsContradictory);
        Assert.Equal(FactValue.Unknown, both.Value);
        Assert.Equal(2, both.Supports.Count);

        state = Then(
            state,
            WithdrawSupport.Decide(
                state,
                new WithdrawSupport("item-2", "support-1", "misread"),
                Of("b"),
                Start
            )
        );
        Assert.Equal(FactValue.True, FactsFromDossiers.FactsSupported([state])[0].Value);

        state = Then(
            state,
            WithdrawItem.Decide(state, new WithdrawItem("item-1", "forged"), Of("a"), Start)
        );
        SupportedFact gone = Assert.Single(FactsFromDossiers.FactsSupported([state]));
        Assert.Equal(FactValue.Unknown, gone.Value);
        Assert.False(gone.IsContradictory);
        Assert.Empty(gone.Supports);
        Assert.Equal(2, state.Items.Count);
        Assert.Equal("forged", state.Items[0].Withdrawn!.Reason);
    }

    [Fact]
    public void The_three_facts_on_evidence_follow_from_the_record_alone_and_what_is_not_there_is_unknown()
    {
        Assert.Equal([FactValue.True, FactValue.True, FactValue.True], Values(WithItem().Items[0]));
        Assert.Equal(
            [FactValue.Unknown, FactValue.Unknown, FactValue.Unknown],
            Values(WithItem(Command with { Url = null, Kept = null }).Items[0])
        );
        DossierItem item = WithItem().Items[0];
        Assert.Equal(FactValue.False, Values(item with { Octets = OctetsState.Differ })[1]);
        Assert.Equal(
            FactValue.False,
            Values(item with { Custody = [item.Custody[0] with { Reason = "another" }] })[2]
        );
        Dossier refuted = Assessed(WithItem(), VerificationResult.Refutes, "a");
        Assert.Equal(FactValue.False, Values(refuted.Items[0])[0]);
        Dossier disputed = Assessed(refuted, VerificationResult.Supports, "b");
        Assert.Equal(FactValue.Unknown, Values(disputed.Items[0])[0]);
        Assert.Equal(2, disputed.Items[0].Verifications.Count);
    }

    [Fact]
    public void What_is_kept_no_longer_is_withdrawn_by_itself()
    {
        Dossier state = WithItem(Command with { RetainUntil = Start + Duration.FromDays(30) });
        Assert.Equal(Start + Duration.FromDays(30), state.DueAt);
        Assert.Empty(Dossier.Elapse(state, Start + Duration.FromDays(29)).Events);
        Dossier after = Then(state, Dossier.Elapse(state, Start + Duration.FromDays(30)));
        Assert.NotNull(after.Items[0].Withdrawn);
        Assert.Null(after.DueAt);
        Assert.Null(CustodyChain.BrokenAt(after.Items[0]));
    }

    [Fact]
    public void Any_altered_link_of_any_chain_breaks_it_at_or_before_the_alteration()
    {
        Gen.Select(Gen.Int[0, 5].Array[0, 12], Gen.Int[0, 11], Gen.Int[0, 9])
            .Sample(
                (acts, at, how) =>
                {
                    DossierItem item = Walked(acts).Items[0];
                    Assert.Null(CustodyChain.BrokenAt(item));
                    int index = at % item.Custody.Count;
                    CustodyEvent[] links = [.. item.Custody];
                    links[index] = Altered(links[index], how);
                    int? broken = CustodyChain.BrokenAt(item with { Custody = links });
                    Assert.InRange(broken ?? -1, 0, index + 1);
                },
                iter: 300
            );
    }

    [Fact]
    public void Links_that_were_left_out_swapped_or_repeated_break_the_chain_and_so_does_another_origin()
    {
        DossierItem item = Walked([0, 1, 0, 1]).Items[0];
        CustodyEvent[] links = [.. item.Custody];
        Assert.NotNull(CustodyChain.BrokenAt(item with { Custody = [] }));
        Assert.NotNull(CustodyChain.BrokenAt(item with { Custody = links[1..] }));
        Assert.NotNull(
            CustodyChain.BrokenAt(item with { Custody = [.. links[..2], .. links[3..]] })
        );
        Assert.NotNull(
            CustodyChain.BrokenAt(
                item with
                {
                    Custody = [links[0], links[2], links[1], .. links[3..]],
                }
            )
        );
        Assert.NotNull(CustodyChain.BrokenAt(item with { Custody = [.. links, links[^1]] }));
        Assert.Equal(0, CustodyChain.BrokenAt(item with { Url = "https://example.org/other" }));
        Assert.Equal(0, CustodyChain.BrokenAt(item with { Sha256 = new('c', 64) }));
    }

    private static FactValue[] Values(DossierItem item) =>
        [.. EvidenceFactsFromItem.Of(item).Select(fact => fact.Value)];

    private static Dossier Assessed(Dossier state, VerificationResult result, string by) =>
        Then(
            state,
            VerifyItem.Decide(
                state,
                new VerifyItem("item-1", Analysis.Source, result, Role.Analyst, "compared"),
                Of(by),
                Start
            )
        );

    private static Decided<DossierEvent> Offer(Dossier state, string to, string by = "a") =>
        OfferCustody.Decide(
            state,
            new OfferCustody("item-1", to, Role.LegalAnalyst, "for the clinic")
            {
                Receiver = Operating(to),
            },
            Of(by),
            Start
        );

    /// <summary>An item to which several things were done, each an hour after the other.</summary>
    private static Dossier Walked(IReadOnlyList<int> acts)
    {
        Dossier state = WithItem();
        foreach ((int step, int act) in acts.Index())
        {
            Instant now = Start + Duration.FromHours(step + 1);
            Decided<DossierEvent> decided = act switch
            {
                0 => VerifyItem.Decide(
                    state,
                    new(
                        "item-1",
                        Analysis.Content,
                        VerificationResult.Doubts,
                        Role.Analyst,
                        $"reason {step}"
                    ),
                    Of("b"),
                    now
                ),
                1 => RecordCopy.Decide(
                    state,
                    new("item-1", $"https://archive.example/{step}", "kept there too"),
                    Of("a"),
                    now
                ),
                2 => CheckOctets.Decide(
                    state,
                    new("item-1", "looked again") { Kept = Kept },
                    Of("a"),
                    now
                ),
                3 => SealItem.Decide(state, new("item-1", "done"), Of("a"), now),
                4 => CopyItems.Decide(state, new(["item-1"], "asked for"), "operator", now),
                _ => CopyItems.Decide(state, new([], "asked for"), "operator", now),
            };
            state = Then(state, decided);
        }

        return state;
    }

    private static CustodyEvent Altered(CustodyEvent link, int how) =>
        how switch
        {
            0 => link with { At = link.At + Duration.FromSeconds(1) },
            1 => link with { By = link.By + "x" },
            2 => link with { Organisation = "another" },
            3 => link with
            {
                Action =
                    link.Action == CustodyAction.Copied
                        ? CustodyAction.Verified
                        : CustodyAction.Copied,
            },
            4 => link with { Reason = link.Reason + " " },
            5 => link with { Sha256 = new('f', 64) },
            6 => link with { From = new Holder("another", Role.Analyst) },
            7 => link with { To = new Holder("another", Role.Analyst) },
            8 => link with { HashBefore = new('0', 64) },
            _ => link with { HashAfter = new('0', 64) },
        };
}
