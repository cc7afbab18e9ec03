using Breakwater.Preparedness.Consultations.Grouping;
using NodaTime;
using Xunit;

namespace Breakwater.Preparedness.Tests.Consultations;

public sealed class TopicsTests
{
    private static readonly Instant _at = Instant.FromUtc(2025, 11, 27, 9, 0);

    [Fact]
    public void Inputs_on_the_same_things_stand_together()
    {
        Topics topics = TopicsFromInputs.Find([
            .. new[]
            {
                "Masts need generators and fuel before winter.",
                "Fuel for generators at masts runs out within days.",
                "Generators without fuel are furniture; plan fuel for masts.",
                "The registry of names must go on when its board cannot meet.",
                "A registry whose board is in exile still keeps the names.",
                "Names of the registry lapse when nobody renews them for the board.",
            }.Select((text, at) => new InputText($"i{at}", _at, text)),
        ]);
        Assert.Equal(2, topics.All.Count);
        Assert.Equal(
            ["i0 i1 i2", "i3 i4 i5"],
            topics
                .All.Select(topic => string.Join(' ', topic.Inputs.Order(StringComparer.Ordinal)))
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Every_input_is_in_one_topic_or_elsewhere_in_any_order()
    {
        MadeInputs made = Campaigns.Make(900, 5);
        Topics topics = TopicsFromInputs.Find(made.Inputs);
        Assert.Equal(
            made.Inputs.Select(input => input.Id).Order(StringComparer.Ordinal),
            topics
                .All.SelectMany(topic => topic.Inputs)
                .Concat(topics.Elsewhere)
                .Order(StringComparer.Ordinal)
        );
        Assert.Equivalent(topics, TopicsFromInputs.Find([.. made.Inputs.Reverse()]), strict: true);
    }
}
