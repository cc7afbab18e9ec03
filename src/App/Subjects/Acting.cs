using Breakwater.App.Consultations;
using Breakwater.App.Metering;
using Breakwater.Ledger.Sealing;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Subjects;

/// <summary>What became of a command.</summary>
internal abstract record Acted;

/// <summary>It is durable.</summary>
/// <param name="Document">As the command left it, or as it is now when the command changed nothing; null for a subject without one.</param>
/// <param name="IsRepeated">True when the same command had been done before, and nothing was done now.</param>
internal sealed record Done(Document? Document, bool IsRepeated) : Acted;

internal sealed record Refused(Refusal Refusal) : Acted;

/// <summary>The subject moved on since the person saw it. Nothing was written.</summary>
internal sealed record Stale(string Subject, long Actual) : Acted;

internal sealed record Missing(string Subject) : Acted;

/// <summary>The key of an earlier, different request.</summary>
internal sealed record KeyUsed : Acted;

/// <summary>Carries out commands: load, decide, append with the version that was seen, answer.</summary>
internal sealed class Acting(
    IRecords records,
    Catalogue catalogue,
    Roll roll,
    IClock clock,
    Measures measures,
    InputsOnRecord inputs,
    Api.ApiSettings settings
)
{
    public async Task<Acted> Do(
        SubjectKind kind,
        CommandKind command,
        string id,
        long? expected,
        object request,
        Participant by,
        Once? once,
        IReadOnlyList<WrappedKey> keys,
        Document? seen,
        CancellationToken cancel
    )
    {
        Acted acted = await Carry(
                kind,
                command,
                id,
                expected,
                request,
                by,
                once,
                keys,
                seen,
                cancel
            )
            .ConfigureAwait(false);
        measures.Note(kind, command, acted);
        return acted;
    }

    private async Task<Acted> Carry(
        SubjectKind kind,
        CommandKind command,
        string id,
        long? expected,
        object request,
        Participant by,
        Once? once,
        IReadOnlyList<WrappedKey> keys,
        Document? seen,
        CancellationToken cancel
    )
    {
        var work = new Workspace(records) { Keys = keys, Seen = seen };
        var act = new Act(work, id, expected, request, by, clock.GetCurrentInstant())
        {
            Inputs = inputs,
            IsNodeFull = await roll.IsFull().ConfigureAwait(false),
            Licence = settings.Licence,
        };
        string subject = kind.Subject(id);
        Refusal? refusal = await command.Do(act).ConfigureAwait(false);
        if (act.IsMissing)
        {
            return new Missing(subject);
        }

        // A repeated request finds the version that its first copy made: the store knows whether it is one.
        if ((act.IsStale || refusal is not null) && once is not null)
        {
            // Nothing has this version, so nothing is written: only a request that was done before gets its answer.
            AppendOutcome known = await records
                .Append([new Write(subject, -1, [])], once, cancel)
                .ConfigureAwait(false);
            if (known is Repeated repeated)
            {
                // Its first copy was perhaps not answered, and then nobody told.
                roll.Changed(repeated.Versions.Select(version => version.Subject));
            }

            if (known is Repeated or KeyReused)
            {
                return await Outcome(known, subject).ConfigureAwait(false);
            }
        }

        if (refusal is null && !act.IsStale)
        {
            await catalogue.Follow(work, act.Now).ConfigureAwait(false);
        }

        return act.IsStale
                ? new Stale(subject, await records.Version(subject).ConfigureAwait(false))
            : refusal is not null ? new Refused(refusal)
            : work.IsTooLarge
                ? new Refused(
                    Refusal.WrongState(
                        $"it touches more than {Workspace.WritesMax} other records at once; end some of them first"
                    )
                )
            : work.IsEmpty
                ? new Done(await records.Document(subject).ConfigureAwait(false), IsRepeated: false)
            : await Outcome(await roll.Commit(work, once, cancel).ConfigureAwait(false), subject)
                .ConfigureAwait(false);
    }

    private async Task<Acted> Outcome(AppendOutcome outcome, string subject) =>
        outcome switch
        {
            Appended appended => new Done(
                appended.Documents.FirstOrDefault(document => document.Subject == subject),
                IsRepeated: false
            ),
            Repeated repeated => new Done(
                await records.Document(repeated.Versions[0].Subject).ConfigureAwait(false),
                IsRepeated: true
            ),
            Conflict conflict => new Stale(conflict.Subject, conflict.Actual),
            KeyReused => new KeyUsed(),
            _ => throw new InvalidOperationException(outcome.ToString()),
        };
}
