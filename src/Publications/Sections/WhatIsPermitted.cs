using Breakwater.Decisions.Clearances;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Publications;

/// <summary>Permits asked of authorities. An authority that is silent has given none, and its silence has an age (INV-04).</summary>
internal static class WhatIsPermitted
{
    /// <summary>None where nobody keeps permits: that is not the same as none asked for.</summary>
    public static IReadOnlyList<Section> Sections(Released released) =>
        released.Walk.Clearances is { } clearances ? [Section(released, clearances)] : [];

    private static Section Section(Released released, IReadOnlyList<ClearanceFile> clearances)
    {
        Walked walk = released.Walk;
        var draft = new Draft("clearances");
        if (clearances.Count == 0)
        {
            draft.Say(
                released.None("clearances.none", ReleaseCheck.Clearances),
                [Ids.OfScenario(walk)]
            );
            return draft.Section;
        }

        draft.Tabulate(
            "clearances",
            [
                new("permit"),
                new("authority"),
                new("about"),
                new("where"),
                new("clearance-answer"),
                new("asked-at"),
                new("silent-days", IsNumber: true),
                new("until"),
            ],
            clearances
                .OrderBy(clearance => clearance.Permit)
                .ThenBy(clearance => clearance.Authority, StringComparer.Ordinal)
                .ThenBy(clearance => clearance.Id, StringComparer.Ordinal)
                .Select(clearance => Row(clearance, walk.AsOf))
        );
        ClearanceFile[] silent =
        [
            .. clearances.Where(clearance => clearance.Standing == "no-answer"),
        ];
        if (silent.Length > 0)
        {
            draft.Say(
                new Said("clearances.silent", ("n", new Count(silent.Length))),
                silent.Select(clearance => clearance.Id),
                silent.Select(clearance => clearance.Origin),
                Tone.Caution
            );
        }

        return draft.Section;
    }

    private static (Word[] Cells, IEnumerable<string> Inputs, IEnumerable<Origin> Origins) Row(
        ClearanceFile clearance,
        Instant asOf
    ) =>
        (
            [
                Word.Of("permit", clearance.Permit),
                new Free(clearance.Authority),
                new Free(clearance.About),
                clearance.Place is { } place ? Word.Of(place) : new Said("nothing"),
                new Term("clearance", clearance.Standing),
                clearance.AskedAt is { } asked ? new Moment(asked) : new Said("not-asked"),
                clearance.SilentFor(asOf) is { } silent
                    ? new Count((long)silent.TotalDays)
                    : new Said("not-of-this-row"),
                clearance.Until is { } until ? new Moment(until) : new Said("not-of-this-row"),
            ],
            [clearance.Id],
            [clearance.Origin]
        );
}
