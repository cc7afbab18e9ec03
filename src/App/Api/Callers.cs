using Breakwater.App.Accounts;
using Breakwater.App.Accounts.Sessions;
using Breakwater.App.Accounts.Tokens;
using Breakwater.App.Subjects;
using Breakwater.Vocabulary;

namespace Breakwater.App.Api;

/// <summary>Who sends a request: the account, what it may do here and now, and what it may see.</summary>
/// <param name="SignedIn">Null for the public.</param>
internal sealed record Caller(SignedIn? SignedIn, Participant Participant, Reader Reader)
{
    /// <summary>As whom it reads a kind: a token that was made for other kinds reads what the public reads.</summary>
    public Reader ReaderOf(string kind) =>
        SignedIn?.MayRead(kind) == false ? Reader.Anonymous : Reader;

    /// <summary>Why it may not give this command; null when it may try.</summary>
    public Problem? WhyNot(SubjectKind kind, CommandKind command) =>
        command.Admission switch
        {
            Admission.Anybody => null,
            Admission.SignedIn => WhyNotWrite(kind.Kind),
            Admission.Roles => WhyNot(kind.Kind, command.Roles),
            _ => Problem.NotAllowed("Nobody does this by hand."),
        };

    /// <summary>Why it may not write to a kind for which one of these roles is needed.</summary>
    public Problem? WhyNot(string kind, IReadOnlyList<Role> roles) =>
        WhyNotWrite(kind) ?? WhyNot(roles);

    /// <summary>Why it may not read what needs one of these roles. What it sees there is still for each kind to say.</summary>
    public Problem? WhyNotLook(IReadOnlyList<Role> roles) =>
        SignedIn is null ? Problem.SignIn : WhyNot(roles);

    private Problem? WhyNot(IReadOnlyList<Role> roles) =>
        roles.Any(Participant.Is)
            ? null
            : Problem.NotAllowed(
                $"This needs one of the roles {string.Join(", ", roles)} in a vetted organisation."
            );

    private Problem? WhyNotWrite(string kind) =>
        SignedIn is null ? Problem.SignIn
        : SignedIn.MayWrite(kind) ? null
        : Problem.NotAllowed($"This token has neither the scope 'write' nor '{kind}'.");
}

/// <summary>Finds out who sends a request.</summary>
internal sealed class Callers(Roll roll, TokenBook tokens)
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
        var caller = new Caller(signedIn, participant with { Person = signedIn.Person }, reader);
        return context.GetEndpoint()?.Metadata.GetMetadata<Described>()?.Kind is { } kind
            ? caller with
            {
                Reader = caller.ReaderOf(kind.Kind),
            }
            : caller;
    }

    /// <summary>Whether the token or the stay behind a request that lasts still holds. The public stays the public.</summary>
    public async ValueTask<bool> StillHolds(HttpContext context) =>
        SignedIn.Of(context) is null
        || (
            TokenDoor.IsShown(context.Request)
                ? await tokens
                    .Find(TokenDoor.Shown(context.Request), context.RequestAborted)
                    .ConfigureAwait(false)
                    is not null
                : await Session.Holds(context).ConfigureAwait(false)
        );
}
