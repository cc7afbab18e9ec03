using System.Globalization;
using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Exercises.Pages;
using Breakwater.App.Pages.Response.Acts;
using Breakwater.App.Subjects;
using Breakwater.Preparedness.Exercises;
using Breakwater.Preparedness.Exercises.Running;
using Breakwater.Vocabulary;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.App.Exercises;

/// <summary>What those who run an exercise do on its control page, and what players say that they have seen.</summary>
internal sealed class ControlActs(Conducting conducting, Callers callers, ExerciseNode node)
{
    public async Task Do(Visit visit)
    {
        (visit, CameBack? unproven) = await ActDoor.Proven(visit).ConfigureAwait(false);
        Participant by = (await callers.Of(visit.Http).ConfigureAwait(false)).Participant;
        string act = visit.Http.Request.RouteValues["act"] as string ?? "";
        Refusal? refusal =
            unproven is not null
                ? Refusal.NotAllowed("the form was not from this page; read it again")
            : act == "branch" ? await Branch(visit, by).ConfigureAwait(false)
            : Deciding(act, visit, by) is not { } decide ? Refusal.Invalid("there is no such act")
            : await conducting
                .Do(
                    decide,
                    by.Person,
                    act is "start" or "pause" or "resume" or "speed" or "end",
                    visit.Cancel
                )
                .ConfigureAwait(false);
        await Went(visit, ControlPage.Path, refusal).ConfigureAwait(false);
    }

    public async Task Seen(Visit visit)
    {
        (visit, CameBack? unproven) = await ActDoor.Proven(visit).ConfigureAwait(false);
        Participant by = (await callers.Of(visit.Http).ConfigureAwait(false)).Participant;
        Refusal? refusal = unproven is not null
            ? Refusal.NotAllowed("the form was not from this page; read it again")
            : await conducting
                .Do(
                    (_, run, at) =>
                        Task.FromResult(
                            NoteSeen.Decide(run, new NoteSeen(visit.Field("inject")), by, at)
                        ),
                    by.Person,
                    isOfClock: false,
                    visit.Cancel
                )
                .ConfigureAwait(false);
        await Went(visit, PlayersPage.Path, refusal).ConfigureAwait(false);
    }

    private Func<Workspace, ExerciseRun, Instant, Task<Decided<RunEvent>>>? Deciding(
        string act,
        Visit visit,
        Participant by
    ) =>
        act switch
        {
            "start" => (_, run, at) => Of(StartRun.Decide(run, new StartRun(), by, at)),
            "pause" => (_, run, at) =>
                Of(PauseRun.Decide(run, new PauseRun(visit.Field("reason")), by, at)),
            "resume" => (_, run, at) => Of(ResumeRun.Decide(run, new ResumeRun(), by, at)),
            "speed" => (_, run, at) =>
                Of(ChangeSpeed.Decide(run, new ChangeSpeed(Speed(visit)), by, at)),
            "end" => (_, run, at) =>
                Of(EndRun.Decide(run, new EndRun(visit.Field("reason")), by, at)),
            "fire" => (work, run, at) => Fire(work, run, visit.Field("inject"), by, at),
            "skip" => (_, run, at) =>
                Of(
                    SkipInject.Decide(
                        run,
                        new SkipInject(visit.Field("inject"), visit.Field("reason")),
                        by,
                        at
                    )
                ),
            "add" => (_, run, at) =>
                Of(AddInject.Decide(run, new AddInject(Improvised(visit, run, at)), by, at)),
            _ => null,
        };

    /// <summary>Decided first, so that what nobody may fire does nothing.</summary>
    private async Task<Decided<RunEvent>> Fire(
        Workspace work,
        ExerciseRun run,
        string inject,
        Participant by,
        Instant at
    )
    {
        Decided<RunEvent> decided = FireInject.Decide(run, new FireInject(inject), "", by, at);
        return decided.Refusal is not null
            ? decided
            : FireInject.Decide(
                run,
                new FireInject(inject),
                await conducting
                    .Effect(work, run.Injects.First(one => one.Inject.Id == inject).Inject, at)
                    .ConfigureAwait(false),
                by,
                at
            );
    }

    private async Task<Refusal?> Branch(Visit visit, Participant by)
    {
        string name = visit.Field("name");
        if (name.Length is 0 or > 60 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            return Refusal.Invalid(
                "name the branch by letters, digits and dashes; its folder is called so"
            );
        }

        // The exercise stands still while it is copied, so that both know the same.
        return await conducting
            .Do(
                async (_, run, at) =>
                    RunRules.Control(run, by, at) is { } no
                        ? no
                        : await Branched(name, by, at, visit.Cancel).ConfigureAwait(false),
                by.Person,
                isOfClock: true,
                visit.Cancel
            )
            .ConfigureAwait(false);
    }

    private async Task<Decided<RunEvent>> Branched(
        string name,
        Participant by,
        Instant at,
        CancellationToken cancel
    )
    {
        try
        {
            (string other, long events) = await Branching
                .Do(
                    node.Records,
                    node.Folder,
                    Path.Combine(node.Folder, "branches", name),
                    null,
                    cancel
                )
                .ConfigureAwait(false);
            return new RunBranched(at, by.Person, other, events);
        }
        catch (Fault fault)
        {
            return Refusal.Invalid(fault.Message);
        }
    }

    private static Inject Improvised(Visit visit, ExerciseRun run, Instant at)
    {
        var text = new Dictionary<string, string> { ["en"] = visit.Field("text") };
        return new Inject
        {
            Id = $"added-{(run.Injects.Count + 1).ToString(CultureInfo.InvariantCulture)}",
            // At the moment at which the clock stands, unless a later one is given.
            At = InstantPattern.General.Parse(visit.Field("at"))
                is { Success: true, Value: var given }
                ? given
                : at,
            Kind = InjectKind.Message,
            Roles =
            [
                .. Enum.GetValues<Role>()
                    .Where(role => visit.Fields["role"].Contains(Checks.Word(role))),
            ],
            Text = text,
        };
    }

    private static decimal Speed(Visit visit) =>
        decimal.TryParse(
            visit.Field("speed"),
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out decimal speed
        )
            ? speed
            : 0;

    private static Task<Decided<RunEvent>> Of(Decided<RunEvent> decided) =>
        Task.FromResult(decided);

    /// <summary>Back to the page, which says why nothing was done.</summary>
    private static Task Went(Visit visit, string path, Refusal? refusal) =>
        visit.Go(
            refusal is null
                ? $"{path}?done=1"
                : $"{path}?why={Uri.EscapeDataString(refusal.Reason)}"
        );
}
