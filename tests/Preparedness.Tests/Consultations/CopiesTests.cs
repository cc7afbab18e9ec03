using Breakwater.Preparedness.Consultations.Grouping;
using NodaTime;
using Xunit;

namespace Breakwater.Preparedness.Tests.Consultations;

/// <summary>Pairs written by hand. Most are hard: they differ in little and mean something else, or differ in much and mean the same.</summary>
public sealed class CopiesTests
{
    private static readonly Instant _at = Instant.FromUtc(2025, 11, 27, 9, 0);

    private const string Long =
        "The call asks how civilians in conflict can be reconnected. In the first days nobody knew whom to ask, the masts had no power and the roads were closed, so the town heard nothing for a week and families wrote messages on the walls of the station.";

    [Theory]
    [InlineData(
        "We ask that every plan names who pays for repairs.",
        "WE ASK that every plan  names who pays for repairs!"
    )]
    [InlineData(
        "We ask that every plan names who pays for repairs.",
        "Dear chairs,\n\nWe ask that every plan names who pays for repairs.\n\nRegards, A. K."
    )]
    [InlineData(
        "We ask that every plan names who pays for the repairs of masts and lines.",
        "We ask that every plan names who pays for teh repairs of mastts and lines."
    )]
    [InlineData(
        "The mechanism shouldn’t wait for a request.",
        "The mechanism should not wait for a request."
    )]
    [InlineData("Repairs cost 20,000 a month here.", "Repairs cost 20000 a month here.")]
    [InlineData(
        "See https://example.org/call?utm_source=a for what we ask.",
        "See https://example.org/call?utm_source=b for what we ask."
    )]
    [InlineData(
        "نطلب أن تذكر كل خطة من يدفع ثمن الإصلاح.",
        "\u200fنطلب أن تذكر كل خطّة من يدفع ثمن الاصـــلاح.\u200e"
    )]
    [InlineData(
        "يدفع الصندوق ٢٥ في المائة من ثمن الإصلاح هنا.",
        "يدفع الصندوق 25 في المائة من ثمن الإصلاح هنا."
    )]
    [InlineData(
        "Nous demandons que chaque plan dise qui paie les réparations.",
        "Nous demandons que chaque plan dise qui paie les reparations"
    )]
    [InlineData(
        "我们要求每个计划说明由谁支付维修费用。",
        "我们要求每个计划说明，由谁支付维修费用！"
    )]
    [InlineData(
        "ｗｅ ａｓｋ for names of roles in the plan",
        "We ask for names of roles in the plan"
    )]
    [InlineData(Long, "Hello,\n" + Long + "\nThank you")]
    [InlineData(Long, "> " + Long)]
    public void These_are_copies(string one, string other) =>
        Assert.True(AreCopies(one, other), $"{Told(one)}\n{Told(other)}");

    [Theory]
    [InlineData(
        "The mechanism should wait for the request of a State.",
        "The mechanism should not wait for the request of a State."
    )]
    [InlineData(
        "The mechanism should wait for a request.",
        "The mechanism shouldn't wait for a request."
    )]
    [InlineData(
        "We support the draft as it stands and thank the chairs for it.",
        "We oppose the draft as it stands and thank the chairs for it."
    )]
    [InlineData(
        "Sharing the list of sites is acceptable to our community here.",
        "Sharing the list of sites is unacceptable to our community here."
    )]
    [InlineData(
        "Cutting the line was legal under the order that we were shown then.",
        "Cutting the line was illegal under the order that we were shown then."
    )]
    [InlineData(
        "Inclusion of armed groups is what the town asks of the forum now.",
        "Exclusion of armed groups is what the town asks of the forum now."
    )]
    [InlineData(
        "The fund should pay 40 percent of what repairs cost.",
        "The fund should pay 60 percent of what repairs cost."
    )]
    [InlineData(
        "The fund should pay for three months of fuel here.",
        "The fund should pay for nine months of fuel here."
    )]
    [InlineData(
        "People in Kenya had no signal for a week and wrote to us.",
        "People in Chad had no signal for a week and wrote to us."
    )]
    [InlineData(
        "People in South Sudan had no signal and wrote to us about it.",
        "People in Sudan had no signal and wrote to us about it."
    )]
    [InlineData(
        "Families in the camp near Adre had no signal for the whole time and wrote to us about it.",
        "Families in the camp near Farchana had no signal for the whole time and wrote to us about it."
    )]
    [InlineData(
        "The group asks for satellite links at every clinic of the valley.",
        "The group asks for generators at every clinic of the valley."
    )]
    [InlineData(
        "Governments should decide who is connected first in a camp.",
        "Communities should decide who is connected first in a camp, governments should not."
    )]
    [InlineData("“" + Long + "”\nI agree.", "“" + Long + "”\nThis is wrong.")]
    [InlineData(
        "“" + Long + "” This shows why spare masts must stand ready in each district.",
        "“" + Long + "” The town had rehearsed badly, and more masts would change nothing."
    )]
    [InlineData(
        Long + " This shows why spare masts have to stand ready in each district.",
        Long + " The town had rehearsed badly and hardware would change little."
    )]
    [InlineData(
        "Le mécanisme devrait attendre la demande d'un État.",
        "Le mécanisme ne devrait pas attendre la demande d'un État."
    )]
    [InlineData(
        "Le fonds devrait payer six mois de carburant.",
        "Le fonds devrait payer neuf mois de carburant."
    )]
    [InlineData(
        "يجب أن تنتظر الآلية طلب الدولة قبل أن تبدأ.",
        "لا يجب أن تنتظر الآلية طلب الدولة قبل أن تبدأ."
    )]
    [InlineData(
        "نؤيد المسودة كما هي ونشكر القائمين عليها.",
        "نعارض المسودة كما هي ونشكر القائمين عليها."
    )]
    [InlineData(
        "انقطع الاتصال في السودان أسبوعا كاملا وكتب الناس إلينا.",
        "انقطع الاتصال في اليمن أسبوعا كاملا وكتب الناس إلينا."
    )]
    [InlineData(
        "该机制应当等待国家的请求之后再开始工作。",
        "该机制不应当等待国家的请求之后再开始工作。"
    )]
    [InlineData(
        "苏丹的人们一周没有信号，他们写信给我们。",
        "肯尼亚的人们一周没有信号，他们写信给我们。"
    )]
    [InlineData(
        "Механизм должен ждать запроса государства и его органов.",
        "Механизм не должен ждать запроса государства и его органов."
    )]
    [InlineData("Yes.", "No.")]
    [InlineData("We agree.", "We object.")]
    [InlineData("More masts", "More roads")]
    public void These_are_not(string one, string other) => Assert.False(AreCopies(one, other));

