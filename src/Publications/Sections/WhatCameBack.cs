using Breakwater.Restorations;
using Breakwater.Vocabulary;

namespace Breakwater.Publications;

/// <summary>Restorations per area and service, by who measured them.</summary>
internal static class WhatCameBack
{
    public static Section Section(Released released)
    {
        Walked walk = released.Walk;
        var draft = new Draft("restorations");
        if (walk.Restorations.Count == 0)
        {
            draft.Say(released.None("restorations.none", "restoration"), [Ids.OfScenario(walk)]);
            return draft.Section;
        }

        draft.Say(
            new Said(
                "restorations.intro",
                (
                    "n",
                    new Count(
                        walk.Restorations.Count(restoration =>
                            restoration.State == RestorationState.Confirmed
                        )
                    )
                ),
                ("all", new Count(walk.Restorations.Count))
            ),
            walk.Restorations.Select(restoration => restoration.Id),
            walk.Restorations.Select(restoration => restoration.Origin)
        );
        draft.Tabulate(
            "restorations",
            [
                new("where"),
                new("service-seen"),
                new("restoration-state"),
                new("return"),
                new("share", IsNumber: true),
                new("measured-by"),
                new("notes"),
            ],
            walk.Restorations.Select(restoration =>
                (
                    new Word[]
                    {
                        restoration.Network is { } network
                            ? new Said(
                                "known.network",
                                ("network", new Free(network)),
                                ("where", Word.Of(restoration.Place))
                            )
                            : Word.Of(restoration.Place),
                        new Free(restoration.ServiceSeen),
                        Word.Of("restoration", restoration.State),
                        Word.Of(restoration),
                        restoration.ShareRestored is { } share
                            ? new Share(share)
                            : new Said("unknown"),
                        new Free(restoration.MeasuredBy),
                        restoration.Notes.Count == 0
                            ? new Said("nothing")
                            : new Listed([.. restoration.Notes.Select(note => new Free(note))]),
                    },
                    (IEnumerable<string>)
                        [restoration.Id, restoration.DisruptionId, .. restoration.Commitments],
                    (IEnumerable<Origin>)[restoration.Origin]
                )
            )
        );
        return draft.Section;
    }
}
