using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Consultations;
using Breakwater.App.Pages.Response;
using Breakwater.App.Pages.Response.Acts;
using Breakwater.App.Pages.Response.Views;
using Breakwater.App.Subjects;
using Breakwater.Preparedness.Consultations;
using Breakwater.Preparedness.Consultations.Sending;
using Breakwater.Publications;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages.Consulting;

/// <summary>What became of what I sent: by receipt for anybody, and for an account all of its inputs and remarks.</summary>
internal sealed class FollowPage(
    InputIntake intake,
    InputsOnRecord held,
    Reading reading,
    Callers callers
)
{
    public const string Path = "/inputs/follow";

    public async Task Show(Visit visit)
    {
        Caller caller = await callers.Of(visit.Http).ConfigureAwait(false);
        await Show(visit, caller, null).ConfigureAwait(false);
    }

    public async Task Send(Visit visit)
    {
        (visit, CameBack? unproven) = await ActDoor.Proven(visit).ConfigureAwait(false);
        Caller caller = await callers.Of(visit.Http).ConfigureAwait(false);
        string receipt = visit.Field("receipt");
        if (unproven is null && await intake.Find(receipt).ConfigureAwait(false) is { } input)
        {
            if (
                visit.Field("what") == "withdraw"
                && await intake.Withdraw(receipt).ConfigureAwait(false) is { } refusal
            )
            {
                await Show(visit, caller, CameBack.Of(refusal)).ConfigureAwait(false);
                return;
            }

            await visit
                .Go($"/consultation-inputs/{Uri.EscapeDataString(input.Id)}")
                .ConfigureAwait(false);
            return;
        }

        await Show(
                visit,
                caller,
                unproven
                    ?? CameBack.Of(
                        Refusal.Invalid("no input has this receipt; it has eight groups of four")
                    )
            )
            .ConfigureAwait(false);
    }

    private async Task Show(Visit visit, Caller caller, CameBack? why)
    {
        PageTexts texts = visit.Texts;
        var page = new Markup(texts);
        page.Title("consulting.follow");
        ActPage.Told(page, why);
        page.Say(texts.Html("consulting.follow.how"))
            .Open(visit, Path)
            .Raw(
                $"<div class=\"field\"><label for=\"receipt\">{texts.Html("consulting.receipt.name")}</label>\n<input id=\"receipt\" name=\"receipt\" type=\"text\" dir=\"ltr\" required maxlength=\"80\" autocomplete=\"off\" spellcheck=\"false\" autocapitalize=\"none\"></div>\n"
            )
            .Raw(
                $"<p><button type=\"submit\" name=\"what\" value=\"see\">{texts.Html("consulting.follow.see")}</button> <button type=\"submit\" name=\"what\" value=\"withdraw\" class=\"plainly\">{texts.Html("consulting.follow.withdraw")}</button></p>\n</form>\n"
            );
        if (caller.SignedIn is null)
        {
            page.Say(texts.Html("consulting.follow.sign-in"), "quiet")
                .Items([
                    page.Link("/account/sign-in", texts.Html("account.sign-in.link")),
                    page.Link("/account/register", texts.Html("account.register.link")),
                ]);
        }
        else
        {
            await Mine(page, visit, caller).ConfigureAwait(false);
        }

        await visit
            .Show(
                Layout.Page(texts, Path, texts.Plain("consulting.follow"), page.ToString()),
                why?.Status ?? StatusCodes.Status200OK
            )
            .ConfigureAwait(false);
    }

    /// <summary>Only this account sees it: what one pseudonym said everywhere draws a person.</summary>
    private async Task Mine(Markup page, Visit visit, Caller caller)
    {
        PageTexts texts = page.Texts;
        string person = caller.Participant.Person;
        page.Head("mine", texts.Html("consulting.mine"));
        bool isAny = false;
        foreach (
            Seen seen in await reading
                .All(Catalogue.Known.Of(Consultation.Kind)!, caller)
                .ConfigureAwait(false)
        )
        {
            // The store's own state: pages hide pseudonyms, and this is about one's own.
            if (
                await reading.Whole<Consultation, ConsultationEvent>(seen.Id).ConfigureAwait(false)
                is not { } consultation
            )
            {
                continue;
            }

            HeldInputs inputs = await held.Of(seen.Id, visit.Cancel).ConfigureAwait(false);
            InputTraces traces = inputs.Traces(consultation);
            ConsultationInput[] sent =
            [
                .. inputs.All.Where(input => input.By == person && person != SendInput.Anybody),
            ];
            Remark[] said = [.. consultation.Remarks.Where(remark => remark.By == person)];
            if (sent.Length + said.Length == 0)
            {
                continue;
            }

            isAny = true;
            page.Raw($"<h3>{page.Link(seen.Path, Titles.Html(page, seen))}</h3>\n")
                .Items(
                    sent.Select(input =>
                        $"{page.LinkTo("consultation-inputs", input.Id, texts.Html(new Free(input.Text.Length > 120 ? input.Text[..120] + "…" : input.Text)))}<br>{InputView.Became(page, seen.Path, consultation, traces.Of(input.Id))}"
                    )
                );
            foreach (Remark remark in said)
            {
                RemarkPart.Write(
                    page,
                    seen,
                    remark,
                    consultation
                        .TextOf(remark.Version)
                        ?.FirstOrDefault(each => each.Id == remark.Paragraph),
                    consultation.Paragraphs.FirstOrDefault(each => each.Id == remark.Paragraph),
                    null
                );
                if (remark is { Answer: null, Kind: RemarkKind.Comment })
                {
                    page.Say(texts.Html("consulting.not-answered"), "quiet");
                }
            }
        }

        if (!isAny)
        {
            page.Say(texts.Html("consulting.mine.none"), "quiet");
        }
    }
}
