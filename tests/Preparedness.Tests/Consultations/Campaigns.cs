using System.Text;

namespace Breakwater.Preparedness.Tests.Consultations;

/// <summary>
/// Inputs as campaigns make them, in four languages: a text that many send with small changes of their own, beside voices of their
/// own and texts that differ in the one word that matters.
/// </summary>
internal static class Campaigns
{
    private static readonly string[] _countries =
    [
        "Kenya",
        "Sudan",
        "Ukraine",
        "Yemen",
        "Haiti",
        "Lebanon",
        "Myanmar",
        "Chad",
        "Mali",
        "Armenia",
    ];

    private static readonly (string Of, string Instead)[] _synonyms =
    [
        ("rapidly", "quickly"),
        ("people", "persons"),
        ("crisis", "emergency"),
        ("needs", "requires"),
        ("also", "too"),
        ("important", "essential"),
        ("help", "assist"),
        ("rapidement", "vite"),
        ("aussi", "également"),
        ("crise", "urgence"),
        ("besoin", "nécessité"),
        ("الناس", "الأشخاص"),
        ("أيضا", "كذلك"),
        ("الأزمة", "الطوارئ"),
        ("迅速", "快速"),
        ("重要", "关键"),
    ];

    private static readonly Language[] _languages =
    [
        new(
            "en",
            [
                "We write because {0} people in {1} lost the link to their families during the crisis.",
                "In {1} it took {0} days until a call reached the next town.",
                "My cousin walked {0} kilometres through {1} to find a signal.",
                "Our clinic in {1} worked for {0} nights with a torch and a notebook.",
            ],
            [
                "The mechanism should prepare {2} long before it is needed.",
                "A fund should pay for {2} where nobody else will.",
                "Every plan should name who brings {2} and how rapidly.",
                "The group should publish what {2} cost and who delivered.",
                "Communities should decide where {2} go.",
            ],
            [
                "spare antennas",
                "trained crews",
                "shared towers",
                "paper directories",
                "repair vans",
                "power banks",
                "message boards",
                "mesh nodes",
            ],
            [
                "Without this, help comes too late for people who are cut off.",
                "It is important that people know whom to ask in a crisis.",
                "Please also listen to those who repaired lines under fire.",
                "Nothing in the draft says who answers when a line stays dark.",
                "We have seen it work in one valley and fail in another.",
                "The report needs dates, names of roles and a budget.",
            ],
            " ",
            ["Dear chairs,", "Hello,", "To the secretariat:"],
            ["Regards, A. K.", "Thank you", "Best wishes, teacher in Oslo"],
            "should",
            "should not"
        ),
        new(
            "fr",
            [
                "Nous écrivons parce que {0} personnes en {1} ont perdu le contact avec leurs proches pendant la crise.",
                "Il a fallu {0} jours pour qu'un appel parte de {1}.",
                "Ma voisine a marché {0} kilomètres à travers {1} pour trouver du réseau.",
            ],
            [
                "Le mécanisme devrait préparer {2} bien avant la crise.",
                "Un fonds devrait payer {2} quand les autres ne paient rien.",
                "Chaque plan devrait dire qui apporte {2} et à quel rythme.",
            ],
            [
                "des antennes de réserve",
                "des équipes formées",
                "des pylônes partagés",
                "des annuaires en papier",
                "des camions de réparation",
            ],
            [
                "Sans cela, l'aide arrive trop tard pour ceux qui sont coupés du monde.",
                "Il est important que les gens sachent rapidement à qui s'adresser.",
                "Écoutez aussi celles et ceux qui ont réparé les lignes.",
                "Le texte a besoin de dates et d'un budget.",
            ],
            " ",
            ["Bonjour,", "Chers responsables,"],
            ["Cordialement, M. D.", "Merci"],
            "devrait",
            "ne devrait pas"
        ),
        new(
            "ar",
            [
                "نكتب لأن {0} من الناس في {1} فقدوا الاتصال بأهلهم خلال الأزمة.",
                "مرت {0} ليال في {1} حتى وصلت أول مكالمة.",
                "مشى جاري {0} كيلومترا في {1} بحثا عن إشارة.",
            ],
            [
                "على الآلية أن تجهز {2} قبل الأزمة بوقت طويل.",
                "على الصندوق أن يدفع ثمن {2} حين يعجز الآخرون.",
                "على كل خطة أن تذكر من يحمل {2} ومتى.",
            ],
            ["هوائيات احتياطية", "فرقا مدربة", "أبراجا مشتركة", "دفاتر ورقية", "شاحنات إصلاح"],
            [
                "من غير ذلك تصل المساعدة متأخرة إلى من انقطعوا.",
                "من المهم أن يعرف الناس من يسألون.",
                "استمعوا أيضا إلى من أصلحوا الخطوط.",
                "يحتاج التقرير إلى تواريخ وميزانية.",
            ],
            " ",
            ["تحية طيبة،", "السادة الكرام،"],
            ["مع الشكر", "تحياتي، م. س."],
            "على",
            "ليس على"
        ),
        new(
            "zh",
            [
                "我们写信是因为{1}有{0}人在危机中与家人失去联系。",
                "在{1}等了{0}个夜晚才打通第一个电话。",
                "我的邻居在{1}走了{0}公里去找信号。",
            ],
            [
                "该组织应当在危机之前很久就准备{2}。",
                "基金应当为{2}付款。",
                "各项计划应当写明谁迅速送来{2}。",
            ],
            ["备用天线", "受训队伍", "共享铁塔", "纸质名录", "维修车辆"],
            [
                "没有这些，帮助对失联的人来得太晚。",
                "让人们知道向谁求助很重要。",
                "请听听那些修线路的人。",
                "报告需要日期和预算。",
            ],
            "",
            ["您好，", "尊敬的主席："],
            ["此致", "谢谢"],
            "应当",
            "不应当"
        ),
    ];

