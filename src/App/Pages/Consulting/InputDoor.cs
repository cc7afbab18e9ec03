using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Consultations;
using Breakwater.App.Pages.Response;
using Breakwater.App.Pages.Response.Acts;
using Breakwater.App.Subjects;
using Breakwater.Preparedness.Consultations;
using Breakwater.Preparedness.Consultations.Sending;
using Breakwater.Records;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages.Consulting;

/// <summary>
/// An answer to a call as a form, for anybody, without an account. It ends with the receipt by which its author sees later what became
/// of it, or takes it back; nobody can ask for it again.
/// </summary>
internal sealed class InputDoor(
    InputIntake intake,
    ReportNames names,
    Callers callers,
    Reading reading
)
{
    public const string Path = "/consultations/{id}/input";

    private static readonly Dictionary<string, string> _nothingWrong = [];

    /// <summary>Not of the catalogue: an input begins at a door of its own.</summary>
    public static CommandKind Command { get; } =
        new(
            "send-input",
            typeof(SendInput),
            IsStart: true,
            Admission.Anybody,
            [],
            _ => throw new NotSupportedException("inputs are taken by their own door")
        );

    public static string Of(string consultation) =>
        $"/consultations/{Uri.EscapeDataString(consultation)}/input";

    public async Task Show(Visit visit)
    {
        if (await Find(visit).ConfigureAwait(false) is { } found)
        {
            await Show(
                    visit,
                    found,
                    Entered.Of(FormCollection.Empty),
                    ActDoor.FreshKey(),
                    null,
                    _nothingWrong
                )
                .ConfigureAwait(false);
        }
    }

    public async Task Send(Visit visit)
    {
        (visit, CameBack? unproven) = await ActDoor.Proven(visit).ConfigureAwait(false);
        if (await Find(visit).ConfigureAwait(false) is not { } found)
        {
            return;
        }

        var entered = Entered.Of(visit.Fields);
        string key = ActDoor.Key(visit);
        var read = new FormReading(entered);
        if (unproven is not null || read.Read(Command, "", "") is not SendInput input)
        {
            await Show(
                    visit,
                    found,
                    entered,
                    key,
                    unproven ?? new CameBack("fields", StatusCodes.Status422UnprocessableEntity),
                    unproven is null ? read.Wrong : _nothingWrong
                )
                .ConfigureAwait(false);
            return;
        }

        InputTaken? taken;
        Refusal? refusal;
        try
        {
            (taken, refusal) = await intake
                .Take(
                    found.Seen.Id,
                    input,
                    found.Caller.SignedIn is null ? null : found.Caller.Participant,
                    visit.Http.Connection.RemoteIpAddress,
                    names.Repeatable(ActDoor.DigestOf(visit, key))(0).Id
                )
                .ConfigureAwait(false);
        }
        catch (RecordsFault fault)
        {
            visit.Get<Trouble>().Tell(fault);
            // Under the same key: if it was kept after all, sending it again shows its receipt.
            await Show(
                    visit,
                    found,
                    entered,
                    key,
                    new CameBack("away", StatusCodes.Status503ServiceUnavailable),
                    _nothingWrong
                )
                .ConfigureAwait(false);
            return;
        }

        await (
            refusal is not null
                ? Show(visit, found, entered, key, CameBack.Of(refusal), _nothingWrong)
                : visit.Show(Taken(visit, found.Seen, taken!))
        ).ConfigureAwait(false);
    }

    /// <summary>Null once the visitor was told that there is no such consultation.</summary>
    private async Task<(Seen Seen, Consultation Consultation, Caller Caller)?> Find(Visit visit)
    {
        Caller caller = await callers.Of(visit.Http).ConfigureAwait(false);
        if (
            await reading
                .One(visit, Catalogue.Known.Of(Consultation.Kind)!, caller)
                .ConfigureAwait(false)
                is { } seen
            && ConsultationView.Of(seen) is { } consultation
        )
        {
            return (seen, consultation, caller);
        }

        await Reading.NotFound(visit).ConfigureAwait(false);
        return null;
    }

    private static Task Show(
        Visit visit,
        (Seen Seen, Consultation Consultation, Caller Caller) found,
        Entered entered,
        string key,
        CameBack? why,
        IReadOnlyDictionary<string, string> wrong
    )
    {
        PageTexts texts = visit.Texts;
        var page = new Markup(texts);
        page.Raw(
            $"<p class=\"quiet\">{page.Link(found.Seen.Path, Titles.Html(page, found.Seen))}</p>\n<h1>{texts.Html("consulting.send")}</h1>\n"
        );
        IReadOnlyDictionary<string, FieldFault> faults = FieldFault.Of(texts, Command, why, wrong);
        ActPage.Told(page, why, faults);
        Response.Views.CommonPositionView.Words(page, found.Consultation.Call);
        if (found.Consultation.IsOver)
        {
            page.Say(texts.Html("consulting.over"), "caution");
        }
        else
        {
            page.Say(
                found.Consultation.Phase == ConsultationPhase.Call
                    ? $"{texts.Html("consulting.until")} {Values.Moment(texts, found.Consultation.InputsUntil)}"
                    : texts.Html("consulting.until-passed"),
                found.Consultation.Phase == ConsultationPhase.Call ? null : "caution"
            );
            page.Say(texts.Html("consulting.kept"), "quiet")
                .Say(
                    texts.Html(
                        found.Caller.SignedIn is null
                            ? "consulting.kept.nobody"
                            : "consulting.kept.account"
                    ),
                    "quiet"
                )
                .Open(visit, Of(found.Seen.Id))
                .Hidden("key", key);
            new FormFields(page, entered, faults).Write(Command);
            page.Raw(
                $"<p><button type=\"submit\">{texts.Html("consulting.send")}</button></p>\n</form>\n"
            );
        }

        return visit.Show(
            Layout.Page(texts, Of(found.Seen.Id), texts.Plain("consulting.send"), page.ToString()),
            why?.Status ?? StatusCodes.Status200OK
        );
    }

    private static string Taken(Visit visit, Seen seen, InputTaken taken)
    {
        PageTexts texts = visit.Texts;
        var page = new Markup(texts);
        page.Title("consulting.taken")
            .Say(texts.Html("consulting.receipt"), "caution")
            .Once([taken.Receipt]);
        if (taken.IsLate)
        {
            page.Say(texts.Html("consulting.taken.late"));
        }

        page.Items([
            page.LinkTo("consultation-inputs", taken.Id, texts.Html("consulting.taken.see")),
            page.Link(FollowPage.Path, texts.Html("consulting.follow")),
            page.Link(seen.Path, Titles.Html(page, seen)),
        ]);
        return Layout.Page(texts, Of(seen.Id), texts.Plain("consulting.taken"), page.ToString());
    }
}
