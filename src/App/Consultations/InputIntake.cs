using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Breakwater.App.Api;
using Breakwater.App.Limiting;
using Breakwater.App.Subjects;
using Breakwater.Preparedness.Consultations;
using Breakwater.Preparedness.Consultations.Sending;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Consultations;

/// <summary>An input that was taken in.</summary>
/// <param name="Receipt">Shown once: by it the author follows the input or takes it back, without an account. The id follows from it, so nothing of it is kept.</param>
internal sealed record InputTaken(string Id, string Receipt, bool IsLate)
{
    /// <summary>True when it was taken by an earlier copy of the same request, and nothing was done now.</summary>
    [JsonIgnore]
    public bool IsRepeated { get; init; }
}

/// <summary>
/// Takes inputs from anybody. From where one came is known for an hour as a keyed hash in memory, so that one hand cannot fill the
/// node; it is written nowhere.
/// </summary>
internal sealed class InputIntake(IRecords records, IClock clock)
{
    /// <summary>A library or a camp may stand behind one address, and a script may too.</summary>
    public const int OfOneOriginPerHour = 60;

    /// <summary>After which somebody who sent too much may try again.</summary>
    public const int RetryAfterSeconds = 600;

    private static readonly Participant _anybody = new(
        SendInput.Anybody,
        null,
        StakeholderClass.AffectedCommunity,
        new HashSet<Role>()
    );

    private readonly Floods _origins = new(
        TimeProvider.System,
        OfOneOriginPerHour,
        TimeSpan.FromHours(1)
    );

    /// <param name="by">Null for somebody who is not signed in.</param>
    /// <param name="secret">32 letters that only this request gives, as <see cref="ReportNames"/> makes them.</param>
    public async Task<(InputTaken? Taken, Refusal? Refusal)> Take(
        string consultation,
        SendInput input,
        Participant? by,
        IPAddress? origin,
        string secret
    )
    {
        string id = IdOf(secret);
        var work = new Workspace(records);
        Loaded<ConsultationInput> at = await work.Load<ConsultationInput, ConsultationInputEvent>(
                id
            )
            .ConfigureAwait(false);
        if (at.State is { } known)
        {
            return (new InputTaken(id, Spelled(secret), known.IsLate) { IsRepeated = true }, null);
        }

        Decided<ConsultationInputEvent> decided = SendInput.Decide(
            null,
            (
                await work.Load<Consultation, ConsultationEvent>(consultation).ConfigureAwait(false)
            ).State,
            id,
            input,
            by ?? _anybody,
            clock.GetCurrentInstant()
        );
        if (decided.Refusal is { } refusal)
        {
            return (null, refusal);
        }

        if (!_origins.Allows(origin))
        {
            return (
                null,
                Refusal.TooMuch(
                    $"more than {OfOneOriginPerHour} inputs came from where you are within an hour. What was sent before is kept; wait a while, or send many as one file to the secretariat"
                )
            );
        }

        at = work.Stage(at, decided.Events, (by ?? _anybody).Person);
        return await work.Commit(null, CancellationToken.None).ConfigureAwait(false) is Conflict
            // Two copies of one request came at the same moment, and the other was first.
            ? (new InputTaken(id, Spelled(secret), at.State!.IsLate) { IsRepeated = true }, null)
            : (new InputTaken(id, Spelled(secret), at.State!.IsLate), null);
    }

    /// <summary>The input of a receipt; null for none.</summary>
    public async Task<ConsultationInput?> Find(string? receipt) =>
        Secret(receipt) is { } secret
            ? (
                await new Workspace(records)
                    .Load<ConsultationInput, ConsultationInputEvent>(IdOf(secret))
                    .ConfigureAwait(false)
            ).State
            : null;

    public async Task<Refusal?> Withdraw(string? receipt)
    {
        if (Secret(receipt) is not { } secret)
        {
            return Checks.Missing("input");
        }

        var work = new Workspace(records);
        Loaded<ConsultationInput> at = await work.Load<ConsultationInput, ConsultationInputEvent>(
                IdOf(secret)
            )
            .ConfigureAwait(false);
        Decided<ConsultationInputEvent> decided = WithdrawInput.Decide(
            at.State,
            new WithdrawInput { HasReceipt = true },
            _anybody,
            clock.GetCurrentInstant()
        );
        if (decided.Refusal is null && decided.Events.Count > 0)
        {
            work.Stage(at, decided.Events, _anybody.Person);
            return await work.Commit(null, CancellationToken.None).ConfigureAwait(false) is Conflict
                ? Refusal.WrongState("it changed at this moment; try again")
                : null;
        }

        return decided.Refusal;
    }

    private static string IdOf(string secret) =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes($"consultation input\n{secret}"))
        )[..32];

    /// <summary>In groups of four, as one writes it down.</summary>
    private static string Spelled(string secret) =>
        string.Join('-', secret.Chunk(4).Select(four => new string(four)));

    private static string? Secret(string? receipt)
    {
        string bare = new([.. (receipt ?? "").Where(char.IsAsciiHexDigit)]);
        return bare.Length == 32 ? bare.ToLower(CultureInfo.InvariantCulture) : null;
    }
}
