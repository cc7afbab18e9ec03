using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Breakwater.App.Subjects;
using Breakwater.Publications;
using Breakwater.Signals.Reporting;
using Breakwater.Vocabulary;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.App.Pages.Response;

/// <summary>Values of a state as HTML, by their type.</summary>
internal static class Values
{
    /// <summary>Members that hold the id of something with a page.</summary>
    private static readonly Dictionary<string, string> _pages = new(StringComparer.Ordinal)
    {
        ["DisruptionId"] = "/disruptions",
        ["PlanId"] = "/plans",
        ["AdoptedPlan"] = "/plans",
        ["OfferId"] = "/offers",
        ["Offer"] = "/offers",
        ["ActivationDecision"] = "/decisions",
        ["StandDownDecision"] = "/decisions",
        ["DecisionId"] = "/decisions",
        ["AdoptedBy"] = "/decisions",
        ["Approval"] = "/approvals",
        ["Response"] = "/responses",
        ["Publication"] = "/reports",
        ["Replaces"] = "/publications",
        ["ReplacedBy"] = "/publications",
        ["Mission"] = "/missions",
        ["Corrects"] = "/notifications",
        ["CorrectedBy"] = "/notifications",
        ["Clearance"] = "/clearances",
        ["Clearances"] = "/clearances",
        ["Depot"] = "/fuel-depots",
        ["Request"] = "/fuel-requests",
        ["Needs"] = "/explain",
        ["RestorationId"] = "/explain",
        ["Restoration"] = "/explain",
        ["Restorations"] = "/explain",
        ["Organisation"] = "/organisations",
        ["Stakeholder"] = "/organisations",
        ["Organisations"] = "/organisations",
        ["ProposedFor"] = "/organisations",
        ["OpenedFor"] = "/organisations",
        ["PenHolder"] = "/organisations",
        ["Contact"] = "/contact-points",
        ["Deputy"] = "/contact-points",
        ["Keeper"] = "/organisations",
        ["Ping"] = "/contact-pings",
        ["OpenPing"] = "/contact-pings",
        ["Secretariat"] = "/organisations",
        ["Convener"] = "/organisations",
        ["Consultation"] = "/consultations",
        ["WorkArea"] = "/work-areas",
        ["Cycle"] = "/cycles",
        ["Input"] = "/consultation-inputs",
        ["CopyOf"] = "/consultation-inputs",
        ["SupersededBy"] = "/common-positions",
    };

    /// <returns>HTML; null when nothing is stated.</returns>
    public static string? Html(Markup page, PropertyInfo member, JsonElement value) =>
        Html(page, member, Members.Bare(member.PropertyType), value);

    public static string Moment(PageTexts texts, Instant? at) =>
        at is { } known ? texts.Html(new Moment(known)) : texts.Html("response.not-stated");

    /// <summary>Days when it is long, hours when it is not.</summary>
    public static string Length(PageTexts texts, Duration length) =>
        length >= Duration.FromDays(2)
            ? texts.Html("response.days", ("n", new Number(Math.Floor(length.TotalDays), 0)))
            : texts.Html(
                "response.hours",
                ("n", new Number(Math.Floor(length.TotalHours * 10) / 10, 1))
            );

    /// <summary>
    /// What something is about, as a link when it has a page: a subject of the ledger by its name, <c>kind/id</c>, or a product
    /// by its id, which begins with its kind.
    /// </summary>
    public static string Subject(Markup page, string subject) =>
        subject.Any(char.IsWhiteSpace) ? page.Texts.Html(new Free(subject))
        : AddressOf(subject) is { } address ? Link(page, address, subject)
        : subject.Contains('/', StringComparison.Ordinal) ? page.Texts.Html(new Code(subject))
        : Word(page.Texts, subject);

    /// <summary>Where the page of what a member holds is; null for a value that is no id of anything with a page.</summary>
    /// <param name="member">Name of the member, as the type has it.</param>
    public static string? AddressOf(string member, string text) =>
        _pages.TryGetValue(member, out string? path)
            ? $"{path}/{Uri.EscapeDataString(text)}"
            : AddressOf(text);

    private static string? AddressOf(string subject) =>
        subject.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash
            ? Page(subject[..slash]) is { } path
                ? $"{path}/{Uri.EscapeDataString(subject[(slash + 1)..])}"
                : null
            : subject.IndexOf('-', StringComparison.Ordinal) is > 0 and var dash
            && ProductPage(subject[..dash]) is { } product
                ? $"{product}/{Uri.EscapeDataString(subject)}"
                : null;

    /// <summary>By its name, as far as this reader may know it, else by its id.</summary>
    public static string Organisation(Markup page, string id) =>
        Link(page, AddressOf("Organisation", id)!, id);

