using System.Text.Json;
using Breakwater.App.Api;
using Breakwater.App.Subjects;
using Breakwater.Decisions.Fuel;
using Breakwater.Decisions.Membership;
using Breakwater.Publications;
using NodaTime;

namespace Breakwater.App.Pages.Response.Views;

/// <summary>A promise and how far it has come. Before it works it serves nobody.</summary>
internal static class CommitmentView
{
    public static void Write(Markup page, Seen seen)
    {
        PageTexts texts = page.Texts;
        if (seen.At("isOverdue") is { ValueKind: JsonValueKind.True })
        {
            page.Say(texts.Html("response.overdue"), "caution");
        }

        if (!Sums.Works(seen))
        {
            page.Say(texts.Html("response.not-working"), "caution");
        }

        page.Facts(
            First.Facts(
                page,
                seen,
                "Stakeholder",
                "Asset",
                "Place",
                "Service",
                "Units",
                "Civilians",
                "Responders",
                "ExpectedBy",
                "NextConfirmationBy",
                "Until",
                "Conditions",
                "PlanId",
                "OfferId"
            )
        );
        First.Table(page, seen, "Earmarks");
        First.Table(page, seen, "History");
    }

    /// <summary>How long it has been what it is: a pledge that is old is not yet more than a pledge.</summary>
    public static string InState(PageTexts texts, Seen seen, Instant now) =>
        Since(
            texts,
            seen.List("history")
                .Reverse()
                .TakeWhile(step => Seen.Text(step, "state") == seen.Text("state"))
                .LastOrDefault(),
            now
        );

    /// <summary>How long nobody has said anything of it.</summary>
    public static string LastWord(PageTexts texts, Seen seen, Instant now) =>
        seen.List("history") is [.., var last] ? Since(texts, last, now) : "—";

    private static string Since(PageTexts texts, JsonElement step, Instant now) =>
        Seen.Time(step, "at") is { } at
            ? Values.Length(texts, Duration.Max(Duration.Zero, now - at))
            : "—";
}

/// <summary>A permit: what was answered, and while nothing is, how old the silence is.</summary>
internal static class ClearanceView
{
    public static void Write(Markup page, Seen seen, Instant now)
    {
        PageTexts texts = page.Texts;
        if (Age(texts, seen, "askedAt", now) is { } age)
        {
            page.Say(
                $"{texts.Html("response.silent-for")}: {age}. {texts.Html("response.silence")}",
                "caution"
            );
        }

        page.Facts(
            First.Facts(
                page,
                seen,
                "Permit",
                "About",
                "Authority",
                "Answer",
                "AskedAt",
                "AnsweredAt",
                "EffectiveAt",
                "Until",
                "Conditions",
                "Waiting",
                "RemindedAt",
                "EscalatedAt"
            )
        );
    }

    /// <returns>How long nobody answered; null when nobody was asked, or somebody answered.</returns>
    public static string? Age(PageTexts texts, Seen seen, string since, Instant now) =>
        seen.Standing == "no-answer" && seen.Time(since) is { } asked
            ? Values.Length(texts, Duration.Max(Duration.Zero, now - asked))
            : null;
}

/// <summary>What a party was told, with the sentence that goes with every notification.</summary>
internal static class NotificationView
{
    public static void Write(Markup page, Seen seen, Instant now)
    {
        PageTexts texts = page.Texts;
        page.Say(texts.Html("response.statement"), "caution");
        if (seen.Text("outdated.because") is { } because)
        {
            string corrected = seen.Text("outdated.correctedBy") is { } by
                ? $"{texts.Html("response.outdated.corrected")} {Values.Subject(page, $"notification/{by}")}"
                : texts.Html($"response.outdated.{because}");
            page.Say(
                $"{texts.Html(seen.Time("sentAt") is null ? "response.outdated.prepared" : "response.outdated.sent")} {Values.Moment(texts, seen.Time("outdated.since"))}. {corrected}",
                "caution"
            );
        }

        if (ClearanceView.Age(texts, seen, "sentAt", now) is { } age)
        {
            page.Say(
                $"{texts.Html("response.silent-for")}: {age}. {texts.Html("response.silence")}"
            );
        }

        page.Facts(
            First.Facts(
                page,
                seen,
                "Mission",
                "Party",
                "Area",
                "Answer",
                "SentAt",
                "Channel",
                "AnsweredAt",
                "UnansweredAt",
                "Corrects",
                "Reason"
            )
        );
    }
}

