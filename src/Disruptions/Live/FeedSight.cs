using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>Whether a feed that is followed can see a place.</summary>
/// <param name="Series">Id of its series.</param>
/// <param name="At">The moment that this holds at.</param>
/// <param name="Blind">Why it cannot see; null when it can.</param>
public sealed record FeedSight(string Series, string Feed, Place Place, Instant At, string? Blind);