    [Fact]
    public void A_chain_of_small_changes_ends_where_the_first_is_no_longer_what_was_copied()
    {
        string[] words =
        [
            .. Enumerable
                .Range(0, 40)
                .Select(n => $"{(char)('a' + (n % 26))}{(char)('b' + (n % 20))}orden"),
        ];
        var inputs = new List<InputText>();
        for (int at = 0; at < 20; at++)
        {
            words[at * 2] = $"changed{(char)('a' + at)}word";
            inputs.Add(
                new InputText($"{at:d2}", _at + Duration.FromMinutes(at), string.Join(' ', words))
            );
        }

        InputGroups groups = GroupsFromInputs.Find(inputs);
        Assert.True(groups.Voices > 1);
        Assert.All(groups.Groups, group => Assert.True(group.Count < 10));
    }

    [Fact]
    public void Many_of_one_wording_within_an_hour_are_a_flood_and_all_are_kept()
    {
        InputGroups groups = GroupsFromInputs.Find([
            .. Enumerable
                .Range(0, 50)
                .Select(n => new InputText(
                    $"{n:d2}",
                    _at + Duration.FromMinutes(n),
                    "We ask that every plan names who pays."
                )),
        ]);
        InputGroup group = Assert.Single(groups.Groups);
        Assert.True(group.IsFlood);
        Assert.Equal(50, group.Count);
        Assert.Equal(1, groups.Voices);
    }

    [Fact]
    public void Slow_repetition_is_no_flood()
    {
        InputGroups groups = GroupsFromInputs.Find([
            .. Enumerable
                .Range(0, 50)
                .Select(n => new InputText(
                    $"{n:d2}",
                    _at + Duration.FromHours(n),
                    "We ask that every plan names who pays."
                )),
        ]);
        Assert.False(Assert.Single(groups.Groups).IsFlood);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\u0000\u0001\u202e\u2066")]
    [InlineData("\ud800 half a pair \udc00")]
    [InlineData("«“«“\"\"")]
    [InlineData(">>>>\n>")]
    [InlineData("'t n't don't 1,000,000.5.5 http:// https://?#")]
    public void Whatever_is_sent_is_read(string text) =>
        Assert.Equal(
            2,
            GroupsFromInputs.Find([new("a", _at, text), new("b", _at, text + " ")]).Inputs
        );

    [Fact]
    public void A_text_of_a_megabyte_is_read_to_its_end()
    {
        string much = string.Concat(Enumerable.Range(0, 120_000).Select(n => $"word{n % 977} "));
        Assert.Equal(
            [1, 2],
            new[] { much, much + "not" }.Select(other =>
                GroupsFromInputs.Find([new("a", _at, much), new("b", _at, other)]).Voices
            )
        );
    }

    private static string Told(string text) =>
        string.Join(' ', Wording.Of(text).Own.Select(term => term.Text));

    private static bool AreCopies(string one, string other) =>
        GroupsFromInputs.Find([new("one", _at, one), new("other", _at, other)]).Voices == 1;
}
