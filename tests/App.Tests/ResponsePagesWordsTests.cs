using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Breakwater.App.Pages;
using Breakwater.App.Pages.Response;
using Breakwater.App.Pages.Response.Acts;
using Breakwater.App.Pages.Response.Views;
using Breakwater.App.Subjects;
using Breakwater.Publications;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>Everything that pages can show has a name in every language.</summary>
public sealed class ResponsePagesWordsTests
{
    private static readonly Type[] _types =
    [
        .. Catalogue
            .Known.Kinds.SelectMany(kind =>
                kind.Commands.Select(command => command.Request).Append(kind.State)
            )
            .SelectMany(Members.Reached)
            .Distinct(),
    ];

    public static TheoryData<string> Languages => [.. PageTexts.Languages];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_kind_and_command_has_a_name(string language) =>
        Assert.Empty(
            Catalogue
                .Known.Kinds.SelectMany(kind =>
                    (IEnumerable<string[]>)
                        [
                            [$"kind.{kind.Kind}"],
                            [$"kinds.{kind.Plural}"],
                            .. kind.Commands.Select(command =>
                                (string[])[$"act.{kind.Kind}.{command.Name}", $"act.{command.Name}"]
                            ),
                        ]
                )
                .Where(keys => IsMissing(language, keys))
                .Select(keys => keys[^1])
        );

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_member_of_a_command_or_state_has_a_name(string language) =>
        Assert.Empty(
            _types
                .Where(type => !type.IsEnum)
                .SelectMany(Members.Of)
                .Select(Labels.MemberKeys)
                .Where(keys => IsMissing(language, keys))
                .Select(keys => keys[0])
                .Distinct()
        );

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_value_has_a_name(string language) =>
        Assert.Empty(
            _types
                .Where(type => type.IsEnum)
                .SelectMany(type =>
                    Enum.GetNames(type)
                        .Select(value => Labels.ValueKeys(type, Members.Kebab(value)))
                )
                .Where(keys => IsMissing(language, keys))
                .Select(keys => keys[0])
        );

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_event_has_a_name(string language) =>
        Assert.DoesNotContain(
            Catalogue
                .Known.Kinds.Select(kind => kind.GetType().GetGenericArguments()[1])
                .SelectMany(happens =>
                    happens
                        .Assembly.GetTypes()
                        .Where(type => type.IsSubclassOf(happens) && !type.IsAbstract)
                )
                .Select(type => $"event.{Members.Kebab(type.Name)}"),
            key => IsMissing(language, [key])
        );

