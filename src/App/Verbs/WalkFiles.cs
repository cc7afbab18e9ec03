using System.Text;
using System.Text.Json;
using Breakwater.Disruptions.Law;
using Breakwater.Publications;
using Breakwater.Signals;
using Breakwater.Vocabulary;

namespace Breakwater.App.Verbs;

/// <summary>Writes the products of a walk as files.</summary>
internal static class WalkFiles
{
    /// <returns>The files written, in order.</returns>
    public static IReadOnlyList<string> Write(WalkResult walk, string folder)
    {
        Directory.CreateDirectory(folder);
        (string Name, object Document)[] documents =
        [
            ("signals.json", new { signals = Signals(walk) }),
            (
                "disruptions.json",
                new
                {
                    disruptions = walk.Walked.Detection.Disruptions,
                    blind = walk.Walked.Detection.Blind,
                }
            ),
            (
                "needs.json",
                new { needs = walk.Walked.Assessment.Needs, timeToDark = PublicTimeToDark(walk) }
            ),
            (
                "findings.json",
                new
                {
                    standard = DisruptionFindings.StandardOfProof,
                    findings = Findings(walk),
                    leftOut = walk.Walked.Norms?.Found.LeftOut ?? 0,
                }
            ),
            ("plans.json", new { plans = walk.Walked.Plans, refusal = walk.Refusal }),
            (
                "decisions.json",
                new
                {
                    decisions = walk.Walked.Decisions,
                    commitments = walk.Walked.Commitments,
                    refused = walk.Refused,
                }
            ),
            ("restorations.json", new { restorations = walk.Walked.Restorations }),
        ];
        var files = new List<string>();
        foreach ((string name, object document) in documents)
        {
            string path = Path.Combine(folder, name);
            File.WriteAllText(
                path,
                JsonSerializer.Serialize(document, Json.Indented) + "\n",
                new UTF8Encoding(false)
            );
            files.Add(path);
        }

        return [.. files, .. WritePublications(walk, Path.Combine(folder, "publications"))];
    }

    public static IReadOnlyList<string> WritePublications(WalkResult walk, string folder)
    {
        Directory.CreateDirectory(folder);
        var files = new List<string>();
        foreach (Publication publication in walk.Publications)
        {
            string stem = Path.Combine(folder, $"{publication.Form}.{publication.Language}");
            File.WriteAllText(stem + ".html", publication.Html, new UTF8Encoding(false));
            File.WriteAllText(
                stem + ".json",
                JsonSerializer.Serialize(publication, Json.Indented) + "\n",
                new UTF8Encoding(false)
            );
            files.AddRange([stem + ".html", stem + ".json"]);
        }

        return files;
    }

    /// <summary>What is marked for fewer than everyone stays in the store: files travel.</summary>
    public static IEnumerable<Signal> Signals(WalkResult walk) =>
        walk.Walked.Signals.Where(signal => ReleaseCheck.Allows(signal.Marking, Audience.Public));

    public static IEnumerable<Needs.TimeToDark> PublicTimeToDark(WalkResult walk) =>
        walk.Walked.Assessment.TimeToDark.Where(site =>
            ReleaseCheck.Allows(site.Marking, Audience.Public)
        );

    /// <summary>Never a verdict: what each body of the pack would say, on facts that are proposed and attributed.</summary>
    public static IEnumerable<DisruptionFindings> Findings(WalkResult walk) =>
        (walk.Walked.Norms?.Found.Findings ?? []).Where(finding =>
            ReleaseCheck.Allows(finding.Marking, Audience.Public)
        );
}
