using Breakwater.Feeds.Law;
using Breakwater.Norms.Packs;
using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.Norms.Tests;

/// <summary>A pack that somebody changed by mistake: each fault is named with file and line, and with what to do.</summary>
public sealed class PackFaultsTests : IDisposable
{
    private const string Legality = "rules/IHRL/IHRL-19-LEGALITY.yaml";
    private const string Necessity = "rules/IHRL/IHRL-19-NECPROP.yaml";

    private readonly string folder = Path.Combine(Path.GetTempPath(), $"pack-{Guid.NewGuid():N}");

    public PackFaultsTests()
    {
        string core = Path.Combine(LawPackReader.Folder, LawPackReader.Default);
        foreach (string file in Directory.EnumerateFiles(core, "*", SearchOption.AllDirectories))
        {
            string name = Path.GetRelativePath(core, file);
            if (!name.StartsWith("cases", StringComparison.Ordinal))
            {
                string copy = Path.Combine(folder, name);
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_pack_as_it_comes_is_sealed_and_without_fault()
    {
        LawPackRead read = LawPackReader.Read(null);
        Assert.Empty(read.Faults);
        Assert.Empty(read.Pack!.Unsealed);
        Assert.StartsWith("sha256:", read.Pack.Hash, StringComparison.Ordinal);
        Assert.Equal(PackStatus.Draft, read.Pack.Status);
        Assert.Empty(read.Pack.Reviewers);
        Assert.All(read.Pack.Rules, rule => Assert.Empty(rule.Reviewers));
    }

    [Theory]
    [InlineData(
        Legality,
        "m.legal_basis |",
        "m.legal_bassis |",
        "'m.legal_bassis' is neither a fact nor a derived term",
        "Did you mean 'm.legal_basis'?"
    )]
    [InlineData(
        Legality,
        "ihrl.applies & m.restricts",
        "ihrl.applies & ",
        "is no condition at character 16",
        "Join ids"
    )]
    [InlineData(
        Legality,
        "regime: IHRL",
        "regime: IHRX",
        "'regime' is 'IHRX'",
        "Did you mean 'IHRL'?"
    )]
    [InlineData(
        Legality,
        "basis: ICCPR",
        "basis: ICCRP",
        "there is no instrument 'ICCRP'",
        "Did you mean 'ICCPR'?"
    )]
    [InlineData(
        Legality,
        "from: \"1976-03-23\"",
        "from: \"1977-03-23\"",
        "begins on 1977-03-23, and ICCPR is dated 1976-03-23",
        "date of the instrument"
    )]
    [InlineData(
        Legality,
        "from: \"1976-03-23\"",
        "from: \"23 March 1976\"",
        "'from' is no date",
        "as precisely as it is known"
    )]
    [InlineData(
        Legality,
        "profile: deferential_domestic, from: \"2015-09-15\"",
        "profile: deferential_domestic",
        "'from' in stances[0] is missing",
        "Add from:"
    )]
    [InlineData(
        Legality,
        "profile: deferential_domestic",
        "profile: deferental_domestic",
        "there is no profile 'deferental_domestic'",
        "Did you mean 'deferential_domestic'?"
    )]
    [InlineData(
        Legality,
        "m.legal_basis: false",
        "m.order_written: false",
        "a burden on 'm.order_written', which its breach",
        "Remove it"
    )]
    [InlineData(
        Legality,
        "status: draft",
        "status: reviewed",
        "says 'reviewed' with 0 reviewers",
        "2 independent lawyers"
    )]
    [InlineData(
        Legality,
        "id: IHRL-19-LEGALITY",
        "id: IHRL-19-LEGALTY",
        "in a file named IHRL-19-LEGALITY.yaml",
        "same name"
    )]
    [InlineData(
        Legality,
        "kind: duty",
        "kind: duty\nkinds: duty",
        "unknown key 'kinds'",
        "Did you mean 'kind'?"
    )]
    [InlineData(
        Necessity,
        "id: DEROG,",
        "id: DEROGATE,",
        "lacks the defence DEROG",
        "Add the exception"
    )]
    [InlineData(
        Necessity,
        " & ctx.derogation_covers_expression",
        "",
        "does not say which right the derogation covers",
        "ctx.derogation_covers_"
    )]
    [InlineData(
        Necessity,
        "expr: \"m.blanket | m.collateral_blocking | !m.time_limited\"",
        "expr: \"m.collateral_blocking | !m.time_limited | m.necessity_ceased | m.broad & m.less_intrusive_available\"",
        "reads as the default does",
        "how that body reads it"
    )]
    [InlineData(Necessity, "gap: [G-18]", "gap: [G-98]", "there is no gap 'G-98'", "Did you mean")]
    [InlineData(
        "derived.yaml",
        "expr: \"ctx.iac | ctx.niac | ctx.occupation\"",
        "expr: \"ctx.iac | ihl.applies\"",
        "'ctx.ac' is defined by itself: ctx.ac -> ihl.applies -> ctx.ac",
        "Break the circle"
    )]
    [InlineData(
        "facts/ctx.yaml",
        "- id: ctx.niac",
        "- id: ctx.iac",
        "fact or derived term 'ctx.iac' stands twice",
        "Remove or rename"
    )]
    [InlineData(
        "facts/m.yaml",
        "  context_only: true\n",
        "",
        "no rule reads fact 'm.alternative_access'",
        "context_only: true"
    )]
    [InlineData(
        "facts/act.yaml",
        "  safety: guarded\n",
        "  safety: secret\n",
        "'safety' is 'secret'",
        "Known: care, guarded, open"
    )]
    [InlineData(
        "profiles.yaml",
        "valid: {from: \"2017-02\", to: null}",
        "valid: {from: \"2017-02\", to: \"2016\"}",
        "'valid' ends on 2016, before it begins on 2017-02",
        "Correct one of the two dates"
    )]
    [InlineData(
        "gaps.yaml",
        "recorded: {from: \"2026-11-23\", to: null}",
        "recorded: {from: \"2199\", to: null}",
        "gap G-01 was recorded on 2199, after the pack",
        "Give the pack a later recorded_at"
    )]
    [InlineData(
        "pack.yaml",
        "  - IHL-PROP\n",
        "",
        "rule IHL-PROP is not listed in pack.yaml",
        "Add it there"
    )]
    [InlineData(
        "pack.yaml",
        "  - IHL-PROP\n",
        "  - IHL-PROPP\n",
        "lists rule 'IHL-PROPP'",
        "Did you mean 'IHL-PROP'?"
    )]
    public void A_mistake_is_named_with_file_line_reason_and_remedy(
        string file,
        string was,
        string isNow,
        string reason,
        string remedy
    )
    {
        int line = Change(file, was, isNow);
        InputFault fault = Faults()
            .First(one => one.Reason.Contains(reason, StringComparison.Ordinal));
        Assert.Contains(remedy, fault.Remedy, StringComparison.Ordinal);
        if (fault.File == file && fault.At.Length > 0)
        {
            Assert.InRange(int.Parse(fault.At["line ".Length..], null), 1, line + 3);
        }
    }

    [Fact]
    public void A_rule_without_a_source_or_without_commentary_is_refused()
    {
        string path = Path.Combine(folder, Legality);
        File.WriteAllLines(
            path,
            File.ReadAllLines(path)
                .Where(line => !line.StartsWith("  - {cite", StringComparison.Ordinal))
                .Select(line => line == "src:" ? "src: []" : line)
        );
        File.Delete(
            Path.Combine(folder, Necessity.Replace(".yaml", ".md", StringComparison.Ordinal))
        );
        Assert.Contains(
            Faults(),
            fault => fault.Reason.Contains("'src' is empty", StringComparison.Ordinal)
        );
        Change(Legality, "src: []", "src:\n  - {cite: \"ICCPR 19(3)\"}");
        Assert.Contains(
            Faults(),
            fault => fault.Reason == "rule IHRL-19-NECPROP has no commentary"
        );
    }

    [Fact]
    public void A_file_that_would_unfold_into_a_large_one_is_refused_and_so_is_one_that_is_no_yaml()
    {
        File.WriteAllText(
            Path.Combine(folder, "gaps.yaml"),
            "a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a]\nc: [*b, *b, *b, *b, *b, *b, *b]\n"
        );
        Assert.Contains(
            Faults(),
            fault => fault.ToString().Contains("anchor or an alias", StringComparison.Ordinal)
        );
        File.WriteAllText(Path.Combine(folder, "gaps.yaml"), new string('[', 5_000));
        Assert.Contains(Faults(), fault => fault.File == "gaps.yaml");
        File.WriteAllText(Path.Combine(folder, "gaps.yaml"), "- id: {\n");
        Assert.Contains(
            Faults(),
            fault => fault.Reason.StartsWith("is not YAML", StringComparison.Ordinal)
        );
        File.WriteAllBytes(Path.Combine(folder, "gaps.yaml"), [0xff, 0xfe, 0x00]);
        Assert.Contains(Faults(), fault => fault.File == "gaps.yaml");
    }

    [Fact]
    public void A_changed_file_unseals_the_pack_and_sealing_it_again_mends_that()
    {
        string before = LawPackReader.Read(folder).Pack!.Hash;
        PackManifest.Seal(folder);
        Assert.Empty(LawPackReader.Read(folder).Pack!.Unsealed);
        Change(Legality, "conf: high", "conf: medium");
        LawPack changed = LawPackReader.Read(folder).Pack!;
        Assert.Equal([Legality], changed.Unsealed);
        Assert.NotEqual(before, changed.Hash);
        Assert.Equal(changed.Hash, PackManifest.Seal(folder));
        Assert.Empty(LawPackReader.Read(folder).Pack!.Unsealed);
    }

    private IReadOnlyList<InputFault> Faults() => LawPackReader.Read(folder).Faults;

    /// <returns>The line of the change.</returns>
    private int Change(string file, string was, string isNow)
    {
        string path = Path.Combine(folder, file);
        string text = File.ReadAllText(path);
        int at = text.IndexOf(was, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{file} has no '{was}'");
        File.WriteAllText(path, text[..at] + isNow + text[(at + was.Length)..]);
        return text[..at].Count(character => character == '\n') + 1;
    }
}
