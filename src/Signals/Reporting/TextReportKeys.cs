using System.Collections.Frozen;
using Breakwater.Vocabulary;

namespace Breakwater.Signals.Reporting;

internal enum TextReportKey
{
    Place,
    Position,
    Network,
    Service,
    State,
    When,
    Observer,
    Language,
    Contact,
}

/// <summary>What people write before and after the colon, in English, French and Arabic.</summary>
internal static class TextReportKeys
{
    private static readonly FrozenDictionary<string, TextReportKey> _keys = Table(
        (TextReportKey.Place, "place|where|location|lieu|endroit|où|المكان|مكان|الموقع"),
        (TextReportKey.Position, "position|gps|coordinates|coordonnées|الإحداثيات|احداثيات"),
        (TextReportKey.Network, "network|operator|réseau|opérateur|الشبكة|شبكة|المشغل"),
        (TextReportKey.Service, "service|الخدمة|خدمة"),
        (TextReportKey.State, "state|status|état|statut|الحالة|حالة"),
        (TextReportKey.When, "when|time|quand|heure|متى|الوقت|وقت"),
        (TextReportKey.Observer, "observer|i am|observateur|je suis|المراقب|الصفة|صفة"),
        (TextReportKey.Language, "language|langue|اللغة|لغة"),
        (TextReportKey.Contact, "contact|للتواصل|الاتصال")
    );

    private static readonly FrozenDictionary<string, Service> _services = Table(
        (
            Vocabulary.Service.Broadcast,
            "broadcast|radio|tv|television|télévision|diffusion|بث|راديو"
        ),
        (
            Vocabulary.Service.Messaging,
            "messaging|text|sms|messages|messagerie|textos|رسائل|الرسائل"
        ),
        (
            Vocabulary.Service.Voice,
            "voice|calls|phone|telephone|voix|appels|téléphone|مكالمات|هاتف|الهاتف"
        ),
        (Vocabulary.Service.Web, "web|internet|data|toile|ويب|إنترنت|انترنت|الإنترنت|الانترنت"),
        (Vocabulary.Service.Video, "video|vidéo|فيديو")
    );

    private static readonly FrozenDictionary<string, ServiceState> _states = Table(
        (ServiceState.Working, "working|works|up|ok|fonctionne|marche|en service|يعمل|تعمل|شغال"),
        (
            ServiceState.Degraded,
            "degraded|slow|weak|dégradé|dégradée|lent|lente|faible|بطيء|بطيئة|ضعيف|ضعيفة"
        ),
        (
            ServiceState.Down,
            "down|out|off|dead|no service|coupé|coupée|en panne|hors service|مقطوع|مقطوعة|منقطع|متوقف|معطل"
        ),
        (ServiceState.Unknown, "unknown|not known|inconnu|inconnue|غير معروف|غير معروفة")
    );

    private static readonly FrozenDictionary<string, ObserverKind> _observers = Table(
        (ObserverKind.Resident, "resident|habitant|habitante|مقيم|ساكن"),
        (ObserverKind.Operator, "operator|opérateur|مشغل"),
        (ObserverKind.Measurer, "measurer|mesureur|قائس"),
        (ObserverKind.Responder, "responder|secouriste|مسعف|منقذ"),
        (ObserverKind.Journalist, "journalist|journaliste|صحفي|صحفية"),
        (ObserverKind.Authority, "authority|autorité|سلطة")
    );

    private const int KeyLengthMax = 40;

    public static TextReportKey? KeyOf(string text) => Of(_keys, text);

    public static Service? ServiceOf(string text) => Of(_services, text);

    public static ServiceState? StateOf(string text) => Of(_states, text);

    public static ObserverKind? ObserverOf(string text) => Of(_observers, text);

    private static T? Of<T>(FrozenDictionary<string, T> table, string text)
        where T : struct =>
        text.Length <= KeyLengthMax && table.TryGetValue(Plain(text), out T value) ? value : null;

    private static FrozenDictionary<string, T> Table<T>(params (T Value, string Words)[] rows) =>
        rows.SelectMany(row => row.Words.Split('|'), (row, word) => (Word: Plain(word), row.Value))
            .DistinctBy(row => row.Word)
            .ToFrozenDictionary(row => row.Word, row => row.Value, StringComparer.Ordinal);

    /// <summary>Lower case, without accents, marks of direction and signs around it.</summary>
    private static string Plain(string text) =>
        string.Concat(
                text.ToLowerInvariant()
                    .Where(letter =>
                        !char.IsControl(letter)
                        && letter
                            is not (>= '\u200B' and <= '\u200F')
                                and not (>= '\u202A' and <= '\u202E')
                                and not (>= '\u2066' and <= '\u2069')
                    )
                    .Select(letter =>
                        letter switch
                        {
                            'é' or 'è' or 'ê' => 'e',
                            'à' or 'â' => 'a',
                            'ù' or 'û' => 'u',
                            'ô' => 'o',
                            _ => letter,
                        }
                    )
            )
            .Trim(' ', '\t', '.', '!', '*', '_', '-', '"');
}