    private static string Link(Markup page, string address, string id) =>
        page.Names.TryGetValue(address, out string? name)
            ? $"<a href=\"{page.Address(address)}\" title=\"{Spoken.Html(Spoken.Plain(id))}\">{name}</a>"
            : page.Link(address, page.Texts.Html(new Code(Short(id))));

    /// <summary>A salted hash of a short word can be guessed: no page shows it.</summary>
    public static bool IsSecret(Type type) => type == typeof(CodeWordHash);

    public static string Short(string id) => id.Length > 40 ? id[..32] + "…" : id;

    private static string? Page(string kind) =>
        ProductPage(kind) ?? (Catalogue.Known.Of(kind) is { } known ? Addresses.Of(known) : null);

    private static string? ProductPage(string kind) =>
        kind switch
        {
            "disruption" => "/disruptions",
            "plan" => "/plans",
            _ => null,
        };

    private static string? Html(Markup page, PropertyInfo member, Type type, JsonElement value)
    {
        PageTexts texts = page.Texts;
        return value.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.Undefined => null,
            JsonValueKind.True => texts.Html("response.yes"),
            JsonValueKind.False => texts.Html("response.no"),
            JsonValueKind.Number => Number(texts, value),
            JsonValueKind.String => String(page, member, type, value.GetString()!),
            JsonValueKind.Array => Items(page, member, type, value),
            _ => Object(page, member, type, value),
        };
    }

    private static string? String(Markup page, PropertyInfo member, Type type, string text)
    {
        PageTexts texts = page.Texts;
        return text.Length == 0 ? null
            : type.IsEnum ? Labels.Value(texts, type, text)
            : type == typeof(Instant) ? Moment(texts, InstantPattern.ExtendedIso.Parse(text).Value)
            : type == typeof(Duration)
                ? Length(texts, JsonSerializer.Deserialize<Duration>($"\"{text}\"", Json.Compact))
            : member.Name == "OutcomeReason" ? texts.Outcome(text)
            : member.Name is "Hash" or "Pack" ? texts.Html(new Code(text))
            : member.Name == "Option" ? texts.Words.Html(new Term("option", text))
            : AddressOf(member.Name, text) is { } address ? Link(page, address, text)
            : Subject(page, text);
    }

    private static string? Items(Markup page, PropertyInfo member, Type type, JsonElement value)
    {
        if (member.DeclaringType == typeof(Decisions.Response) && member.Name == "Needs")
        {
            return value.GetArrayLength() is > 0 and var count
                ? $"<a href=\"#needs\">{page.Texts.Html("response.needs.table", ("n", new Count(count)))}</a>"
                : null;
        }

        Type item = Members.Bare(Members.ItemOf(type) ?? typeof(string));
        string all = string.Join(
            "<br>",
            value
                .EnumerateArray()
                .Select(each => Html(page, member, item, each))
                .Where(html => html is not null)
        );
        return all.Length == 0 ? null : all;
    }

    private static string? Object(Markup page, PropertyInfo member, Type type, JsonElement value)
    {
        PageTexts texts = page.Texts;
        if (value.TryGetProperty("sealed", out _))
        {
            return texts.Html("response.sealed");
        }

        if (IsSecret(type))
        {
            return texts.Html("response.sealed");
        }

        if (type == typeof(Place))
        {
            return texts.Html(Publications.Word.Of(value.Deserialize<Place>(Json.Compact)!));
        }

        if (type == typeof(InstantRange))
        {
            return texts.Html(Publications.Word.Of(value.Deserialize<InstantRange>(Json.Compact)));
        }

        string all = string.Join(
            "<br>",
            Members
                .Of(type)
                .Select(inner =>
                    value.TryGetProperty(Members.JsonName(inner), out JsonElement known)
                    && Html(page, inner, known) is { } html
                        ? $"{Labels.Member(texts, inner)}: {html}"
                        : null
                )
                .Where(html => html is not null)
        );
        return all.Length == 0 ? null : all;
    }

    private static string Number(PageTexts texts, JsonElement value) =>
        value.TryGetInt64(out long whole)
            ? texts.Html(new Count(whole))
            : texts.Html(new Number(value.GetDouble(), 2));

    /// <summary>A code stays as it is and left to right; words are somebody's own.</summary>
    private static string Word(PageTexts texts, string text) =>
        text.Contains(' ', StringComparison.Ordinal) || !text.Any(char.IsAsciiDigit)
            ? texts.Html(new Free(text))
            : texts.Html(new Code(Short(text)));

    /// <summary>The number as a form takes it.</summary>
    public static string Plain(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
