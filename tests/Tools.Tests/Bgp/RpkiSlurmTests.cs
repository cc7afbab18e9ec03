using System.Text;
using Breakwater.Bgp;
using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.Tests.Bgp;

public sealed class RpkiSlurmTests
{
    private static readonly VrpSet _set = VrpSet.Of([
        Row("192.0.2.0/24", 24, 64496),
        Row("192.0.2.0/25", 25, 64497),
        Row("198.51.100.0/24", 24, 64496),
        Row("198.51.100.0/24", 24, 64499),
        Row("203.0.113.0/24", 24, 64500),
        Row("2001:db8::/32", 32, 64500),
    ]);

    [Theory]
    [InlineData("""{"prefix":"192.0.2.0/24"}""", 4)]
    [InlineData("""{"prefix":"192.0.2.0/25"}""", 5)]
    [InlineData("""{"asn":64496}""", 4)]
    [InlineData("""{"prefix":"198.51.100.0/24","asn":64499}""", 5)]
    [InlineData("""{"prefix":"198.51.100.0/24","asn":64500}""", 6)]
    [InlineData("""{"prefix":"0.0.0.0/0","comment":"all of IPv4"}""", 1)]
    [InlineData("""{"prefix":"::/0"}""", 5)]
    public void A_filter_drops_what_matches_all_its_members(string filter, int left) =>
        Assert.Equal(left, Read(Text(filter, "")).Apply(_set).Count);

    [Fact]
    public void Assertions_are_added_after_the_filters()
    {
        VrpSet set = Read(
                Text(
                    """{"prefix":"192.0.2.0/24"}""",
                    """{"asn":64501,"prefix":"192.0.2.0/24","maxPrefixLength":26}"""
                )
            )
            .Apply(_set);
        Assert.Equal(
            "invalid: invalid_as",
            set.Validate(IpPrefixes.Of("192.0.2.0/24"), new Asn(64496)).ToString()
        );
        Assert.Equal(
            "valid: matched",
            set.Validate(IpPrefixes.Of("192.0.2.0/26"), new Asn(64501)).ToString()
        );
        Assert.Equal(Slurm.Anchor, set.Covering(IpPrefixes.Of("192.0.2.0/24"))[0].TrustAnchor);
    }

