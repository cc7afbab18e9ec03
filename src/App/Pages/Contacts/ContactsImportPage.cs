using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Contacts;
using Breakwater.App.Pages.Response;
using Breakwater.App.Pages.Response.Acts;
using Breakwater.App.Subjects;
using Breakwater.Preparedness.Contacts.Files;
using Breakwater.Publications;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Pages.Contacts;

/// <summary><c>/contacts/import</c>: a CSV or vCard file into the directory, with every line that was refused and why.</summary>
internal sealed class ContactsImportPage(IRecords records, Callers callers, Roll roll, IClock clock)
{
    public const string Path = "/contacts/import";

    /// <summary>Some ten thousand contact points; larger lists go by <c>breakwater contacts import</c>.</summary>
    private const int OctetsMax = 2 << 20;

    /// <summary>Lines that are shown; who has more mends these first.</summary>
    private const int FaultsMax = 500;

    /// <summary>The button that only looks.</summary>
    private const string Look = "look";

    private static SubjectKind Kind => Catalogue.Known.Of(ContactsOnRecord.Kind)!;

    private static CommandKind Add => Kind.Commands.First(command => command.IsStart);

    public static IReadOnlyList<Role> Roles => Add.Roles;

    public async Task Show(Visit visit)
    {
        Caller caller = await callers.Of(visit.Http).ConfigureAwait(false);
        await Show(visit, caller, null, caller.WhyNotLook(Roles)?.Status ?? StatusCodes.Status200OK)
            .ConfigureAwait(false);
    }

    public async Task Send(Visit visit)
    {
        // Asked before anything of the file is read: who may not import sends nothing through here.
        Caller caller = await callers.Of(visit.Http).ConfigureAwait(false);
        if (caller.WhyNot(Kind, Add) is { } refused)
        {
            await Show(visit, caller, null, refused.Status).ConfigureAwait(false);
            return;
        }

        Uploaded sent = await Uploaded.Of(visit, OctetsMax).ConfigureAwait(false);
        if (sent.File is not { } file)
        {
            CameBack why =
                sent.Why ?? new CameBack("fields", StatusCodes.Status422UnprocessableEntity);
            await Show(sent.Visit, caller, page => ActPage.Told(page, why), why.Status)
                .ConfigureAwait(false);
            return;
        }

        await Take(sent.Visit, caller, file).ConfigureAwait(false);
    }

    private async Task Take(Visit visit, Caller caller, SourceFile file)
    {
        Instant now = clock.GetCurrentInstant();
        ContactsRead read = ContactsTaken.Read(
            file,
            Enum.GetValues<StakeholderClass>()
                .Where(each => Checks.Word(each) == visit.Field("class"))
                .Select(each => (StakeholderClass?)each)
                .FirstOrDefault()
        );
        (IReadOnlyList<ImportedContact> contacts, IReadOnlyList<InputFault> refused) =
            ContactImport.Plan(
                file.Name,
                read.Rows,
                await ContactsOnRecord.All(records).ConfigureAwait(false),
                caller.Participant,
                now
            );
        bool isLook = visit.Field("do") == Look;
        bool areAll = true;
        if (!isLook)
        {
            try
            {
                (_, areAll) = await ContactsTaken
                    .Keep(
                        records,
                        contacts,
                        caller.Participant.Person,
                        now,
                        work => roll.Commit(work, null, visit.Cancel)
                    )
                    .ConfigureAwait(false);
            }
            catch (RecordsFault fault)
            {
                visit.Get<Trouble>().Tell(fault);
                var away = new CameBack("away", StatusCodes.Status503ServiceUnavailable);
                await Show(visit, caller, page => ActPage.Told(page, away), away.Status)
                    .ConfigureAwait(false);
                return;
            }
        }

        await Show(
                visit,
                caller,
                page => Told(page, contacts, [.. read.Faults, .. refused], isLook, areAll),
                areAll ? StatusCodes.Status200OK : StatusCodes.Status409Conflict
            )
            .ConfigureAwait(false);
    }

    private static void Told(
        Markup page,
        IReadOnlyList<ImportedContact> contacts,
        IReadOnlyList<InputFault> faults,
        bool isLook,
        bool areAll
    )
    {
        PageTexts texts = page.Texts;
        page.Raw(
            $"<p class=\"done\" role=\"status\">{texts.Html(isLook ? "contacts.import.looked" : areAll ? "contacts.import.taken" : "contacts.import.partly")}</p>\n"
        );
        page.Facts([
            .. Enum.GetValues<TakenIn>()
                .Select(what =>
                    (
                        texts.Html($"contacts.import.{Checks.Word(what)}"),
                        texts.Html(new Count(contacts.Count(one => one.Imported == what)))
                    )
                ),
            (texts.Html("contacts.import.refused"), texts.Html(new Count(faults.Count))),
        ]);
        if (faults.Count == 0)
        {
            return;
        }

        page.Head("refused", texts.Html("contacts.import.refused"))
            .Rows(
                texts.Html("contacts.import.refused"),
                [
                    texts.Html("contacts.import.line"),
                    texts.Html("contacts.import.why"),
                    texts.Html("contacts.import.remedy"),
                ],
                [
                    .. faults
                        .Take(FaultsMax)
                        .Select(fault => new GridRow([
                            texts.Html(new Code(fault.At)),
                            texts.Refused(fault.Reason),
                            texts.Html(new Free(fault.Remedy)),
                        ])),
                ]
            );
        if (faults.Count > FaultsMax)
        {
            page.Say(texts.Html("contacts.more", ("n", new Count(FaultsMax))), "caution");
        }
    }

    /// <param name="before">What the last import came to, above the form; null for nothing.</param>
    private static Task Show(Visit visit, Caller caller, Action<Markup>? before, int status) =>
        new ImportPage(Path, "contacts.import", Add).Show(
            visit,
            caller,
            before,
            page => Write(page, visit),
            (DirectoryPage.Path, visit.Texts.Html("contacts.title")),
            status
        );

    private static void Write(Markup page, Visit visit)
    {
        PageTexts texts = page.Texts;
        Uploaded
            .Open(page, visit, Path, "contacts.import.file", ".csv,.vcf,text/csv,text/vcard")
            .Choice(
                "class",
                "contacts.import.class",
                visit.Field("class"),
                Enum.GetValues<StakeholderClass>()
                    .Select(Checks.Word)
                    .Select(word =>
                        (word, ActPage.Plain(Labels.Value(texts, typeof(StakeholderClass), word)))
                    )
                    .Prepend(("", texts.Plain("response.not-stated")))
            )
            .Raw(
                $"<p><button type=\"submit\" name=\"do\" value=\"take\">{texts.Html("contacts.import.take")}</button> <button type=\"submit\" name=\"do\" value=\"{Look}\" class=\"plainly\">{texts.Html("contacts.import.look")}</button></p>\n</form>\n"
            );
    }
}
