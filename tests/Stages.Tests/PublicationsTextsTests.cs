using System.Text.RegularExpressions;
using Breakwater.Decisions;
using Breakwater.Disruptions;
using Breakwater.Norms.Findings;
using Breakwater.Plans;
using Breakwater.Publications;
using Breakwater.Restorations;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.Stages.Tests;

public sealed partial class PublicationsTextsTests
{
    public static TheoryData<string> Languages => [.. Texts.Languages()];

    [Fact]
    public void Every_country_has_a_name_in_every_language_and_the_English_one_is_read_back()
    {
        string[] codes =
        [
            .. from first in Enumerable.Range('A', 26)
            from second in Enumerable.Range('A', 26)
            select $"{(char)first}{(char)second}" into code
            where Countries.IsCode(code)
            select code,
        ];
        Assert.True(codes.Length > 240);
        foreach (string code in codes)
        {
            foreach (string language in Texts.Languages())
            {
                string name = Texts.For(language).Plain(Word.Of(Place.OfCountry(code)));
                Assert.True(name.Length > 2 && name != code, $"{language}: {code}");
            }
        }

        Assert.Equal("KE", Countries.OfName(Texts.For("en").Plain("country.KE"))!.Country);
    }

    [Fact]
    public void Every_language_has_the_same_keys_and_phrases()
    {
        foreach (string language in Texts.Languages())
        {
            Assert.Equal(Texts.For("en").Keys.Order(), Texts.For(language).Keys.Order());
            Assert.Equal(Texts.For("en").Phrases.Order(), Texts.For(language).Phrases.Order());
        }
    }

    [Fact]
    public void A_sentence_that_counts_has_the_CLDR_forms_of_its_language()
    {
        var counting = Texts
            .For("en")
            .Keys.Where(key => Texts.For("en").FormsOf(key).Count > 0)
            .ToList();
        Assert.NotEmpty(counting);
        Assert.All(
            counting,
            key =>
            {
                Assert.Equal(["one", "other"], Texts.For("en").FormsOf(key).Order());
                Assert.Equal(["many", "one", "other"], Texts.For("fr").FormsOf(key).Order());
                Assert.Equal(
                    ["few", "many", "one", "other", "two", "zero"],
                    Texts.For("ar").FormsOf(key).Order()
                );
            }
        );
    }

    [Theory]
    [InlineData("en", 1, "1 record (sites) is withheld from this audience.")]
    [InlineData("en", 0, "0 records (sites) are withheld from this audience.")]
    [InlineData("fr", 0, "0 enregistrement (sites) n’est pas communiqué à ces destinataires.")]
    [InlineData("fr", 2, "2 enregistrements (sites) ne sont pas communiqués à ces destinataires.")]
    [InlineData("ar", 2, "سجلان (مواقع) محجوبان عن هذا الجمهور.")]
    [InlineData("ar", 3, "\u20683\u2069 سجلات (مواقع) محجوبة عن هذا الجمهور.")]
    [InlineData("ar", 11, "\u206811\u2069 سجلًا (مواقع) محجوبًا عن هذا الجمهور.")]
    [InlineData("ar", 100, "\u2068100\u2069 سجل (مواقع) محجوب عن هذا الجمهور.")]
    public void Plurals_follow_the_number(string language, long n, string sentence) =>
        Assert.Equal(
            sentence,
            Texts
                .For(language)
                .Plain(
                    new Said(
                        "unseen.withheld",
                        ("n", new Count(n)),
                        ("kind", new Term("record", "site"))
                    )
                )
        );

    [Theory]
    [InlineData("en", "1,234,567.5")]
    [InlineData("fr", "1\u202F234\u202F567,5")]
    [InlineData("ar", "1,234,567.5")]
    public void Numbers_are_written_as_the_language_writes_them(string language, string digits) =>
        Assert.Equal(digits, Texts.For(language).Digits(1_234_567.5m, 1));

    [Theory]
    [MemberData(nameof(Languages))]
    public void Times_are_the_same_in_every_language(string language) =>
        Assert.Contains(
            "2024-02-07 06:00 UTC",
            Texts.For(language).Plain(new Moment(PublicationsFixture.At(2, 7, 6))),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("fr-CH", "fr")]
    [InlineData("ar_SD", "ar")]
    [InlineData("sw", "en")]
    public void A_language_without_tables_falls_back(string asked, string given) =>
        Assert.Equal(given, Texts.For(asked).Language);

    [Theory]
    [InlineData("routing stays up, access is dark")]
    [InlineData("routes withdrawn")]
    [InlineData("one healthy family of signals only")]
    [InlineData("baseline is stale")]
    [InlineData("no independent source can see")]
    public void Notes_that_the_steps_write_are_translated(string note) =>
        Assert.All(
            ["fr", "ar"],
            language =>
                Assert.NotEqual(
                    note,
                    Texts.For(language).Plain(new Free(note)).Trim('\u2068', '\u2069')
                )
        );

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_value_that_a_record_can_have_is_named(string language)
    {
        Texts texts = Texts.For(language);
        void Named<T>(string group)
            where T : struct, Enum =>
            Assert.All(
                Enum.GetValues<T>(),
                value =>
                    Assert.Contains($"{group}.{((Term)Word.Of(group, value)).Value}", texts.Keys)
            );

        Named<DisruptionKind>("kind");
        Named<DisruptionState>("state");
        Named<Verdict>("verdict");
        Named<SignalFamily>("family");
        Named<Service>("service");
        Named<PopulationGroup>("group");
        Named<Actor>("actor");
        Named<Consent>("consent");
        Named<Stand>("stand");
        Named<StakeholderClass>("class");
        Named<CommitmentState>("commitment");
        Named<CommitmentState>("status");
        Named<RestorationState>("restoration");
        Named<RestorationState>("status");
        Named<DecisionKind>("decision");
        Named<DecisionOutcome>("outcome");
        Named<Origin>("origin");
        Named<Origin>("method.origin");
        Named<Audience>("audience");
        Named<Standing>("standing");
        Named<GapEntryKind>("gap-met");
        Named<ConditionState>("condition");
    }

    /// <summary>Sentences that this walk does not reach must still want the same values in every language.</summary>
    [Fact]
    public void Translations_use_only_values_that_the_English_has()
    {
        foreach (string key in Texts.For("en").Keys)
        {
            var english = Names("en", key);
            Assert.All(["fr", "ar"], language => Assert.Subset(english, Names(language, key)));
        }
    }

    private static HashSet<string> Names(string language, string key) =>
        [
            .. NameForm()
                .Matches(Texts.For(language).Raw(key))
                .Select(match => match.Groups[1].Value),
        ];

    [GeneratedRegex(@"\{([a-z]+)\}")]
    private static partial Regex NameForm();
}
