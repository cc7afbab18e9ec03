using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Pages.Response;
using Breakwater.App.Pages.Response.Acts;
using Breakwater.App.Resilience;
using Breakwater.App.Subjects;
using Breakwater.Preparedness.Resilience;
using Breakwater.Preparedness.Resilience.Loading;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Pages.Resilience;

/// <summary>Why a file of values was not taken, with what is wrong in it.</summary>
internal sealed record ValuesCameBack(CameBack Why, ValuesRead? Read);

/// <summary>
/// The form on the page of the index by which values are handed in. It ends on the page of the file, with the rows that could
/// not be used.
/// </summary>
internal sealed class ValuesForm(
    IndexPage index,
    IRecords records,
    Callers callers,
    Roll roll,
    IClock clock
)
{
    /// <summary>Some fifty thousand values; more are handed in as several files.</summary>
    private const int OctetsMax = 8 << 20;

    private static readonly Marking[] _markings =
    [
        new(Distribution.Community, Tlp.Green),
        new(Distribution.Partners, Tlp.Clear),
        Marking.Public,
    ];

    public async Task Send(Visit visit)
    {
        // Asked before anything of the file is read: who may not hand in sends nothing through here.
        Caller caller = await callers.Of(visit.Http).ConfigureAwait(false);
        if (caller.WhyNot(ResilienceDoor.Kind, ResilienceDoor.Take) is { } refused)
        {
            await index.Show(visit, null, refused.Status).ConfigureAwait(false);
            return;
        }

        Uploaded sent = await Uploaded.Of(visit, OctetsMax).ConfigureAwait(false);
        if (sent.File is not { } file)
        {
            CameBack why =
                sent.Why ?? new CameBack("fields", StatusCodes.Status422UnprocessableEntity);
            await index
                .Show(sent.Visit, new ValuesCameBack(why, null), why.Status)
                .ConfigureAwait(false);
            return;
        }

        await Take(sent.Visit, caller, file).ConfigureAwait(false);
    }

    private async Task Take(Visit visit, Caller caller, SourceFile file)
    {
        ValuesRead read = ValuesFromCsv.Read(file, SetAtHand.Set);
        FileTaken<IndicatorFile>? kept;
        CameBack? why;
        try
        {
            (kept, Refusal? no) = await ValuesTaken
                .Keep(
                    records,
                    file,
                    read,
                    _markings.FirstOrDefault(each => Word(each) == visit.Field("marking"))
                        ?? _markings[0],
                    caller.Participant,
                    clock.GetCurrentInstant(),
                    work => roll.Commit(work, null, visit.Cancel)
                )
                .ConfigureAwait(false);
            why =
                kept is not null ? null
                // What is wrong stands in the table of its rows.
                : read.Values.Count == 0
                    ? new CameBack("invalid", StatusCodes.Status422UnprocessableEntity)
                : no is not null ? CameBack.Of(no)
                : new CameBack("stale", StatusCodes.Status409Conflict);
        }
        catch (RecordsFault fault)
        {
            visit.Get<Trouble>().Tell(fault);
            kept = null;
            why = new CameBack("away", StatusCodes.Status503ServiceUnavailable);
        }

        await (
            kept is not null
                ? visit.Go(
                    Addresses.Of(ResilienceDoor.Kind, kept.State.Id)
                        + (kept.IsNew ? $"?done={ResilienceDoor.Take.Name}" : "")
                )
                : index.Show(visit, new ValuesCameBack(why!, read), why!.Status)
        ).ConfigureAwait(false);
    }

    /// <summary>For those who may hand values in; others are told who may.</summary>
    public static void Write(Markup page, Visit visit, Caller caller)
    {
        PageTexts texts = page.Texts;
        if (caller.WhyNot(ResilienceDoor.Kind, ResilienceDoor.Take) is not null)
        {
            page.Say(
                $"{texts.Html("index.import.title")}: {ActPage.WhyNot(texts, ResilienceDoor.Take, caller)}",
                "quiet"
            );
            return;
        }

        page.Head("hand-in", texts.Html("index.import.title"))
            .Say(texts.Html("index.import.what"))
            .Raw(
                "<pre dir=\"ltr\">country,indicator,value,low,high,date,source,licence,origin\nSD,site-battery,6,4,8,2026-10-01,a survey of operators,CC BY 4.0,reported</pre>\n"
            );
        Uploaded
            .Open(page, visit, IndexPage.Path, "index.import.file", ".csv,text/csv")
            .Choice(
                "marking",
                "field.marking",
                visit.Field("marking"),
                _markings.Select(each =>
                    (
                        Word(each),
                        ActPage.Plain(Labels.Value(texts, typeof(Distribution), Word(each)))
                    )
                )
            )
            .Close("index.import.take");
    }

    private static string Word(Marking marking) => Checks.Word(marking.Distribution);
}
