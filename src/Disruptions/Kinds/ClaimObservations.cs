using System.Text;
using Breakwater.Vocabulary;
using static Breakwater.Disruptions.Kinds.Observation;

namespace Breakwater.Disruptions.Kinds;

/// <summary>What claims say about the kind. What they say about cause and actor stays with the claim.</summary>
internal static class ClaimObservations
{
    /// <summary>Words after which a sentence may say the opposite of the kind that it names.</summary>
    private static readonly string[] _denials =
    [
        "no",
        "not",
        "non",
        "never",
        "without",
        "denied",
        "denies",
        "deny",
        "denying",
        "unrelated",
        "isn t",
        "wasn t",
    ];

    /// <summary>For each kind that claims name, its weight and who rests on it.</summary>
    public static IEnumerable<(DisruptionKind Kind, double Weight, Observation Observation)> Of(
        Disruption disruption,
        ILookup<Claim, string> ids,
        KindProfile profile
    )
    {
        List<(DisruptionKind Kind, double Weight, Claim Claim)> named = [];
        foreach (Claim claim in disruption.Claims)
        {
            if (Named(claim, profile) is { } found)
            {
                named.Add((found.Kind, found.Weight, claim));
            }
        }

        List<IGrouping<DisruptionKind, (DisruptionKind Kind, double Weight, Claim Claim)>> kinds =
        [
            .. named.GroupBy(item => item.Kind).OrderBy(group => group.Key),
        ];
        foreach (var kind in kinds)
        {
            double[] bySource =
            [
                .. kind.GroupBy(item => item.Claim.Source, StringComparer.Ordinal)
                    .Select(source => source.Max(item => item.Weight))
                    .OrderDescending(),
            ];
            double weight = 0;
            double share = 1;
            foreach (double each in bySource)
            {
                weight += each * share;
                share *= profile.Claims.Further;
            }

            yield return (
                kind.Key,
                weight,
                new Observation(
                    "claimed",
                    bySource.Length == 1
                        ? $"One source says {Words(kind.Key)}."
                        : Say($"{bySource.Length} sources say {Words(kind.Key)}."),
                    Ids(kind.Select(item => item.Claim), ids, disruption)
                )
            );
            if (kinds.Count > 1)
            {
                yield return (
                    kind.Key,
                    profile.Claims.Disagree,
                    new Observation(
                        "claims_disagree",
                        $"Claims disagree: {string.Join(", ", kinds.Select(other => $"{Words(other.Key)} ({Sources(other)})"))}.",
                        Ids(named.Select(item => item.Claim), ids, disruption)
                    )
                );
            }
        }
    }

    private static string Sources(
        IEnumerable<(DisruptionKind Kind, double Weight, Claim Claim)> claims
    ) => Say($"{claims.Select(item => item.Claim.Source).Distinct().Count()}");

    /// <summary>The kind by its own name, else by the cause; nothing when a sentence may deny it.</summary>
    private static (DisruptionKind Kind, double Weight)? Named(Claim claim, KindProfile profile)
    {
        string what = Plain(claim.What);
        foreach (DisruptionKind kind in KindProfile.Weighed)
        {
            // "outage" is what every loss is called; it names no kind.
            if (kind != DisruptionKind.Outage && what == Plain(Words(kind)))
            {
                return (kind, profile.Claims.Direct);
            }
        }

        return In(what, profile) is { } byWord ? (byWord, profile.Claims.Direct)
            : claim.Cause is { } cause && In(Plain(cause), profile) is { } byCause
                ? (byCause, profile.Claims.Cause)
            : null;
    }

    /// <summary>The one kind whose words stand in a text; nothing when words of several do.</summary>
    private static DisruptionKind? In(string text, KindProfile profile)
    {
        string padded = $" {text} ";
        if (MayDeny(text))
        {
            return null;
        }

        List<DisruptionKind> found =
        [
            .. profile
                .Claims.Words.Where(words =>
                    words.Value.Any(word => padded.Contains($" {word} ", StringComparison.Ordinal))
                )
                .Select(words => words.Key),
        ];
        return found.Count == 1 ? found[0] : null;
    }

    /// <summary>True when a plain text may say the opposite of what it names.</summary>
    internal static bool MayDeny(string plain) =>
        Array.Exists(
            _denials,
            denial => $" {plain} ".Contains($" {denial} ", StringComparison.Ordinal)
        );

    private static IReadOnlyList<string> Ids(
        IEnumerable<Claim> claims,
        ILookup<Claim, string> ids,
        Disruption disruption
    ) =>
        [
            .. claims
                .SelectMany(claim => ids[claim])
                .Where(disruption.Signals.Contains)
                .DefaultIfEmpty(disruption.Id)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>The kind as people say it: <c>cable cut</c>.</summary>
    private static string Words(DisruptionKind kind)
    {
        var words = new StringBuilder();
        foreach (char letter in kind.ToString())
        {
            if (char.IsUpper(letter) && words.Length > 0)
            {
                words.Append(' ');
            }

            words.Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }

    /// <summary>Letters and digits in lower case, single spaces between words.</summary>
    internal static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (char letter in text)
        {
            if (char.IsLetterOrDigit(letter))
            {
                plain.Append(char.ToLowerInvariant(letter));
            }
            else if (plain.Length > 0 && plain[^1] != ' ')
            {
                plain.Append(' ');
            }
        }

        return plain.ToString().TrimEnd();
    }
}
