using Breakwater.App.Pages;
using Breakwater.App.Subjects;
using Breakwater.Feeds;
using Breakwater.Feeds.Consultations;
using Breakwater.Preparedness.Consultations;
using Breakwater.Preparedness.Consultations.Calling;
using Breakwater.Preparedness.Consultations.Grouping;
using Breakwater.Preparedness.Consultations.Synthesising;
using Breakwater.Publications;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Consultations;

/// <param name="Inputs">As many as the scenario has, copies among them.</param>
/// <param name="Voices">Wordings that differ.</param>
internal sealed record ConsultationShown(string Id, int Inputs, int Voices, int Paragraphs);

/// <summary>
/// The consultation of a scenario that has inputs, as a node that held it would have it: called, answered, grouped, and put together in
/// paragraphs that trace to inputs. It says of itself that it was made for the scenario, and goes no further than a synthesis: nobody
/// spoke to a draft, so there is none.
/// </summary>
internal static class ScenarioConsultation
{
    private const int TitleMax = 200;
    private static readonly Duration _before = Duration.FromDays(1);

    private static readonly Participant _secretariat = Script.Walk with
    {
        Roles = new HashSet<Role> { Role.Representative },
    };

    /// <returns>Null where the scenario has no inputs; and the faults of their file.</returns>
    public static async Task<(ConsultationShown? Shown, IReadOnlyList<InputFault> Faults)> Keep(
        IRecords records,
        Scenario scenario,
        CancellationToken cancel
    )
    {
        if (scenario.Inputs is not { } file)
        {
            return (null, []);
        }

        InputsRead read = InputsFile.Parse(file.Name, file.Content.Span);
        FiledInput[] inputs = [.. read.Inputs.Where(input => input.At <= scenario.AsOf)];
        if (inputs.Length == 0)
        {
            return (null, read.Faults);
        }

        string id = $"{scenario.Id}-inputs";
        Instant until = inputs.Max(input => input.At) + _before;
        await Stage(records, id, state => Called(state, scenario, inputs, until), cancel)
            .ConfigureAwait(false);
        await InputImport.Into(records, id, inputs, cancel).ConfigureAwait(false);
        HeldInputs held = await HeldInputs.Read(records, id).ConfigureAwait(false);
        Consultation put = await Stage(
                records,
                id,
                state => state!.Versions.Count > 0 ? [] : Synthesised(state, held, until),
                cancel
            )
            .ConfigureAwait(false);
        return (
            new ConsultationShown(id, held.All.Count, held.Groups.Voices, put.Paragraphs.Count),
            read.Faults
        );
    }

    private static IReadOnlyList<ConsultationEvent> Called(
        Consultation? state,
        Scenario scenario,
        IReadOnlyList<FiledInput> inputs,
        Instant until
    ) =>
        state is not null
            ? []
            : Lived<Consultation, ConsultationEvent>
                .Unborn.Then(
                    CallConsultation.Decide(
                        null,
                        new CallConsultation(
                            $"{scenario.Id}-inputs",
                            Title(scenario),
                            string.Join(
                                "\n\n",
                                PageTexts.Languages.Select(language =>
                                    PageTexts.For(language).Plain("consulting.of-scenario.call")
                                )
                            ),
                            Workstream.Governance,
                            [],
                            until
                        ),
                        _secretariat,
                        inputs.Min(input => input.At) - _before
                    )
                )
                .Until(until, Consultation.Elapse)
                .Events;

    private static string Title(Scenario scenario)
    {
        string title = $"Inputs made for the scenario: {scenario.Title["en"]}";
        return title[..Math.Min(title.Length, TitleMax)];
    }

    /// <summary>One paragraph for each topic that was found, and one for what stands by itself.</summary>
    private static IReadOnlyList<ConsultationEvent> Synthesised(
        Consultation state,
        HeldInputs held,
        Instant at
    )
    {
        Topics topics = TopicsFromInputs.Find(held.Voices());
        Dictionary<string, ConsultationInput> byId = held.All.ToDictionary(
            input => input.Id,
            StringComparer.Ordinal
        );
        Dictionary<string, int> copies = held.Groups.Groups.ToDictionary(
            group => group.First,
            group => group.Copies.Count,
            StringComparer.Ordinal
        );
        TracedParagraphDraft[] paragraphs =
        [
            .. topics.All.Select(topic => Paragraph("consulting.of-scenario.topic", topic.Inputs)),
            .. topics.Elsewhere.Count == 0
                ? []
                : (TracedParagraphDraft[])
                    [Paragraph("consulting.of-scenario.alone", topics.Elsewhere)],
        ];
        Decided<ConsultationEvent> decided = PutConsultationText.Decide(
            state,
            new PutConsultationText(
                paragraphs,
                PageTexts.For("en").Plain("consulting.of-scenario.note")
            )
            {
                Known = byId.Keys.ToHashSet(StringComparer.Ordinal),
            },
            _secretariat,
            at
        );
        return decided.Refusal is { } refusal
            ? throw new InvalidOperationException($"{state.Id}: {refusal.Reason}")
            : decided.Events;

        TracedParagraphDraft Paragraph(string key, IReadOnlyList<string> firsts)
        {
            string[] named = [.. firsts.Take(PutConsultationText.InputsMax)];
            return new TracedParagraphDraft(
                PageTexts
                    .For("en")
                    .Plain(
                        key,
                        (
                            "n",
                            new Count(named.Length + named.Sum(id => copies.GetValueOrDefault(id)))
                        ),
                        ("voices", new Count(named.Length)),
                        ("one", new Free(byId[named[0]].Text))
                    ),
                named
            );
        }
    }

    private static async Task<Consultation> Stage(
        IRecords records,
        string id,
        Func<Consultation?, IReadOnlyList<ConsultationEvent>> happens,
        CancellationToken cancel
    )
    {
        var work = new Workspace(records);
        Loaded<Consultation> at = await work.Load<Consultation, ConsultationEvent>(id)
            .ConfigureAwait(false);
        IReadOnlyList<ConsultationEvent> events = happens(at.State);
        if (events.Count == 0)
        {
            return at.State!;
        }

        Loaded<Consultation> after = work.Stage(at, events, Script.Walk.Person);
        return await work.Commit(null, cancel).ConfigureAwait(false) is Appended
            ? after.State!
            : throw new Fault(
                ExitCode.Conflict,
                "somebody else writes to this store. Give a fresh folder with --data"
            );
    }
}
