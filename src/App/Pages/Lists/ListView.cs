using System.Text.Json;
using Breakwater.App.Api;
using Breakwater.App.Lists;
using Breakwater.App.Pages.Response;
using Breakwater.App.Pages.Response.Views;
using Breakwater.Disruptions;
using Breakwater.Publications;
using Breakwater.Records;
using Breakwater.Signals;
using Breakwater.Signals.Initiatives;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Pages.Lists;

/// <summary>A list of another initiative: where it is from, what each row says, and which disruptions it stands beside.</summary>
internal static class ListView
{
    /// <summary>Rows of one page; the octets hold the rest.</summary>
    private const int RowsMax = 300;

    public static async Task Write(
        Markup page,
        Seen seen,
        IRecords records,
        Caller caller,
        Instant now
    )
    {
        PageTexts texts = page.Texts;
        ImportedList list = seen.State.Deserialize<ImportedList>(Json.Compact)!;
        page.Say(texts.Html("lists.says"), "quiet");
        page.Facts([
            (texts.Html("lists.list"), texts.Html(new Code(list.List))),
            .. First.Facts(
                page,
                seen,
                "Source",
                "Licence",
                "ObtainedAt",
                "TakenAt",
                "Name",
                "Rows",
                "Faults"
            ),
            (texts.Html("field.sha256"), texts.Html(new Code(list.Sha256))),
        ]);
        if (list.SetAsideBecause is { } reason)
        {
            page.Say(
                $"{texts.Html("field.set-aside-because")}: {texts.Html(new Free(reason))}",
                "caution"
            );
        }

        if (await ListsOnRecord.Read(records, list).ConfigureAwait(false) is not { } read)
        {
            page.Say(texts.Html("lists.gone"), "caution");
            return;
        }

        var view = new PublicView(records, caller.ReaderOf("disruption"), now);
        Rows(page, read, await Beside(view, read).ConfigureAwait(false));
        if (read.Rows > RowsMax)
        {
            page.Say(texts.Html("lists.more", ("n", new Count(RowsMax))), "caution");
        }

        if (read.Faults.Count > 0)
        {
            page.Head("faults", texts.Html("lists.faults"))
                .Items(read.Faults.Select(fault => texts.Html(new Free(fault.ToString()))));
        }
    }

    /// <summary>Disruptions, as this reader may know of them, that name a row of the list among their signals.</summary>
    private static async Task<ILookup<string, Disruption>> Beside(PublicView view, ListRead read)
    {
        HashSet<string> rows = [.. read.Signals.Select(signal => signal.Id)];
        StandingTellings standing = await view.Standing().ConfigureAwait(false);
        return (await view.All<Disruption>("disruption").ConfigureAwait(false))
            .Select(recorded => recorded.Body)
            .Where(disruption => standing.Stands(disruption.Id))
            .SelectMany(
                disruption => disruption.Signals.Where(rows.Contains),
                (disruption, signal) => (signal, disruption)
            )
            .ToLookup(pair => pair.signal, pair => pair.disruption, StringComparer.Ordinal);
    }

    private static void Rows(Markup page, ListRead read, ILookup<string, Disruption> beside)
    {
        PageTexts texts = page.Texts;
        Table(
            page,
            ["lists.what", "lists.since", "lists.until", "lists.wording", "lists.beside"],
            read.Signals.OfType<ClaimSignal>(),
            claim => claim.Evidence[0],
            claim => claim.Place,
            claim =>
                [
                    texts.Html(new Term("kind", claim.Claim.What)),
                    texts.Html(Word.Of(claim.Claim.Start)),
                    claim.Claim.IsOngoing
                        ? texts.Html("lists.ongoing")
                        : texts.Html(Word.Of(claim.Claim.End)),
                    texts.Html(new Free(claim.Claim.Wording)),
                    Beside(page, beside[claim.Id]),
                ]
        );
        Table(
            page,
            ["field.service", "field.state", "lists.at", "lists.beside"],
            read.Signals.OfType<ReportSignal>(),
            report => report.Evidence[0],
            report => report.Place,
            report =>
                [
                    report.Service is { } service
                        ? Labels.Value(texts, typeof(Service), Checks.Word(service))
                        : texts.Html("lists.unknown"),
                    Labels.Value(texts, typeof(ServiceState), Checks.Word(report.State)),
                    Values.Moment(texts, report.ObservedAt),
                    Beside(page, beside[report.Id]),
                ]
        );
        Table(
            page,
            ["lists.technology", "lists.share", "lists.at"],
            read.Coverage,
            one => one.Evidence,
            one => one.Place,
            one =>
                [
                    texts.Html(new Free(one.Technology)),
                    one.Share is { } share
                        ? texts.Html(new Share(share, 1))
                        : texts.Html("lists.unknown"),
                    texts.Html(Word.Of(one.At)),
                ]
        );
        Table(
            page,
            ["lists.at", "lists.until", "lists.wording", "field.source"],
            read.Commitments,
            one => one.Evidence,
            one => one.Place,
            one =>
                [
                    texts.Html(Word.Of(one.At)),
                    texts.Html(Word.Of(one.Until)),
                    texts.Html(new Free(one.Wording)),
                    texts.Html(new Free(one.Source)),
                ]
        );
        Table(
            page,
            ["kind.notification", "lists.party", "lists.answer", "lists.at", "lists.wording"],
            read.Answers,
            one => one.Evidence,
            null,
            one =>
                [
                    page.LinkTo(
                        "notifications",
                        one.Notification,
                        texts.Html(new Code(one.Notification))
                    ),
                    texts.Html(new Free(one.Party)),
                    Labels.Value(texts, typeof(Decisions.Missions.NotificationAnswer), one.Answer),
                    texts.Html(Word.Of(one.At)),
                    texts.Html(new Free(one.Reason)),
                ]
        );
    }

    private static void Table<T>(
        Markup page,
        string[] columns,
        IEnumerable<T> rows,
        Func<T, Evidence> evidence,
        Func<T, Place>? place,
        Func<T, string[]> cells
    )
    {
        PageTexts texts = page.Texts;
        T[] shown = [.. rows.Take(RowsMax)];
        if (shown.Length == 0)
        {
            return;
        }

        page.Head("rows", texts.Html("lists.rows"))
            .Rows(
                texts.Html("lists.rows"),
                [
                    texts.Html("lists.line"),
                    .. place is null ? (string[])[] : [texts.Html("field.place")],
                    .. columns.Select(column => texts.Html(column)),
                ],
                [
                    .. shown.Select(row => new GridRow([
                        texts.Html(new Code(evidence(row).Rows ?? "—")),
                        .. place is null ? (string[])[] : [texts.Html(Word.Of(place(row)))],
                        .. cells(row),
                    ])),
                ]
            );
    }

    private static string Beside(Markup page, IEnumerable<Disruption> disruptions) =>
        string.Join(
            "<br>",
            disruptions
                .Select(disruption =>
                    $"{page.LinkTo("disruptions", disruption.Id, page.Texts.Html(Word.Of("kind", disruption.Kind)))} ({page.Texts.Html(Word.Of("state", disruption.State))})"
                )
                .DefaultIfEmpty(page.Texts.Html("lists.beside.none"))
        );
}
