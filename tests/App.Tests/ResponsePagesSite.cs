using System.Net;
using System.Text.RegularExpressions;
using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>A founded node with people at its pages, and some of everything on record.</summary>
public sealed partial class ResponsePagesSite : IAsyncLifetime
{
    private readonly List<Visitor> _visitors = [];

    internal ApiSite Site { get; private set; } = null!;

    /// <summary>Nobody in particular.</summary>
    internal Visitor Stranger { get; private set; } = null!;

    /// <summary>Speaks for the carrier.</summary>
    internal Visitor Carrier { get; private set; } = null!;

    /// <summary>Plans at the relief organisation.</summary>
    internal Visitor Planner { get; private set; } = null!;

    internal string Response { get; private set; } = "";

    /// <summary>A response that only the community may see.</summary>
    internal string Closed { get; private set; } = "";

    internal string Decision { get; private set; } = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Site = await ApiSite.Start();
        Stranger = Visitor();
        Carrier = await Visit(ApiSite.PersonOf(Role.Representative, "carrier"));
        Planner = await Visit(ApiSite.PersonOf(Role.Planner, "relief"));
        Response = await Propose("a town lost everything", Marking.Public);
        Closed = await Propose(
            "closely held words",
            new Marking(Distribution.Community, Tlp.Green)
        );
        Decision = await Open("May the town be served from the border?");
        await Pledge("pledge-1", CommitmentState.Pledged, 1_000, 10);
        await Pledge("works-1", CommitmentState.Working, 300, 20);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Visitor visitor in _visitors)
        {
            visitor.Dispose();
        }

        await Site.DisposeAsync();
    }

    internal async Task<string> Open(string question)
    {
        ApiClient planner = await Site.As(Role.Planner, "relief");
        Answered opened = await planner.Start(
            "decisions",
            new
            {
                Kind = DecisionKind.ScaleUp,
                Question = question,
                Subject = $"response/{Response}",
                Parent = $"response/{Response}",
                QuorumClasses = 2,
                ConsentParties = (string[])["the authority", "the neighbour"],
                AffectedStreams = (Workstream[])[Workstream.Norms],
                Deadline = Site.Clock.Now + Duration.FromDays(3),
                Marking = Marking.Public,
            }
        );
        Assert.True(opened.Status == HttpStatusCode.Created, opened.Text);
        return opened.Id;
    }

    private async Task<string> Propose(string reason, Marking marking)
    {
        ApiClient planner = await Site.As(Role.Planner, "relief");
        Answered made = await planner.Start(
            "responses",
            new
            {
                DisruptionId = $"disruption-{Guid.NewGuid():n}",
                Place = Place.OfCountry("SD"),
                Reason = reason,
                Marking = marking,
            }
        );
        Assert.True(made.Status == HttpStatusCode.Created, made.Text);
        return made.Id;
    }

    /// <summary>A commitment as an adopted plan makes it, brought to a state.</summary>
    private async Task Pledge(string id, CommitmentState state, long civilians, long responders)
    {
        var work = new Workspace(Site.Records);
        Instant at = Site.Clock.Now;
        var events = new List<CommitmentEvent>
        {
            new CommitmentPledged(
                at,
                "somebody",
                id,
                $"response/{Response}",
                "plan-1",
                "offer-1",
                "carrier",
                "Satellite terminals",
                Place.OfCountry("SD"),
                "the town",
                null,
                Service.Messaging,
                3,
                civilians,
                responders,
                [],
                [],
                null,
                null,
                null,
                "the decision",
                Origin.Reported,
                Marking.Public
            ),
        };
        if (state == CommitmentState.Working)
        {
            events.Add(
                new CommitmentCleared(
                    at,
                    "a",
                    "carrier",
                    Clearing.NoneRequired,
                    "p",
                    [],
                    Origin.Reported
                )
            );
            events.Add(new CommitmentDelivered(at, "a", "carrier", "p", [], Origin.Reported));
            events.Add(
                new CommitmentConfirmedWorking(at, "b", "measurers", "p", [], Origin.Measured, null)
            );
        }

        work.Stage<Commitment, CommitmentEvent>(
            new Loaded<Commitment>($"commitment/{id}", 0, null),
            events,
            "somebody"
        );
        await work.Commit(null, Cancel);
    }

    internal Visitor Visitor()
    {
        var visitor = new Visitor(Site.Address);
        _visitors.Add(visitor);
        return visitor;
    }

    private async Task<Visitor> Visit(string person)
    {
        Visitor visitor = Visitor();
        using HttpResponseMessage made = await visitor.Register(person);
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        return visitor;
    }

    /// <summary>The hidden fields of the form on a page.</summary>
    internal static (string Name, string Value)[] Hidden(string html) =>
        [
            .. HiddenField()
                .Matches(html)
                .Select(field => (field.Groups[1].Value, field.Groups[2].Value))
                .Where(field => field.Item1 != "lang"),
        ];

    /// <summary>Sends the form of a page as it stands there, with these fields filled in.</summary>
    internal static async Task<HttpResponseMessage> Fill(
        Visitor visitor,
        string path,
        params (string Name, string Value)[] fields
    )
    {
        string html = await visitor.Read($"{path}?lang=en");
        return await visitor.Post(path, [.. Hidden(html), .. fields]);
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\">")]
    private static partial Regex HiddenField();
}
