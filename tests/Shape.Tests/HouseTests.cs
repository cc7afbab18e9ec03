using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Breakwater.Shape.Tests;

/// <summary>The rules of the house that the compiler does not see.</summary>
public sealed partial class HouseTests
{
    private const int LinesMax = 400;

    /// <summary>Files longer than the budget, each with its reason.</summary>
    private static readonly Dictionary<string, string> _longFiles = [];

    private static readonly Dictionary<string, string[]> _mayReference = new()
    {
        ["Vocabulary"] = [],
        ["Bgp"] = ["Vocabulary"],
        ["Ledger"] = ["Vocabulary"],
        ["Norms"] = ["Vocabulary"],
        ["Signals"] = ["Vocabulary", "Bgp"],
        ["Disruptions"] = ["Vocabulary", "Signals", "Bgp", "Norms"],
        ["Needs"] = ["Vocabulary", "Signals", "Disruptions"],
        ["Plans"] = ["Vocabulary", "Norms", "Disruptions", "Needs"],
        ["Decisions"] = ["Vocabulary", "Disruptions", "Needs", "Plans"],
        ["Restorations"] = ["Vocabulary", "Signals", "Disruptions", "Needs", "Decisions"],
        ["Publications"] =
        [
            "Vocabulary",
            "Norms",
            "Signals",
            "Disruptions",
            "Needs",
            "Plans",
            "Decisions",
            "Restorations",
            "Preparedness",
            "Ledger",
        ],
        ["Preparedness"] = ["Vocabulary"],
        ["Feeds"] = ["Vocabulary", "Signals", "Bgp", "Norms", "Preparedness"],
        ["Records"] = ["Vocabulary", "Ledger"],
        ["App"] =
        [
            "Vocabulary",
            "Bgp",
            "Norms",
            "Ledger",
            "Signals",
            "Disruptions",
            "Needs",
            "Plans",
            "Decisions",
            "Restorations",
            "Publications",
            "Preparedness",
            "Feeds",
            "Records",
        ],
    };

    [Fact]
    public void Data_walks_one_way()
    {
        foreach (string project in Repository.Projects())
        {
            Assert.True(
                _mayReference.TryGetValue(project, out string[]? allowed),
                $"src/{project} is not in the table of references"
            );
            IEnumerable<string> references = XDocument
                .Parse(Repository.Read($"src/{project}/{project}.csproj"))
                .Descendants("ProjectReference")
                .Select(reference =>
                    Path.GetFileNameWithoutExtension(
                        reference.Attribute("Include")!.Value.Replace('\\', '/')
                    )
                );
            Assert.Empty(references.Except(allowed!));
        }
    }

    [Fact]
    public void Each_project_says_what_it_takes_gives_and_leaves_out()
    {
        foreach (string project in Repository.Projects())
        {
            string readme = Repository.Read($"src/{project}/README.md");
            Assert.StartsWith($"# {project}\n", readme, StringComparison.Ordinal);
            Assert.All(
                ["Takes:", "Gives:", "Invariants:", "Deliberately absent:", "Begin:"],
                word => Assert.Contains($"\n{word}", readme, StringComparison.Ordinal)
            );
            Assert.InRange(readme.Split('\n').Length, 6, 30);
        }
    }

    [Fact]
    public void No_source_file_is_too_long_to_read()
    {
        IEnumerable<string> tooLong = Repository
            .Files("src", "*.cs")
            .Where(file => !_longFiles.ContainsKey(file))
            .Select(file =>
                (File: file, Lines: Repository.Read(file).Count(character => character == '\n'))
            )
            .Where(item => item.Lines > LinesMax)
            .Select(item => $"{item.File}: {item.Lines} lines");
        Assert.Empty(tooLong);
    }

    [Fact]
    public void No_name_says_nothing() =>
        Assert.DoesNotContain(
            Repository.Files("src", "*.cs"),
            file => Regex.IsMatch(file, "(Manager|Helper|Utils?|Processor|Impl|Base|Common)\\.cs$")
        );

    [Fact]
    public void SQL_stands_in_Records_alone() =>
        Assert.DoesNotContain(
            Repository
                .Files("src", "*.cs")
                .Where(file => !file.StartsWith("src/Records/", StringComparison.Ordinal)),
            file =>
                Regex.IsMatch(
                    Repository.Read(file),
                    "\"(SELECT|INSERT INTO|DELETE FROM|CREATE TABLE) "
                )
        );

    [Fact]
    public void The_architecture_fits_two_pages() =>
        Assert.InRange(Repository.Read("ARCHITECTURE.md").Split('\n').Length, 20, 100);

    [Fact]
    public void Links_in_the_documents_lead_somewhere()
    {
        foreach (
            string document in (string[])
                ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "scenarios/README.md"]
        )
        {
            string folder = Path.GetDirectoryName(Path.Combine(Repository.Root, document))!;
            IEnumerable<string> broken = Regex
                .Matches(Repository.Read(document), @"\]\((?<target>[^)#]+)\)")
                .Select(match => match.Groups["target"].Value)
                .Where(target => !target.StartsWith("http", StringComparison.Ordinal))
                .Where(target => !Path.Exists(Path.Combine(folder, target)));
            Assert.Empty(broken);
        }
    }

    /// <summary>Translations are found by the English words of a refusal: whoever words it anew must word them anew too.</summary>
    [Fact]
    public void Every_refusal_that_is_translated_is_one_that_the_code_gives()
    {
        string code = string.Concat(Repository.Files("src", "*.cs").Select(Repository.Read));
        using var refusals = JsonDocument.Parse(
            Repository.Read("src/App/Pages/Response/Texts/refusals.en.json")
        );
        Assert.All(
            refusals
                .RootElement.EnumerateObject()
                .SelectMany(refusal => Value().Split(refusal.Value.GetString()!)),
            words => Assert.Contains(words, code, StringComparison.Ordinal)
        );
    }

    /// <summary>French sets its double signs apart by a space that does not break, so that no line begins with one.</summary>
    [Fact]
    public void In_French_a_sign_stays_with_the_word_before_it() =>
        Assert.All(
            Repository.Files("src", "*fr.json"),
            file => Assert.Empty(SignAlone().Matches(Repository.Read(file)).Select(m => m.Value))
        );

    [GeneratedRegex(@"[\p{L}})\d”»] [:;?!»](?=[\s""<])[^""]*")]
    private static partial Regex SignAlone();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Value();
}