    [Fact]
    public void The_words_are_the_same_in_every_language()
    {
        string[] english = [.. Own("en")];
        foreach (string language in PageTexts.Languages)
        {
            Assert.Equal(english, Own(language));
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_service_has_a_column_of_those_without_it(string language) =>
        Assert.All(
            Enum.GetValues<Service>(),
            service =>
                Assert.NotEmpty(
                    PageTexts.For(language).Column(NeedsTable.Column(service).TrimEnd('#'))
                )
        );

    [Theory]
    [InlineData("en", "publications", "prepare-publication", "harmNote is empty", "harmNote")]
    [InlineData("fr", "publications", "withdraw-publication", "reason is empty", "reason")]
    [InlineData("ar", "publications", "withdraw-publication", "reason is empty", "reason")]
    [InlineData("ar", "consultations", "call-consultation", "the title is missing", "title")]
    [InlineData(
        "ar",
        "consultations",
        "call-consultation",
        "the end of the call must lie ahead",
        "inputsUntil"
    )]
    [InlineData(
        "fr",
        "consultations",
        "call-consultation",
        "affected streams are missing",
        "affectedStreams"
    )]
    [InlineData("en", "consultations", "call-consultation", "the concept of it is missing", null)]
    public void A_refusal_stands_at_the_field_that_it_is_about_and_calls_it_by_its_label(
        string language,
        string kinds,
        string act,
        string reason,
        string? path
    )
    {
        PageTexts texts = PageTexts.For(language);
        CommandKind command = Catalogue
            .Known.Kinds.First(kind => kind.Plural == kinds)
            .Commands.First(each => each.Name == act);
        IReadOnlyDictionary<string, FieldFault> faults = FieldFault.Of(
            texts,
            command,
            CameBack.Of(Refusal.Invalid(reason)),
            new Dictionary<string, string>()
        );
        if (path is null)
        {
            Assert.Empty(faults);
            return;
        }

        FieldFault fault = Assert.Single(faults).Value;
        Assert.Equal(path, fault.Path);
        Assert.Contains(
            Labels.Member(texts, Asked.Of(command).First(asked => asked.Path == path).Member),
            fault.Beside,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("harmNote", fault.Beside, StringComparison.Ordinal);
        Assert.DoesNotContain("lang=\"en\"", fault.Beside, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_record_says_in_paragraphs_stays_in_them_even_with_an_address_in_it()
    {
        PageTexts texts = PageTexts.For("en");
        Assert.Equal(
            "<bdi>One, of https://example.org/a</bdi><br><br><bdi>Two</bdi>",
            Values.Subject(new Markup(texts), "One, of https://example.org/a\r\n\r\nTwo")
        );
        Assert.Equal(
            "<bdi>One</bdi><br><span class=\"own\" dir=\"rtl\">اثنان</span>",
            texts.Html(new Free("One\nاثنان\n"))
        );
    }

    [Fact]
    public void One_is_not_said_as_many()
    {
        string Said(int n) => PageTexts.For("en").Plain("response.history", ("n", new Count(n)));
        Assert.Equal("How it came to be: one event", Said(1));
        Assert.Equal("How it came to be: 2 events", Said(2));
    }

    [Theory]
    [InlineData("Repairs", "<bdi>Repairs</bdi>")]
    [InlineData("Who\nrepairs", "<bdi>Who repairs</bdi>")]
    [InlineData("ae-42", "<bdi class=\"code\" dir=\"ltr\">ae-42</bdi>")]
    public void A_title_of_one_word_is_no_code(string title, string html)
    {
        var state = new System.Text.Json.Nodes.JsonObject { ["title"] = title };
        Assert.Equal(
            html,
            Titles.Words(
                new Markup(PageTexts.For("en")),
                new Seen(
                    Catalogue.Known.Of("consultation")!,
                    "c",
                    1,
                    "call",
                    JsonSerializer.SerializeToElement(state)
                )
            )
        );
    }

    [Fact]
    public void A_core_resource_has_no_people_who_are_not_counted()
    {
        foreach (string language in PageTexts.Languages)
        {
            PageTexts texts = PageTexts.For(language);
            Assert.Equal(
                texts.Html("fact.no-area"),
                texts.Html(
                    WithoutMessaging.Words(texts, Place.OfFunction("rir:afrinic"), (null, 0))
                )
            );
            Assert.Equal(
                texts.Html(new Said("unknown")),
                texts.Html(WithoutMessaging.Words(texts, Place.OfCountry("SD"), (null, 0)))
            );
        }
    }

    private static IEnumerable<string> Own(string language)
    {
        using Stream stream = Assembly
            .GetAssembly(typeof(PageTexts))!
            .GetManifestResourceStream($"pages.response.{language}.json")!;
        return
        [
            .. System
                .Text.Json.JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!
                .Keys.Order(StringComparer.Ordinal),
        ];
    }

    private static bool IsMissing(string language, IReadOnlyList<string> keys) =>
        !keys.Any(PageTexts.For(language).Keys.Contains);

    [Theory]
    [MemberData(nameof(Languages))]
    public void INV_05_Who_only_hears_a_broadcast_is_in_no_total_of_people(string language)
    {
        static Seen Commitment(string id, string service, int civilians)
        {
            using var state = JsonDocument.Parse(
                $$"""{"state":"working","service":"{{service}}","civilians":{{civilians}},"responders":0}"""
            );
            return new Seen(
                Catalogue.Known.Of("commitment")!,
                id,
                1,
                "working",
                state.RootElement.Clone()
            );
        }

        var page = new Markup(PageTexts.For(language));
        Sums.Of(
            page,
            Catalogue.Known.Of("commitment")!,
            [Commitment("kit", "messaging", 300), Commitment("radio", "broadcast", 7000)],
            Instant.FromUtc(2026, 1, 1, 0, 0)
        );
        string told = page.ToString();
        Assert.Matches("total-working\">.*?>2<.*?>300<.*?>0<", told);
        Assert.Matches(
            Regex.Escape(PageTexts.For(language).Html(new Count(7000))),
            told[told.IndexOf("</table>", StringComparison.Ordinal)..]
        );
    }
}
