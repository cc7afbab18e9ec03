using Breakwater.Vocabulary;

namespace Breakwater.Decisions.Membership;

/// <summary>Who stood behind an act: a pseudonymous person and the organisation that it acted for.</summary>
public sealed record Signatory(string Person, string Organisation);

/// <summary>
/// Two people of different organisations: what publishing, unsealing, membership and keys ask for. One
/// organisation alone, however many accounts it holds, is one pair of eyes.
/// </summary>
public static class FourEyes
{
    /// <summary>The person as a signatory, or why it cannot be one: somebody without an organisation signs for nobody.</summary>
    public static Refusal? Sign(Participant by, out Signatory signatory)
    {
        ArgumentNullException.ThrowIfNull(by);
        signatory = new Signatory(by.Person, by.Organisation ?? "");
        return string.IsNullOrWhiteSpace(by.Person) || string.IsNullOrWhiteSpace(by.Organisation)
            ? Refusal.NotAllowed("only a member of an organisation can sign for it")
            : null;
    }

    /// <summary>Null when the second is another person, of another organisation than the first.</summary>
    public static Refusal? WhyNotSecond(Signatory first, Participant second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return Sign(second, out Signatory signed)
            ?? (
                signed.Person == first.Person
                    ? Refusal.NotAllowed("a second person is needed: nobody confirms its own act")
                : signed.Organisation == first.Organisation
                    ? Refusal.NotAllowed("the second person must be of another organisation")
                : null
            );
    }
}
