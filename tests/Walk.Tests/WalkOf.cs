using System.Collections.Concurrent;
using Breakwater.App;
using Breakwater.Feeds;
using Breakwater.Vocabulary;

namespace Breakwater.Walk.Tests;

/// <summary>Bundled scenarios walked once for all tests that only look.</summary>
internal static class WalkOf
{
    private static readonly ConcurrentDictionary<string, Lazy<WalkResult>> walks = new();

    public static WalkResult Iran => Once("iran-2026-01");

    public static WalkResult Sudan => Once("sudan-2024-02");

    public static WalkResult Tonga => Once("tonga-2022-01");

    public static WalkResult Gaza => Once("gaza-2023-10");

    public static WalkResult Telegram => Once("telegram-india-2026-06");

    public static WalkResult Afrinic => Once("afrinic-2025");

    public static WalkResult Once(string id) =>
        walks.GetOrAdd(id, _ => new Lazy<WalkResult>(() => Afresh(id))).Value;

    public static WalkResult Afresh(string id) =>
        App.Walk.Run(BundledScenarios.Read(id).Scenario!, PlanHand.None);

    /// <summary>Every product of a walk in one canonical document.</summary>
    public static byte[] Bytes(WalkResult walk) =>
        CanonicalJson.Of(
            new
            {
                walk.Walked.Signals,
                walk.Known,
                walk.Walked.Detection,
                walk.Walked.Assessment,
                walk.Walked.Norms!.Found,
                walk.Walked.Plans,
                walk.Walked.Decisions,
                walk.Walked.Commitments,
                walk.Walked.Restorations,
                walk.Walked.Cases,
                walk.Publications,
                html = walk.Publications.Select(publication => publication.Html),
                walk.Refusal,
                walk.Faults,
                walk.Refused,
            }
        );
}
