using System.Globalization;
using System.Text.Json;
using Breakwater.Disruptions;

namespace Breakwater.App.Verbs;

/// <summary>Likelihoods of kinds as text for a tired person: the unknown stands in its place among them, never as a blank.</summary>
public static class KindTables
{
    private const int KindsShown = 3;
    private const int ReasonsShown = 2;

    /// <summary>Kinds less likely than this would fill the line and change no decision; JSON has them all.</summary>
    private const double ShownFrom = 0.05;

    /// <summary>The lines under a disruption; none where kinds are not weighed.</summary>
    public static void Write(Printing print, KindLikelihoods? kinds)
    {
        ArgumentNullException.ThrowIfNull(print);
        if (kinds is null)
        {
            return;
        }

        List<KindLikelihood> shown =
        [
            .. kinds
                .Kinds.Where(kind => kind.Probability.Probability >= ShownFrom)
                .Take(KindsShown),
        ];
        if (shown.Count == 0)
        {
            print.Line("    likely kind: unknown, nothing known speaks for one");
            return;
        }

        print.Line(
            $"    likely kind: {string.Join(", ", shown.Select(kind => (Name: Word(kind.Kind), kind.Probability.Probability)).Append((Name: "unknown", kinds.Unknown.Probability)).OrderByDescending(item => item.Probability).Select(item => $"{item.Name} {Number(item.Probability)}"))}"
        );
        foreach (KindReason reason in shown[0].Reasons.Take(ReasonsShown))
        {
            print.Line(
                $"      {(reason.Weight > 0 ? "for" : "against")} {Word(shown[0].Kind)}: {reason.Text}"
            );
        }
    }

    private static string Word(DisruptionKind kind) =>
        JsonNamingPolicy.KebabCaseLower.ConvertName($"{kind}");

    private static string Number(double probability) =>
        probability.ToString("0.00", CultureInfo.InvariantCulture);
}
