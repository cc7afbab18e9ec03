using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Membership;

/// <summary>For somebody that is not the organisation itself: it stands behind it.</summary>
public sealed record Voucher(Signatory By, StakeholderClass Class, string Reason, Instant At);

/// <summary>Why an organisation should not be vetted.</summary>
/// <param name="Answer">What the organisation answered; null while it has not.</param>
public sealed record Objection(Signatory By, string Reason, Instant At, string? Answer);

/// <summary>
/// An organisation that takes part. Anybody may join deliberation; operations need people of several other classes who
/// vouch for it, and whoever objects is answered first.
/// </summary>
public sealed partial record Organisation : ISubject<Organisation, OrganisationEvent>
{
    public static string Kind => "organisation";

    /// <summary>How many classes other than its own must vouch for it.</summary>
    public const int VouchingClasses = 2;

    /// <summary>An objection that was answered and not withdrawn asks for the voucher of one class more.</summary>
    public const int VouchingClassesDespiteObjection = 3;

    /// <summary>Where one stands that was never vetted.</summary>
    public const string OnlyJoined = "joined";

    /// <summary>Where one stands that was never vetted and that nobody is in, nor invited to.</summary>
    public const string LeftBehind = "left";

    /// <summary>Where one can stand that was vetted once, or that was restricted.</summary>
    public static IReadOnlyList<string> VettedStandings { get; } =
    ["vetted", "suspended", "revoked"];

    public required string Id { get; init; }

    public required string Name { get; init; }

    public required StakeholderClass Class { get; init; }

    public required string Mandate { get; init; }

    public required Marking Marking { get; init; }

    public required Instant AppliedAt { get; init; }

    public required Instant? VettedAt { get; init; }

    public required IReadOnlyList<ContactPoint> Contacts { get; init; }

    public required IReadOnlyList<Member> Members { get; init; }

    public IReadOnlyList<Voucher> Vouchers { get; init; } = [];

    public IReadOnlyList<Objection> Objections { get; init; } = [];

    public IReadOnlyList<RoleProposal> Proposals { get; init; } = [];

    /// <summary>Roles and memberships taken by one person, until a second confirms them.</summary>
    public IReadOnlyList<Taking> Takings { get; init; } = [];

    public Restriction? Restriction { get; init; }

    /// <summary>Who restricted it without a second person standing by that, and when that ended.</summary>
    public IReadOnlyList<LapsedRestriction> Lapsed { get; init; } = [];

    /// <summary>True when its members may have roles.</summary>
    [JsonIgnore]
    public bool IsOperating => VettedAt is not null && Restriction is null;

    [JsonIgnore]
    public string Standing =>
        Restriction switch
        {
            { Kind: RestrictionKind.Revoked } => "revoked",
            { Kind: RestrictionKind.Suspended } => "suspended",
            _ when VettedAt is not null => "vetted",
            _ => Members.Any(member =>
                member.Standing is MemberStanding.Joined or MemberStanding.Invited
            )
                ? OnlyJoined
                : LeftBehind,
        };

    [JsonIgnore]
    public Instant? DueAt => Dues.Count == 0 ? null : Dues.Min(due => due.At);

    [JsonIgnore]
    public string Words => $"{Name} {Mandate}";

    /// <summary>The member with that pseudonym who is in it now; null for one who was invited, left or was revoked.</summary>
    public Member? Joined(string person) =>
        Members.FirstOrDefault(member =>
            member.Person == person && member.Standing == MemberStanding.Joined
        );

    /// <summary>True when enough classes vouched for it and each objection has an answer.</summary>
    [JsonIgnore]
    public bool IsReadyToBeVetted =>
        VettedAt is null
        && Restriction is null
        && Objections.All(objection => objection.Answer is not null)
        && Vouchers.Select(voucher => voucher.Class).Distinct().Count()
            >= (Objections.Count == 0 ? VouchingClasses : VouchingClassesDespiteObjection);
}

/// <summary>A restriction that ended because nobody confirmed it.</summary>
public sealed record LapsedRestriction(Signatory By, Instant At);
