using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Contesting;

/// <summary>What about a finding is contested.</summary>
public enum ContestAspect
{
    /// <summary>A fact that it was given.</summary>
    Fact,

    /// <summary>How a rule is written down.</summary>
    Rule,

    /// <summary>What is cited for it, or how.</summary>
    Source,

    /// <summary>How a body is said to read it.</summary>
    Reading,

    /// <summary>How rules of several regimes are said to bear on each other.</summary>
    Interplay,
}

public enum ContestState
{
    Received,
    Admissible,

    /// <summary>It is not looked into, and says why. It stays in sight, and another organisation may admit it.</summary>
    Inadmissible,
    Answered,
    Decided,
    Closed,
}

public enum ContestOutcome
{
    Sustained,
    PartlySustained,
    Rejected,
}

/// <summary>Which finding: by its own id, or by what it follows from.</summary>
/// <param name="About">Id of the disruption or incident, or hash of the facts.</param>
/// <param name="Rule">Such as <c>IHRL-19-NECPROP</c>.</param>
/// <param name="Profile">The reading that it belongs to.</param>
/// <param name="Pack">Hash of the law pack.</param>
public sealed record ContestedFinding(
    string? Finding,
    string? About,
    string? Rule,
    string? Profile,
    string? Pack
);

/// <summary>One word in the course of a contest, with who said it and why.</summary>
public sealed record ContestWord(string By, string? Organisation, string Reason, Instant At);

/// <summary>Where what was sustained is made good.</summary>
public enum ContestChangeKind
{
    FactVersion,
    RuleVersion,
    ProfileEntry,
}

/// <summary>What a sustained contest changed.</summary>
/// <param name="What">The fact, rule or entry.</param>
/// <param name="Before">Hash of the facts or of the law pack before.</param>
/// <param name="After">The same after.</param>
/// <param name="Diff">What <c>norms diff</c> says of the two, for everybody to read.</param>
public sealed record ContestChange(
    ContestChangeKind Kind,
    string What,
    string Before,
    string After,
    string Diff
);

/// <summary>
/// What somebody says is wrong with a finding, and what becomes of that. Anybody may contest; a legal analyst of another organisation
/// answers; nothing of it is ever taken out of sight.
/// </summary>
public sealed record Contest : ISubject<Contest, ContestEvent>
{
    /// <summary>Letters that nobody confuses on paper (Crockford's base 32).</summary>
    private const string NumberLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int NumberLength = 10;

    public static string Kind => "contest";

    public required string Id { get; init; }

    public required string Number { get; init; }

    public required ContestedFinding Finding { get; init; }

    public required ContestAspect Aspect { get; init; }

    public required string Text { get; init; }

    /// <summary>What should stand instead.</summary>
    public required string Proposed { get; init; }

    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Pseudonym of who contests.</summary>
    public string? By { get; init; }

    /// <summary>Of which the person is a member, and which is no judge of this; null for none.</summary>
    public required string? Organisation { get; init; }

    public required StakeholderClass Class { get; init; }

    /// <summary>True when it is not contested for that organisation.</summary>
    public required bool IsVoice { get; init; }

    public required ContestState State { get; init; }

    /// <summary>The last word on whether it is looked into; null while nobody said.</summary>
    public ContestWord? Admission { get; init; }

    public ContestWord? Answer { get; init; }

    public ContestOutcome? Outcome { get; init; }

    public ContestWord? Decision { get; init; }

    /// <summary>Null while nothing was changed, and for what was rejected.</summary>
    public ContestChange? Change { get; init; }

    public required Instant ReceivedAt { get; init; }

    public Instant? ClosedAt { get; init; }

    public required Instant ChangedAt { get; init; }

    public required Marking Marking { get; init; }

    [JsonIgnore]
    public string Standing =>
        State == ContestState.Decided ? Checks.Word(Outcome!.Value) : Checks.Word(State);

    [JsonIgnore]
    public string Words =>
        $"{Number} {Checks.Word(Aspect)} {Finding.Finding} {Finding.About} {Finding.Rule} {Finding.Profile} {Text}";

    /// <summary>True when something must change before it can be closed.</summary>
    [JsonIgnore]
    public bool AsksChange => Outcome is ContestOutcome.Sustained or ContestOutcome.PartlySustained;

    /// <summary>
    /// By which people name it. It follows from the id, so that two nodes that were apart never give two contests the same one.
    /// </summary>
    public static string NumberOf(string id)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(id));
        string letters = string.Concat(
            hash.Take(NumberLength).Select(octet => NumberLetters[octet % NumberLetters.Length])
        );
        return $"C-{letters[..5]}-{letters[5..]}";
    }

    public static Contest Apply(Contest? before, ContestEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened is FindingContested contested)
        {
            return new Contest
            {
                Id = contested.Id,
                Number = NumberOf(contested.Id),
                Finding = contested.Finding,
                Aspect = contested.Aspect,
                Text = contested.Text,
                Proposed = contested.Proposed,
                Sources = contested.Sources,
                By = contested.By,
                Organisation = contested.Organisation,
                Class = contested.Class,
                IsVoice = contested.IsVoice,
                State = ContestState.Received,
                ReceivedAt = contested.At,
                ChangedAt = contested.At,
                Marking = contested.Marking,
            };
        }

        ArgumentNullException.ThrowIfNull(before);
        Contest after = happened switch
        {
            ContestAdmitted admitted => before with
            {
                State = ContestState.Admissible,
                Admission = admitted.Word,
            },
            ContestNotAdmitted refused => before with
            {
                State = ContestState.Inadmissible,
                Admission = refused.Word,
            },
            ContestAnswered answered => before with
            {
                State = ContestState.Answered,
                Answer = answered.Word,
            },
            ContestDecided decided => before with
            {
                State = ContestState.Decided,
                Outcome = decided.Outcome,
                Decision = decided.Word,
            },
            ContestChangeNamed named => before with { Change = named.Change },
            ContestClosed => before with { State = ContestState.Closed, ClosedAt = happened.At },
            _ => throw new InvalidOperationException($"a contest knows no {happened.GetType()}"),
        };
        return after with { ChangedAt = happened.At };
    }
}
