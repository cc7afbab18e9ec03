using Breakwater.Preparedness.Agreements.Proposing;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Agreements.Files;

/// <summary>An agreement of a file, as it would be laid before its parties.</summary>
/// <param name="IsSound">False when something in it could not be read: it is not taken by halves.</param>
public sealed record AgreementRow(int Line, ProposeAgreement Proposal, bool IsSound);

/// <param name="Events">Its proposal; empty for one that is on record so already.</param>
public sealed record ImportedAgreement(int Line, string Id, IReadOnlyList<AgreementEvent> Events);

/// <summary>
/// What a file of agreements adds to those on record: proposals, signed by nobody, whatever the file says of signatures. A file that
/// comes again changes nothing; one that is refused is named, and the rest is taken.
/// </summary>
public static class AgreementImport
{
    /// <param name="known">Those on record, by id.</param>
    /// <param name="kinds">Kinds of disruptions that triggers may name.</param>
    public static (
        IReadOnlyList<ImportedAgreement> Agreements,
        IReadOnlyList<InputFault> Faults
    ) Plan(
        string file,
        IReadOnlyList<AgreementRow> rows,
        IReadOnlyDictionary<string, Agreement> known,
        IReadOnlyCollection<string> kinds,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(known);
        var waits = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (Agreement one in known.Values)
        {
            waits[one.Id] =
            [
                .. Trigger
                    .WaitsFor(one.Terms.Trigger)
                    .Union(Trigger.WaitsFor(one.Revision?.Trigger ?? [])),
            ];
        }

        var taken = new List<ImportedAgreement>();
        var faults = new List<(int Line, InputFault Fault)>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        Dictionary<string, IReadOnlyList<string>> circles = Circles(rows, waits);
        foreach (AgreementRow row in InOrder(rows))
        {
            string id = row.Proposal.Id;
            Refusal? no =
                !row.IsSound
                    ? Refusal.Invalid(
                        "it has the faults that are named, and nothing of it is taken"
                    )
                : !seen.TryAdd(id, row.Line)
                    ? Refusal.Invalid($"the id stands on line {seen[id]} already")
                : circles.TryGetValue(id, out IReadOnlyList<string>? circle)
                    ? Refusal.Invalid(
                        $"the triggers wait for each other: {TriggerCycles.Named(circle)}"
                    )
                : null;
            Agreement? before = known.GetValueOrDefault(id);
            Decided<AgreementEvent> decided =
                no is not null ? no
                : before is null
                    ? ProposeAgreement.Decide(
                        null,
                        row.Proposal with
                        {
                            Known = new AgreementsOnRecord(kinds, waits),
                        },
                        by,
                        now
                    )
                : Same(before, row.Proposal) ? Decided<AgreementEvent>.Nothing
                : Refusal.WrongState(
                    "an agreement with this id is on record with other words; its parties revise it there"
                );
            if (decided.Refusal is { } refused)
            {
                faults.Add((row.Line, Told(file, row, refused)));
                continue;
            }

            waits[id] = Trigger.WaitsFor(row.Proposal.Terms.Trigger);
            taken.Add(new ImportedAgreement(row.Line, id, decided.Events));
        }

        return (
            [.. taken.OrderBy(one => one.Line)],
            [.. faults.OrderBy(one => one.Line).Select(one => one.Fault)]
        );
    }

    private static InputFault Told(string file, AgreementRow row, Refusal no)
    {
        string[] parts = no.Reason.Split("; ", 2);
        return new InputFault(
            file,
            $"line {row.Line}",
            $"'{row.Proposal.Id}' is not taken: {parts[0]}",
            parts.Length == 2
                ? char.ToUpperInvariant(parts[1][0]) + parts[1][1..]
                : "Correct it and import again; what was imported stays as it is"
        );
    }

    /// <summary>Every agreement of the file that stands in a circle, with the circle.</summary>
    private static Dictionary<string, IReadOnlyList<string>> Circles(
        IReadOnlyList<AgreementRow> rows,
        Dictionary<string, IReadOnlyList<string>> onRecord
    )
    {
        var all = new Dictionary<string, IReadOnlyList<string>>(onRecord, StringComparer.Ordinal);
        foreach (AgreementRow row in rows)
        {
            all.TryAdd(row.Proposal.Id, Trigger.WaitsFor(row.Proposal.Terms.Trigger));
        }

        var circles = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (IReadOnlyList<string> circle in TriggerCycles.Of(all))
        {
            foreach (string id in circle)
            {
                circles.TryAdd(id, circle);
            }
        }

        return circles;
    }

    /// <summary>What others wait for goes first, in the order of the file as far as that leaves it.</summary>
    private static IEnumerable<AgreementRow> InOrder(IReadOnlyList<AgreementRow> rows)
    {
        ILookup<string, AgreementRow> byId = rows.ToLookup(
            row => row.Proposal.Id,
            StringComparer.Ordinal
        );
        var entered = new HashSet<AgreementRow>(ReferenceEqualityComparer.Instance);
        // Without recursion: a file may hold a chain as long as it is.
        var path = new Stack<AgreementRow>();
        foreach (AgreementRow first in rows.Where(entered.Add))
        {
            path.Push(first);
            while (path.TryPeek(out AgreementRow? row))
            {
                AgreementRow? next = Trigger
                    .WaitsFor(row.Proposal.Terms.Trigger)
                    .SelectMany(id => byId[id])
                    .FirstOrDefault(entered.Add);
                if (next is not null)
                {
                    path.Push(next);
                }
                else
                {
                    yield return path.Pop();
                }
            }
        }
    }

    private static bool Same(Agreement before, ProposeAgreement said) =>
        before.Name == said.Name
        && before.Parties.SequenceEqual(said.Parties)
        && CanonicalJson
            .Of(Plain(before.Terms))
            .AsSpan()
            .SequenceEqual(CanonicalJson.Of(Plain(said.Terms)));

    /// <summary>No kinds and an empty list of kinds ask for the same: any.</summary>
    private static AgreementTerms Plain(AgreementTerms terms) =>
        terms with
        {
            Trigger =
            [
                .. terms.Trigger.Select(condition =>
                    condition with
                    {
                        Kinds = condition.Kinds ?? [],
                    }
                ),
            ],
        };
}
