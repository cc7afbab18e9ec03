using System.Security.Cryptography;
using Breakwater.App.Sealing;
using Breakwater.App.Subjects;
using Breakwater.Decisions.Membership;
using Breakwater.Ledger.Sealing;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Api;

/// <summary>Does what two custodians of different organisations approved.</summary>
/// <param name="Approval">Id of the approval; it is used up.</param>
internal sealed record ByApproval(string Approval);

/// <summary>What of a subject is sealed, without what it says, and what an approval has to bind.</summary>
/// <param name="Paths">Where the sealed fields stand, in the order of its events.</param>
/// <param name="Keys">How many keys they are sealed under that were not destroyed.</param>
internal sealed record SealedOf(
    string Subject,
    IReadOnlyList<string> Paths,
    int Keys,
    string UnsealHash,
    string DestroyHash
);

internal sealed record KeysGone(int Destroyed);

/// <summary>
/// Unsealing and erasing. Both take an approval by two people that binds exactly what is opened or erased. The node hands out
/// ciphertext: the shares are joined on a machine of the custodians, and no text ever comes back here.
/// </summary>
internal sealed class SealingRoutes(
    IRecords records,
    Catalogue catalogue,
    Roll roll,
    Callers callers,
    KnownCustody custodies,
    IClock clock
)
{
    public const string FieldsName = "sealed-fields";

    /// <summary>One act is one commit.</summary>
    private const int KeysMax = 500;

    private static readonly CommandKind _look = Kind<ByApproval>(FieldsName, Role.Custodian);
    private static readonly CommandKind _unseal = Kind<ByApproval>("unseal", Role.Custodian);
    private static readonly CommandKind _destroy = Kind<ByApproval>(
        "destroy-keys",
        Role.Custodian,
        Role.Operator
    );

    private SubjectKind Approvals => catalogue.Of(Approval.Kind)!;

    public void Map(IEndpointRouteBuilder site)
    {
        Describe(site.Get($"{SubjectRoutes.Root}/{FieldsName}", Look), _look).Produces<SealedOf>();
        Describe(site.Post($"{SubjectRoutes.Root}/unsealings", Unseal), _unseal)
            .Accepts<ByApproval>("application/json")
            .Produces<object>();
        Describe(site.Post($"{SubjectRoutes.Root}/key-destructions", Destroy), _destroy)
            .Accepts<ByApproval>("application/json")
            .Produces<KeysGone>();
    }

    private async Task Look(HttpContext context)
    {
        Caller caller = await callers.Of(context).ConfigureAwait(false);
        if (caller.WhyNot(Approvals, _look) is { } refused)
        {
            await refused.Send(context).ConfigureAwait(false);
            return;
        }

        string subject = context.Request.Query["subject"].ToString();
        if (subject is not { Length: > 0 and <= 400 } || subject.Any(char.IsControl))
        {
            await Problem.Query("subject is kind/id.").Send(context).ConfigureAwait(false);
            return;
        }

        if (await Sealed(subject, context.RequestAborted).ConfigureAwait(false) is not { } at)
        {
            await Problem.NotFound.Send(context).ConfigureAwait(false);
            return;
        }

        await Answer(
                context,
                new SealedOf(
                    subject,
                    [.. at.Fields.Select(field => field.Path)],
                    at.Keys.Count,
                    at.Hash,
                    DestroyHash(at)
                )
            )
            .ConfigureAwait(false);
    }

    private async Task Unseal(HttpContext context)
    {
        if (await Asked(context, _unseal, ApprovalAction.Unseal) is not { } asked)
        {
            return;
        }

        (Caller caller, Loaded<Approval> at, UnsealingRequest found) = asked;
        var work = new Workspace(records);
        (UnsealingRequest? given, Refusal? refusal) = await Unsealing
            .Stage(
                work,
                roll,
                at,
                found,
                caller.Participant,
                caller.Participant.Person,
                clock.GetCurrentInstant()
            )
            .ConfigureAwait(false);

        // On record before it is handed out.
        Problem? problem = await Committed(
                work,
                refusal is null ? null : Problem.Of(refusal),
                context.RequestAborted
            )
            .ConfigureAwait(false);
        await (problem?.Send(context) ?? Answer(context, given!)).ConfigureAwait(false);
    }

    private async Task Destroy(HttpContext context)
    {
        if (await Asked(context, _destroy, ApprovalAction.Keys) is not { } asked)
        {
            return;
        }

        (Caller caller, Loaded<Approval> at, UnsealingRequest found) = asked;
        var work = new Workspace(records);
        Problem? problem =
            found.Keys.Count > KeysMax
                ? Problem.Of(Refusal.TooMuch($"more than {KeysMax} keys; destroy them by parts"))
                : Use(work, at, DestroyHash(found), caller);
        foreach (WrappedKey key in problem is null ? found.Keys : [])
        {
            var destroyed = new KeyDestroyed(
                key.Id,
                key.Subject,
                at.State!.Reason,
                at.State.By.Person,
                at.State.Second!.Person,
                clock.GetCurrentInstant()
            );
            work.Record(destroyed.RecordedUnder, 0, [destroyed.ToDraft(at.State.Marking)]);
        }

        problem = await Committed(work, problem, context.RequestAborted).ConfigureAwait(false);
        await (
            problem?.Send(context) ?? Answer(context, new KeysGone(found.Keys.Count))
        ).ConfigureAwait(false);
    }

    /// <summary>Who asks, on which approval, about what; null when the answer was given already.</summary>
    private async Task<(Caller, Loaded<Approval>, UnsealingRequest)?> Asked(
        HttpContext context,
        CommandKind act,
        ApprovalAction action
    )
    {
        Caller caller = await callers.Of(context).ConfigureAwait(false);
        Problem? problem = caller.WhyNot(Approvals, act);
        if (problem is null && caller.SignedIn!.IsService)
        {
            problem = Problem.NotAllowed("A person does this, and no machine.");
        }

        if (problem is null)
        {
            RequestBody body = await RequestBody
                .Read(context, act.Request, null)
                .ConfigureAwait(false);
            problem = body.Problem;
            if (
                body.Request is ByApproval { Approval: { Length: > 0 and <= 200 } id }
                && !id.Any(char.IsControl)
                && await Approved(id, action, caller).ConfigureAwait(false) is { } at
                && await Sealed(at.State!.Subject, context.RequestAborted).ConfigureAwait(false)
                    is { } found
            )
            {
                return (caller, at, found);
            }
        }

        await (problem ?? Problem.NotFound).Send(context).ConfigureAwait(false);
        return null;
    }

    /// <summary>Null when there is none of this action that the caller may see.</summary>
    private async Task<Loaded<Approval>?> Approved(string id, ApprovalAction action, Caller caller)
    {
        Document? document = await records.Document(Approvals.Subject(id)).ConfigureAwait(false);
        if (
            document is null
            || !Representation.May(caller.Reader, document, clock.GetCurrentInstant())
        )
        {
            return null;
        }

        Loaded<Approval> at = await new Workspace(records)
            .Load<Approval, ApprovalEvent>(id)
            .ConfigureAwait(false);
        return at.State?.Action == action ? at : null;
    }

    /// <summary>Null for a subject without sealed fields, and for a node without custodians: then nothing was sealed.</summary>
    private async Task<UnsealingRequest?> Sealed(string subject, CancellationToken cancel)
    {
        UnsealingRequest? found = await custodies.Find(cancel).ConfigureAwait(false) is { } custody
            ? await UnsealingRequest.Of(records, custody, subject, cancel).ConfigureAwait(false)
            : null;
        return found is { Fields.Count: > 0 } ? found : null;
    }

    private Problem? Use(Workspace work, Loaded<Approval> at, string hash, Caller caller) =>
        Unsealing.Use(
            work,
            at,
            hash,
            caller.Participant,
            caller.Participant.Person,
            clock.GetCurrentInstant()
        )
            is { } refusal
            ? Problem.Of(refusal)
            : null;

    private async Task<Problem?> Committed(
        Workspace work,
        Problem? problem,
        CancellationToken cancel
    )
    {
        if (work.IsEmpty)
        {
            return problem;
        }

        AppendOutcome outcome = await roll.Commit(work, null, cancel).ConfigureAwait(false);
        return problem
            ?? (
                outcome is Appended
                    ? null
                    : Problem.Of(Refusal.WrongState("the approval was used at this moment"))
            );
    }

    private static string DestroyHash(UnsealingRequest found) =>
        Hash(
            new
            {
                Act = "destroy-keys",
                found.Subject,
                Keys = found.Keys.Select(key => key.Id).Order(StringComparer.Ordinal).ToArray(),
            }
        );

    private static string Hash(object what) =>
        Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Of(what)));

    private static CommandKind Kind<TRequest>(string name, params IReadOnlyList<Role> roles) =>
        new(
            name,
            typeof(TRequest),
            IsStart: true,
            Admission.Roles,
            roles,
            // Carried out here and not by the catalogue.
            _ => Task.FromResult<Refusal?>(Refusal.WrongState("it has an address of its own"))
        );

    private RouteHandlerBuilder Describe(RouteHandlerBuilder route, CommandKind act) =>
        route
            .WithMetadata(new Described(Approvals, act, act.Name))
            .WithName(act.Name)
            .WithTags("sealing")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static Task Answer<T>(HttpContext context, T body)
    {
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(body, Json.Compact, context.RequestAborted);
    }
}
