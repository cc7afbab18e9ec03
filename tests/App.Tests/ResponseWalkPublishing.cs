using System.Net;
using System.Text.Json.Nodes;
using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>What the response tells the public: composed by the node, released by two, and taken from what is on record alone.</summary>
internal sealed partial class ResponseWalk
{
    public string Publication { get; private set; } = "";

    /// <summary>The report in each language, as anybody reads it.</summary>
    public IReadOnlyDictionary<string, string> Reports { get; private set; } =
        new Dictionary<string, string>();

    private ApiClient Publisher(string organisation) => As(Role.Publisher, organisation);

    public async Task Publish()
    {
        Publication = Done(
            await Publisher("relief")
                .Start(
                    "publications",
                    new
                    {
                        Response,
                        HarmNote = "crews could be found by it; no site and no crew is in it",
                    }
                )
        );
        JsonNode draft = (await Publisher("relief").Get($"publications/{Publication}")).State;
        string approval = draft["approval"]!.GetValue<string>();
        object seen = new { Hash = draft["hash"]!.GetValue<string>() };
        Refused(HttpStatusCode.NotFound, await site.Public.Get($"publications/{Publication}"));
        Refused(
            HttpStatusCode.Forbidden,
            await Publisher("relief").Do("approvals", approval, "approve", seen)
        );
        Refused(HttpStatusCode.Conflict, await Release());
        Done(await Publisher("university").Do("approvals", approval, "approve", seen));
        Done(await Release());
        Reports = await Read(draft);
        Assert.Equal("released", (await site.Public.Get($"publications/{Publication}")).Standing);
        Tell("A situation report is released by two publishers of different organisations.");
        await Told();
    }

    private Task<Answered> Release() =>
        Publisher("relief").Do("publications", Publication, "release-publication");

    private async Task<Dictionary<string, string>> Read(JsonNode draft)
    {
        var reports = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonNode? document in draft["documents"]!.AsArray())
        {
            reports[document!["language"]!.GetValue<string>()] = await site.Stranger.GetStringAsync(
                $"/reports/{document["publication"]!.GetValue<string>()}",
                Cancel
            );
        }

        return reports;
    }

    /// <summary>What every report of a response says, whatever else it says.</summary>
    private async Task Told()
    {
        string english = Reports["en"];
        Assert.Contains("too much is modelled", english, StringComparison.Ordinal);
        Assert.Contains("no answer", english, StringComparison.Ordinal);
        Assert.Contains("Silence is not consent", english, StringComparison.Ordinal);
        Assert.Contains("Residents without service", english, StringComparison.Ordinal);
        Assert.Contains("Responders without service", english, StringComparison.Ordinal);
        foreach (string commitment in Commitments)
        {
            JsonNode state = (await site.Public.Get($"commitments/{commitment}")).State;
            Assert.Contains(
                state["stakeholder"]!.GetValue<string>(),
                english,
                StringComparison.Ordinal
            );
        }

        foreach (string report in Reports.Values)
        {
            Assert.DoesNotContain(Secret, report, StringComparison.Ordinal);
            Assert.Contains("<section id=\"norms\"", report, StringComparison.Ordinal);
            Assert.DoesNotContain("crews could be found by it", report, StringComparison.Ordinal);
        }

        Assert.Contains("dir=\"rtl\"", Reports["ar"], StringComparison.Ordinal);
        Tell("It says who dissented and who gave no answer; civilians and responders stand apart.");
        Tell(
            "It says what named bodies would say of the disruption, and which facts nobody knows."
        );
    }
}
