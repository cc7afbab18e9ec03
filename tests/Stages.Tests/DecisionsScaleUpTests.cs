using Breakwater.Decisions;
using Breakwater.Decisions.Opening;
using Breakwater.Decisions.Responding;
using Breakwater.Vocabulary;
using Xunit;
using static Breakwater.Stages.Tests.DecisionsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>A decision to do more is seen in the response that it is about.</summary>
public sealed class DecisionsScaleUpTests
{
    private static readonly Participant _clock = Alone("clock");

    private static readonly Response _response = Then<Response, ResponseEvent>(
        null,
        ProposeResponse.Decide(
            null,
            new ProposeResponse(
                "response-1",
                "disruption-1",
                Place.OfCountry("SD"),
                "nobody is connected",
                Marking.Public
            ),
            Speaker("relief"),
            Hour(0)
        )
    );

    private static readonly Decision _open = Then<Decision, DecisionEvent>(
        null,
        OpenDecision.Decide(
            null,
            Question(DecisionKind.ScaleUp) with
            {
                Subject = "response/response-1",
                Marking = Marking.Public,
            },
            Speaker("relief"),
            Hour(0)
        )
    );

    private static readonly Decision _adopted = _open with
    {
        Outcome = DecisionOutcome.Adopted,
        DecidedAt = Hour(1),
    };

    private static Decided<ResponseEvent> Follows(Response response, Decision decision) =>
        FollowScaleUp.Decide(response, new FollowScaleUp { Decision = decision }, _clock, Hour(2));

    private static ScaleUp One(Response response) => Assert.Single(response.ScaleUps!);

    [Fact]
    public void An_adopted_scale_up_stands_in_the_response_with_its_words_and_once()
    {
        Response scaled = Then(_response, Follows(_response, _adopted));
        Assert.Equal(
            new ScaleUp("decision-1", _open.Question, _open.Text, Hour(1), null, null),
            One(scaled)
        );
        Assert.Empty(Follows(scaled, _adopted).Events);
        Assert.Empty(Follows(_response, _open).Events);
        Assert.Empty(
            Follows(_response, _open with { Outcome = DecisionOutcome.NotAdopted }).Events
        );
    }

    [Fact]
    public void An_appeal_opens_it_again_and_it_stands_or_falls_with_what_comes_of_it()
    {
        Response scaled = Then(_response, Follows(_response, _adopted));
        Response reopened = Then(scaled, Follows(scaled, _open));
        Assert.NotNull(One(reopened).ReopenedAt);
        Assert.Empty(Follows(reopened, _open).Events);

        Response upheld = Then(reopened, Follows(reopened, _adopted));
        Assert.Equal((null, null), (One(upheld).ReopenedAt, One(upheld).Fall));

        Response fallen = Then(
            reopened,
            Follows(
                reopened,
                _open with
                {
                    Outcome = DecisionOutcome.NotAdopted,
                    OutcomeReason = "two classes objected",
                }
            )
        );
        Assert.Equal("two classes objected", One(fallen).Fall);
        Assert.Null(One(Then(fallen, Follows(fallen, _adopted))).Fall);
    }

    [Fact]
    public void What_is_decided_more_closely_than_the_response_is_told_keeps_its_words_to_itself()
    {
        Response scaled = Then(
            _response,
            Follows(_response, _adopted with { Marking = Marking.Sealed })
        );
        Assert.Equal((null, null), (One(scaled).Question, One(scaled).Text));
    }
}