    /// <param name="count">Of inputs; about half of them are copies.</param>
    public static MadeInputs Make(int count, int seed)
    {
        var chance = new Random(seed);
        var made = new List<(int Voice, string Text)>();
        int voice = 0;
        var told = new HashSet<string>();
        while (made.Count < count)
        {
            Language language = _languages[
                chance.Next(100) switch
                {
                    < 55 => 0,
                    < 75 => 1,
                    < 90 => 2,
                    _ => 3,
                }
            ];
            string text = language.Text(chance, Place(chance));
            if (!told.Add(text))
            {
                continue;
            }

            if (chance.Next(12) > 0)
            {
                made.Add((voice++, text));
                continue;
            }

            // A campaign, and texts made from its own that say something else; some of those have followers too.
            Follow(text, chance.Next(2, 40));
            foreach (string miss in Misses(language, text, chance).Where(told.Add))
            {
                Follow(miss, chance.Next(1, 4));
            }

            void Follow(string original, int copies)
            {
                made.Add((voice, original));
                for (int i = 1; i < copies; i++)
                {
                    made.Add((voice, Changed(language, original, chance)));
                }

                voice++;
            }
        }

        return MadeInputs.Of([.. made.Take(count)], seed);
    }

    /// <summary>What must stay apart from the text: denied, with another number, another country, or quoted by others with opinions of their own.</summary>
    private static IEnumerable<string> Misses(Language language, string text, Random chance)
    {
        yield return Replaced(text, language.Should, language.ShouldNot);
        string digits = new([
            .. text.SkipWhile(letter => !char.IsAsciiDigit(letter)).TakeWhile(char.IsAsciiDigit),
        ]);
        yield return Replaced(
            text,
            digits,
            (int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture) + 1).ToString(
                System.Globalization.CultureInfo.InvariantCulture
            )
        );
        if (
            _countries.FirstOrDefault(country =>
                text.Contains(country, StringComparison.Ordinal)
            ) is
            { } named
        )
        {
            yield return text.Replace(
                named,
                _countries.First(country => country != named),
                StringComparison.Ordinal
            );
        }

        string quoted = $"“{text}”";
        yield return $"{quoted}\n{language.Opinion(chance, 2)}";
        yield return $"{quoted}\n{language.Opinion(chance, 2)}";
    }

    private static string Replaced(string text, string of, string by) =>
        text.IndexOf(of, StringComparison.Ordinal) is >= 0 and var at
            ? text[..at] + by + text[(at + of.Length)..]
            : text + by;

    private static string Changed(Language language, string text, Random chance)
    {
        string changed = text;
        foreach ((string of, string instead) in _synonyms)
        {
            if (chance.Next(3) == 0 && changed.Contains(of, StringComparison.Ordinal))
            {
                changed = Replaced(changed, of, instead);
            }
        }

        changed = chance.Next(6) switch
        {
            0 => changed.ToUpperInvariant(),
            1 => changed.Replace(" ", "  ", StringComparison.Ordinal),
            2 => $"\u200f{changed}\u200e",
            3 => changed.Replace(".", "!", StringComparison.Ordinal),
            _ => Mistyped(changed, chance),
        };
        if (chance.Next(3) == 0)
        {
            changed = $"{language.Greetings[chance.Next(language.Greetings.Count)]}\n{changed}";
        }

        return chance.Next(3) == 0
            ? $"{changed}\n{language.Signatures[chance.Next(language.Signatures.Count)]}"
            : changed;
    }

    /// <summary>A slip in a long word or two.</summary>
    private static string Mistyped(string text, Random chance)
    {
        string[] words = text.Split(' ');
        int[] eligible =
        [
            .. words
                .Index()
                .Where(word =>
                    word.Item.Length > 6
                    && word.Item.All(char.IsLetter)
                    && !_countries.Contains(word.Item)
                )
                .Select(word => word.Index),
        ];
        foreach (int at in eligible.OrderBy(_ => chance.Next()).Take(chance.Next(3)))
        {
            int letter = chance.Next(2, words[at].Length - 1);
            words[at] = words[at].Remove(letter, 1);
        }

        return string.Join(' ', words);
    }

    private static string Place(Random chance) => _countries[chance.Next(_countries.Length)];

    private sealed record Language(
        string Code,
        IReadOnlyList<string> Openings,
        IReadOnlyList<string> Demands,
        IReadOnlyList<string> Things,
        IReadOnlyList<string> Ends,
        string Between,
        IReadOnlyList<string> Greetings,
        IReadOnlyList<string> Signatures,
        string Should,
        string ShouldNot
    )
    {
        public string Text(Random chance, string country)
        {
            var text = new StringBuilder();
            text.Append(
                string.Format(
                    System.Globalization.CultureInfo.InvariantCulture,
                    Openings[chance.Next(Openings.Count)],
                    chance.Next(11, 9_000),
                    country
                )
            );
            return text.Append(Between).Append(Opinion(chance, chance.Next(2, 4))).ToString();
        }

        public string Opinion(Random chance, int demands)
        {
            IEnumerable<string> said = Demands
                .OrderBy(_ => chance.Next())
                .Take(demands)
                .Select(demand =>
                    demand.Replace(
                        "{2}",
                        Things[chance.Next(Things.Count)],
                        StringComparison.Ordinal
                    )
                )
                .Append(Ends[chance.Next(Ends.Count)]);
            return string.Join(Between, said);
        }
    }
}
