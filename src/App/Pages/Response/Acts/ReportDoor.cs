using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Subjects;
using Breakwater.Records;
using Breakwater.Signals.Reporting;

namespace Breakwater.App.Pages.Response.Acts;

/// <summary>
/// A field report as a form, for anybody, without an account. It ends with the code word by which whoever reported can follow
/// or take back what they said; nobody can ask for it again.
/// </summary>
internal sealed class ReportDoor(
    ReportRoutes routes,
    ReportIntake intake,
    ReportNames names,
    Callers callers
)
{
    private static readonly Dictionary<string, string> _nothingWrong = [];

    /// <summary>Not of the catalogue: a report begins at a door of its own.</summary>
    public static CommandKind Command { get; } =
        new(
            "submit-report",
            typeof(SubmitReport),
            IsStart: true,
            Subjects.Admission.Anybody,
            [],
            _ => throw new NotSupportedException("reports are taken by their own door")
        );

    public static SubjectKind Kind => Catalogue.Known.Of("report")!;

    public static string Path => Addresses.Of(Kind, Command, null);

    public async Task Show(Visit visit)
    {
        Caller caller = await callers.Of(visit.Http).ConfigureAwait(false);
        await Show(
                visit,
                caller,
                Entered.Of(FormCollection.Empty),
                ActDoor.FreshKey(),
                null,
                _nothingWrong
            )
            .ConfigureAwait(false);
    }

    public async Task Send(Visit visit)
    {
        Caller caller = await callers.Of(visit.Http).ConfigureAwait(false);
        (visit, CameBack? unproven) = await ActDoor.Proven(visit).ConfigureAwait(false);
        var entered = Entered.Of(visit.Fields);
        string key = ActDoor.Key(visit);
        if (unproven is not null)
        {
            await Show(visit, caller, entered, key, unproven, _nothingWrong).ConfigureAwait(false);
            return;
        }

        var read = new FormReading(entered);
        if (read.Read(Command, "", "") is not SubmitReport report)
        {
            await Show(
                    visit,
                    caller,
                    entered,
                    key,
                    new CameBack("fields", StatusCodes.Status422UnprocessableEntity),
                    read.Wrong
                )
                .ConfigureAwait(false);
            return;
        }

        (ReportDraft? draft, Vocabulary.Refusal? refusal) = routes.Draft(report);
        ReportTaken? taken = null;
        if (draft is not null)
        {
            try
            {
                (taken, refusal) = await intake
                    .Take(
                        draft,
                        ReportChannel.Form,
                        null,
                        visit.Http.Connection.RemoteIpAddress,
                        names.Repeatable(ActDoor.DigestOf(visit, key))(0),
                        visit.Cancel
                    )
                    .ConfigureAwait(false);
            }
            catch (RecordsFault fault)
            {
                visit.Get<Trouble>().Tell(fault);
                // Under the same key: if it was kept after all, sending it again shows its code word.
                await Show(
                        visit,
                        caller,
                        entered,
                        key,
                        new CameBack("away", StatusCodes.Status503ServiceUnavailable),
                        _nothingWrong
                    )
                    .ConfigureAwait(false);
                return;
            }
        }

        await (
            refusal is not null
                ? Show(visit, caller, entered, key, CameBack.Of(refusal), _nothingWrong)
                : visit.Show(Taken(visit, taken!))
        ).ConfigureAwait(false);
    }

    private static Task Show(
        Visit visit,
        Caller caller,
        Entered entered,
        string key,
        CameBack? why,
        IReadOnlyDictionary<string, string> wrong
    ) =>
        visit.Show(
            ActPage.Write(visit, Kind, Command, caller, null, entered, key, why, wrong),
            why?.Status ?? StatusCodes.Status200OK
        );

    private static string Taken(Visit visit, ReportTaken taken)
    {
        PageTexts texts = visit.Texts;
        var page = new Markup(texts);
        page.Title("response.report.taken");
        if (taken is { Id: { } id, CodeWord: { } word })
        {
            page.Say(texts.Html("response.report.word"), "caution")
                .Once([id, word])
                .Say(texts.Html("response.report.seen"));
        }
        else
        {
            page.Say(texts.Html("response.report.counted"));
        }

        page.Items([page.Link("/", texts.Html("nav.situations"))]);
        return Layout.Page(texts, Path, texts.Plain("response.report.taken"), page.ToString());
    }
}
