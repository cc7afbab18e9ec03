using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Lists;
using Breakwater.App.Pages.Response;
using Breakwater.App.Pages.Response.Acts;
using Breakwater.App.Subjects;
using Breakwater.Publications;
using Breakwater.Records;
using Breakwater.Signals.Initiatives;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Pages.Lists;

/// <summary><c>/imported-lists/import</c>: a list of another initiative as a file. It ends on the page of the list, with the rows that could not be used.</summary>
internal sealed class ListImportPage(IRecords records, Callers callers, Roll roll, IClock clock)
{
    public const string Path = "/imported-lists/import";

    /// <summary>The longest list known has less than 2 MiB.</summary>
    private const int OctetsMax = 8 << 20;

    private static readonly Marking[] _markings =
    [
        new(Distribution.Community, Tlp.Green),
        new(Distribution.Partners, Tlp.Clear),
        Marking.Public,
    ];

    private static readonly string[] _texts = ["source", "licence"];

    public async Task Show(Visit visit)
    {
        Caller caller = await callers.Of(visit.Http).ConfigureAwait(false);
        await Show(
                visit,
                caller,
                null,
                caller.WhyNotLook(ListsDoor.Import.Roles)?.Status ?? StatusCodes.Status200OK
            )
            .ConfigureAwait(false);
    }

    public async Task Send(Visit visit)
    {
        // Asked before anything of the file is read: who may not import sends nothing through here.
        Caller caller = await callers.Of(visit.Http).ConfigureAwait(false);
        if (caller.WhyNot(ListsDoor.Kind, ListsDoor.Import) is { } refused)
        {
            await Show(visit, caller, null, refused.Status).ConfigureAwait(false);
            return;
        }

        Uploaded sent = await Uploaded.Of(visit, OctetsMax).ConfigureAwait(false);
        if (sent.File is not { } file)
        {
            CameBack why =
                sent.Why ?? new CameBack("fields", StatusCodes.Status422UnprocessableEntity);
            await Show(sent.Visit, caller, why, why.Status).ConfigureAwait(false);
            return;
        }

        await Take(sent.Visit, caller, file).ConfigureAwait(false);
    }

    private async Task Take(Visit visit, Caller caller, SourceFile file)
    {
        string list = visit.Field("list");
        var asked = new ImportList(
            list,
            file.Sha256,
            file.Name,
            visit.Field("source"),
            visit.Field("licence"),
            null,
            _markings.FirstOrDefault(each =>
                Checks.Word(each.Distribution) == visit.Field("marking")
            ) ?? _markings[0]
        )
        {
            Read = ListRead.Of(list, file),
        };
        FileTaken<ImportedList>? taken;
        CameBack? why;
        try
        {
            (taken, Refusal? no) = await ListsTaken
                .Keep(
                    records,
                    asked,
                    file,
                    caller.Participant,
                    clock.GetCurrentInstant(),
                    work => roll.Commit(work, null, visit.Cancel)
                )
                .ConfigureAwait(false);
            why =
                taken is not null ? null
                : no is not null ? CameBack.Of(no)
                : new CameBack("stale", StatusCodes.Status409Conflict);
        }
        catch (RecordsFault fault)
        {
            visit.Get<Trouble>().Tell(fault);
            taken = null;
            why = new CameBack("away", StatusCodes.Status503ServiceUnavailable);
        }

        await (
            taken is not null
                ? visit.Go(
                    $"{Addresses.Of(ListsDoor.Kind, taken.State.Id)}?done={ListsDoor.Import.Name}"
                )
                : Show(visit, caller, why, why!.Status)
        ).ConfigureAwait(false);
    }

    private static Task Show(Visit visit, Caller caller, CameBack? why, int status) =>
        new ImportPage(Path, "lists.import", ListsDoor.Import).Show(
            visit,
            caller,
            page => ActPage.Told(page, why),
            page => Write(page, visit),
            (Addresses.Of(ListsDoor.Kind), Labels.Kinds(visit.Texts, ListsDoor.Kind)),
            status
        );

    private static void Write(Markup page, Visit visit)
    {
        PageTexts texts = page.Texts;
        Uploaded
            .Open(page, visit, Path, "lists.import.file", ".csv,text/csv")
            .Choice(
                "list",
                "lists.list",
                visit.Field("list"),
                InitiativeMapping
                    .Documents.Where(one => ListRead.Lists.Contains(one.Id))
                    .Select(one => (one.Id, one.Id))
            );
        foreach (string name in _texts)
        {
            page.Raw(
                $"<div class=\"field\"><label for=\"{name}\">{texts.Html($"field.import-list.{name}")}</label>\n<input id=\"{name}\" name=\"{name}\" type=\"text\" required maxlength=\"{Checks.TextLengthMax}\" dir=\"auto\" value=\"{Spoken.Html(visit.Field(name))}\"></div>\n"
            );
        }

        page.Choice(
                "marking",
                "field.marking",
                visit.Field("marking"),
                _markings.Select(each =>
                    (
                        Checks.Word(each.Distribution),
                        ActPage.Plain(
                            Labels.Value(
                                texts,
                                typeof(Distribution),
                                Checks.Word(each.Distribution)
                            )
                        )
                    )
                )
            )
            .Close("lists.import.take");
    }
}