/// <summary>A trip: whether its crew is well comes before everything.</summary>
internal static class MissionView
{
    public static async Task Write(Markup page, Seen seen, Reading reading, Caller caller)
    {
        PageTexts texts = page.Texts;
        if (seen.Standing is "overdue" or "alarm")
        {
            page.Raw(
                $"<div role=\"alert\"><p><strong>{texts.Html($"response.mission.{seen.Standing}")}</strong></p>\n<p>{texts.Html("field.last-seen-at")}: {Values.Moment(texts, seen.Time("lastSeenAt"))}</p></div>\n"
            );
        }

        if (seen.Time("watch.dueAt") is { } due)
        {
            page.Facts([
                (texts.Html("response.next-check-in"), Values.Moment(texts, due)),
                (texts.Html("response.left"), ResponseView.Left(texts, due, reading.Now)),
                (texts.Html("field.last-seen-at"), Values.Moment(texts, seen.Time("lastSeenAt"))),
            ]);
        }

        if (seen.At("terms") is { } terms)
        {
            page.Head("terms", texts.Html("field.terms"));
            StatePart.Write(
                page,
                terms,
                Members.Of(seen.Kind.State).First(member => member.Name == "Terms").PropertyType
            );
        }

        First.Table(page, seen, "Alarms");
        First.Table(page, seen, "Approvals");
        First.Table(page, seen, "Permits");
        SubjectKind kind = Catalogue.Known.Of("notification")!;
        IReadOnlyList<Seen> told = await reading
            .All(kind, caller, seen.Subject)
            .ConfigureAwait(false);
        page.Head(kind.Plural, Labels.Kinds(texts, kind))
            .Say(texts.Html("response.statement"), "quiet");
        if (told.Count > 0)
        {
            Columns.Write(page, kind, Columns.Urgent(told), reading.Now);
        }
    }
}

/// <summary>Fuel in one place. What is promised is not free, and what is on the road has not arrived.</summary>
internal static class DepotView
{
    public static void Write(Markup page, Seen seen)
    {
        PageTexts texts = page.Texts;
        page.Facts([
            .. First.Facts(page, seen, "Fuel", "Area", "Organisation", "Free"),
            (texts.Html("response.allocated"), texts.Html(new Number((double)Allocated(seen), 0))),
            .. First.Facts(page, seen, "Delivered", "Lost", "Received", "Corrected"),
        ]);
        if (seen.List("allocations") is { Count: > 0 } rows)
        {
            page.Head("allocations", texts.Html("field.allocations"));
            StatePart.Table(
                page,
                texts.Html("field.allocations"),
                [
                    .. rows.OrderBy(row =>
                        Seen.At(row, "isOverdue") is { ValueKind: JsonValueKind.True } ? 0 : 1
                    ),
                ],
                typeof(FuelAllocation),
                [
                    "Site",
                    "State",
                    "Asked",
                    "Litres",
                    "Delivered",
                    "Lost",
                    "Carrier",
                    "ExpiresAt",
                    "IsOverdue",
                    "Id",
                    "Reason",
                ]
            );
        }
    }

    /// <summary>Litres set aside or on the road.</summary>
    public static decimal Allocated(Seen seen) =>
        seen.List("allocations")
            .Where(row => Seen.Text(row, "state") is "reserved" or "on-the-road")
            .Sum(row => Seen.Amount(row, "litres"));
}

/// <summary>Who is on duty now, and for which role nobody is.</summary>
internal static class RosterView
{
    public static void Write(Markup page, Seen seen, Instant now)
    {
        PageTexts texts = page.Texts;
        JsonElement[] on = [.. OnDuty(seen, now)];
        page.Head("on-duty", texts.Html("response.on-duty"));
        if (on.Length > 0)
        {
            StatePart.Table(page, texts.Html("response.on-duty"), on, typeof(Shift));
        }

        foreach (
            string role in seen.List("roles")
                .Select(role => role.GetString()!)
                .Where(role => on.All(shift => Seen.Text(shift, "role") != role))
        )
        {
            page.Say(
                $"{texts.Html("response.nobody-on-duty")} {Labels.Value(texts, typeof(Vocabulary.Role), role)}",
                "caution"
            );
        }

        First.Table(page, seen, "Shifts");
    }

    public static IEnumerable<JsonElement> OnDuty(Seen seen, Instant now) =>
        seen.List("shifts")
            .Where(shift => Seen.Time(shift, "since") <= now && now < Seen.Time(shift, "until"));
}