    [Fact]
    public void Exceptions_do_not_make_an_empty_feed_a_statement() =>
        Assert.Equal(
            RouteValidity.Unknown,
            Read(Text("", """{"asn":64501,"prefix":"192.0.2.0/24"}"""))
                .Apply(VrpSet.Of([]))
                .Validate(IpPrefixes.Of("198.51.100.0/24"), new Asn(1))
                .State
        );

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"slurmVersion":3,"validationOutputFilters":{},"locallyAddedAssertions":{}}""")]
    [InlineData("""{"slurmVersion":1,"validationOutputFilters":[],"locallyAddedAssertions":{}}""")]
    [InlineData(
        """{"slurmVersion":1,"validationOutputFilters":{"aspaFilters":[]},"locallyAddedAssertions":{}}"""
    )]
    [InlineData(
        """{"slurmVersion":1,"slurmVersion":1,"validationOutputFilters":{},"locallyAddedAssertions":{}}"""
    )]
    [InlineData(
        """{"slurmVersion":1,"other":1,"validationOutputFilters":{},"locallyAddedAssertions":{}}"""
    )]
    [InlineData(
        """{"slurmVersion":1,"validationOutputFilters":{"prefixFilters":{}},"locallyAddedAssertions":{}}"""
    )]
    [InlineData(
        """{"slurmVersion":1,"validationOutputFilters":{"prefixFilters":[1]},"locallyAddedAssertions":{}}"""
    )]
    public void A_file_that_deviates_is_refused_whole(string text) => Refused(text);

    [Theory]
    [InlineData("{}", "")]
    [InlineData("""{"comment":"everything"}""", "")]
    [InlineData("""{"prefix":"192.0.2.1/24"}""", "")]
    [InlineData("""{"prefix":"192.0.2.0"}""", "")]
    [InlineData("""{"prefix":7}""", "")]
    [InlineData("""{"asn":"AS64496"}""", "")]
    [InlineData("""{"asn":4294967296}""", "")]
    [InlineData("""{"asn":1,"maxPrefixLength":24}""", "")]
    [InlineData("", """{"asn":1}""")]
    [InlineData("", """{"prefix":"192.0.2.0/24"}""")]
    [InlineData("", """{"asn":1,"prefix":"192.0.2.0/24","maxPrefixLength":23}""")]
    [InlineData("", """{"asn":1,"prefix":"192.0.2.0/24","maxPrefixLength":33}""")]
    [InlineData("", """{"asn":1,"prefix":"192.0.2.0/24","maxLength":24}""")]
    public void A_faulty_entry_refuses_the_file(string filter, string assertion)
    {
        InputFault fault = Refused(Text(filter, assertion))[0];
        Assert.Contains("[0]", fault.At, StringComparison.Ordinal);
    }

    [Fact]
    public void Absent_lists_are_told_and_taken_as_empty()
    {
        (Slurm? slurm, IReadOnlyList<InputFault> faults) = SlurmReader.Read(
            File("""{"slurmVersion":1,"validationOutputFilters":{"prefixFilters":[]}}""")
        );
        Assert.NotNull(slurm);
        Assert.Equal(["locallyAddedAssertions", "bgpsecFilters"], faults.Select(fault => fault.At));
    }

    [Fact]
    public void Version_2_has_exceptions_to_ASPAs()
    {
        VrpSet set = VrpSet.Of(
            [Row("192.0.2.0/24", 24, 1)],
            aspas: AspaSet.Of([
                new Aspa(new Asn(1), [new Asn(2)]),
                new Aspa(new Asn(3), [new Asn(4)]),
            ])
        );
        VrpSet changed = Read(
                """{"slurmVersion":2,"validationOutputFilters":{"prefixFilters":[],"bgpsecFilters":[],"aspaFilters":[{"customerAsn":1}]},"locallyAddedAssertions":{"prefixAssertions":[],"bgpsecAssertions":[],"aspaAssertions":[{"customerAsn":1,"providerAsns":[9]}]}}"""
            )
            .Apply(set);
        Assert.Equal(HopAuthorization.ProviderPlus, changed.Aspas.Check(new Asn(1), new Asn(9)));
        Assert.Equal(HopAuthorization.NotProviderPlus, changed.Aspas.Check(new Asn(1), new Asn(2)));
        Assert.Equal(HopAuthorization.ProviderPlus, changed.Aspas.Check(new Asn(3), new Asn(4)));
    }

    [Theory]
    [InlineData("192.0.2.0/24", "192.0.2.0/24", true)]
    [InlineData("192.0.2.0/24", "192.0.2.128/25", true)]
    [InlineData("192.0.2.128/25", "192.0.0.0/16", true)]
    [InlineData("192.0.2.0/25", "192.0.2.128/25", false)]
    [InlineData("192.0.2.0/24", "2001:db8::/32", false)]
    public void Files_that_concern_the_same_addresses_conflict(
        string one,
        string other,
        bool isConflict
    )
    {
        Slurm first = Read(
            Text($$"""{"prefix":"{{one}}"},{"prefix":"10.0.0.0/8"},{"prefix":"10.1.0.0/16"}""", "")
        );
        Slurm second = Read(Text("", $$"""{"asn":1,"prefix":"{{other}}"}"""));
        foreach (
            Slurm[] files in (Slurm[][])
                [
                    [first, second],
                    [second, first],
                ]
        )
        {
            (Slurm? union, IReadOnlyList<InputFault> conflicts) = Slurm.Union(files);
            Assert.Equal(isConflict, union is null);
            Assert.Equal(isConflict ? 1 : 0, conflicts.Count);
        }
    }

    [Fact]
    public void Filters_by_AS_number_alone_conflict_with_nothing()
    {
        Slurm one = Read(Text("""{"asn":1}""", ""));
        Assert.Equal(2, Slurm.Union([one, one]).Exceptions!.PrefixFilters.Count);
    }

    [Theory]
    [InlineData("rpki-rs/slurm/full.json", 3, 2)]
    [InlineData("rpki-rs/slurm/full_v2.json", 3, 2)]
    [InlineData("routinator/test/slurm/full.json", 3, 2)]
    [InlineData("routinator/test/output/111.slurm", 0, 2)]
    [InlineData("routinator/test/output/111.slurm2", 0, 2)]
    [InlineData("routinator/test/output/000.slurm", 0, 0)]
    [InlineData("stayrtr/slurm.json", 3, 2)]
    [InlineData("stayrtr/test.slurm.json", 1, 1)]
    public void The_files_of_other_implementations_are_read(
        string name,
        int filters,
        int assertions
    )
    {
        string path = SharedData.PathOf($"data/rpki/{name}");
        (Slurm? slurm, IReadOnlyList<InputFault> faults) = SlurmReader.Read(
            SourceFile.Of(name, System.IO.File.ReadAllBytes(path))
        );
        Assert.True(slurm is not null, string.Join("; ", faults));
        Assert.Equal(
            (filters, assertions),
            (slurm.PrefixFilters.Count, slurm.PrefixAssertions.Count)
        );
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        string text = Text("""{"asn":1}""", """{"asn":1,"prefix":"192.0.2.0/24"}""");
        for (int length = 0; length < text.Length; length++)
        {
            Refused(text[..length]);
        }
    }

    private static IReadOnlyList<InputFault> Refused(string text)
    {
        (Slurm? slurm, IReadOnlyList<InputFault> faults) = SlurmReader.Read(File(text));
        Assert.Null(slurm);
        Assert.NotEmpty(faults);
        return faults;
    }

    private static Slurm Read(string text)
    {
        (Slurm? slurm, IReadOnlyList<InputFault> faults) = SlurmReader.Read(File(text));
        Assert.Empty(faults);
        return slurm!;
    }

    private static string Text(string filters, string assertions) =>
        $$$"""{"slurmVersion":1,"validationOutputFilters":{"prefixFilters":[{{{filters}}}],"bgpsecFilters":[]},"locallyAddedAssertions":{"prefixAssertions":[{{{assertions}}}],"bgpsecAssertions":[]}}""";

    private static SourceFile File(string text) =>
        SourceFile.Of("slurm", Encoding.UTF8.GetBytes(text));

    private static Vrp Row(string prefix, byte maxLength, uint asn) =>
        new(IpPrefixes.Of(prefix), maxLength, new Asn(asn));
}
