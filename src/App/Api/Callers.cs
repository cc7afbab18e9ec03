using Breakwater.App.Accounts;
using Breakwater.App.Subjects;
using Breakwater.Vocabulary;

namespace Breakwater.App.Api;

/// <summary>Who sends a request: the account, what it may do here and now, and what it may see.</summary>
/// <param name="SignedIn">Null for the public.</param>
internal sealed record Caller(SignedIn? SignedIn, Participant Participant, Reader Reader)
{
    /// <summary>Why it may not give this command; null when it may try.</summary>
    public Problem? WhyNot(SubjectKind kind, CommandKind command) =>
        command.Admission switch
        {
            Admission.Anybody => null,
            _ when SignedIn is null => Problem.SignIn,
            _ when SignedIn.Scopes is { } scopes && !scopes.Contains("write") => Problem.NotAllowed(
                "This token may only read. Make one with the scope 'write'."
            ),
            Admission.SignedIn => null,
            Admission.Roles when command.Roles.Any(Participant.Is) => null,
            Admission.Roles => Problem.NotAllowed(
                $"This needs one of the roles {string.Join(", ", command.Roles)} in a vetted organisation."
            ),
            _ => Problem.NotAllowed("Nobody does this by hand."),
        };
}

/// <summary>Finds out who sends a request.</summary>
internal sealed class Callers(Roll roll)
{
    private static readonly Participant _public = new(
        "public",
        null,
        StakeholderClass.AffectedCommunity,
        new HashSet<Role>()
    );

    public async ValueTask<Caller> Of(HttpContext context)
    {
        if (SignedIn.Of(context) is not { } signedIn)
        {
            return new Caller(null, _public, Reader.Anonymous);
        }

        (Participant participant, Reader reader) = await roll.Of(signedIn.AnsweredForBy)
            .ConfigureAwait(false);
        return new Caller(signedIn, participant with { Person = signedIn.Person }, reader);
    }
}
