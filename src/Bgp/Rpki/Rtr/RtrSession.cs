using System.Buffers;
using NodaTime;

namespace Breakwater.Bgp;

/// <summary>What came of a message.</summary>
public enum RtrOutcome : byte
{
    /// <summary>Go on.</summary>
    None,

    /// <summary>An answer is complete: the data is that of the cache.</summary>
    Updated,

    /// <summary>Send what is to be sent, close the connection and connect again, after waiting.</summary>
    Close,

    /// <summary>The same without waiting: the cache speaks a lower version.</summary>
    CloseAndRetry,
}

/// <summary>Limits of a session.</summary>
public sealed record RtrLimits
{
    /// <summary>There were some 700,000 VRPs in 2025.</summary>
    public int VrpsMax { get; init; } = 5_000_000;

    /// <summary>From a query to the end of its answer.</summary>
    public Duration AnswerMax { get; init; } = Duration.FromMinutes(5);
}

/// <summary>
/// The router's side of RFC 8210, without socket and clock: it is told of connections, messages and the time, says what to
/// send and keeps the data. Data outlives a connection until its expire interval has passed.
/// </summary>
public sealed class RtrSession
{
    private readonly RtrLimits limits;
    private readonly byte versionFirst;
    private readonly RtrPayload payload;
    private readonly ArrayBufferWriter<byte> output = new(64);
    private State state;
    private bool hasData;
    private ushort session;
    private uint serial;
    private RtrIntervals intervals = RtrIntervals.Default;
    private Instant queryAt = Instant.MaxValue;
    private Instant answerUntil = Instant.MaxValue;
    private Instant expireAt = Instant.MaxValue;
    private uint? notified;
    private bool isVersionAgreed;
    private bool hasHeard;

    /// <param name="version">The version to ask for first, at most <see cref="RtrPdu.VersionMax"/>.</param>
    public RtrSession(byte version = 1, RtrLimits? limits = null)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(version, RtrPdu.VersionMax);
        versionFirst = version;
        Version = version;
        this.limits = limits ?? new RtrLimits();
        payload = new RtrPayload(this.limits.VrpsMax);
    }

    private enum State
    {
        Closed,
        Idle,
        Asked,
        AskedForAll,
        Receiving,
    }

    /// <summary>In use, or to be asked for with the next connection.</summary>
    public byte Version { get; private set; }

    /// <summary>True while the data is that of the cache and has not run out.</summary>
    public bool HasData => hasData;

    /// <summary>VRPs held.</summary>
    public int Count => payload.Count;

    public ushort SessionId => session;

    public uint Serial => serial;

    public RtrIntervals Intervals => intervals;

    /// <summary>When the last answer was complete; null before the first.</summary>
    public Instant? UpdatedAt { get; private set; }

    /// <summary>What the last complete answer changed.</summary>
    public RtrDelta? Delta { get; private set; }

    /// <summary>Why the last connection was closed, when that was no wish of ours.</summary>
    public RtrFault? Fault { get; private set; }

    /// <summary>Octets to send; <see cref="Sent"/> empties it.</summary>
    public ReadOnlyMemory<byte> ToSend => output.WrittenMemory;

    /// <summary>When <see cref="Tick"/> has something to do next.</summary>
    public Instant NextAt => Instant.Min(expireAt, Instant.Min(queryAt, answerUntil));

    public void Sent() => output.ResetWrittenCount();

    /// <summary>A connection stands.</summary>
    public void Connected(Instant now)
    {
        output.ResetWrittenCount();
        isVersionAgreed = false;
        hasHeard = false;
        Fault = null;
        Ask(now);
    }

    /// <summary>The connection is gone. When the cache said nothing at all, a lower version is tried next: some close on a version that they do not know.</summary>
    public void Disconnected()
    {
        if (state != State.Closed && !hasHeard)
        {
            Version = Version == 0 ? versionFirst : (byte)(Version - 1);
        }

        state = State.Closed;
        notified = null;
        queryAt = answerUntil = Instant.MaxValue;
        payload.Begin(isReset: false);
    }

    /// <summary>What is known now.</summary>
    /// <param name="name">Of the cache.</param>
    public VrpExport Export(string name) =>
        new(
            new VrpSource(name, null, UpdatedAt, payload.Count),
            [.. payload.Vrps.Order()],
            [.. payload.Aspas],
            [],
            []
        );

    /// <summary>Time has passed: asks again, gives up on an answer, or drops data that has run out (RFC 8210 section 6).</summary>
    public RtrOutcome Tick(Instant now)
    {
        if (now >= expireAt)
        {
            Forget();
            if (state is State.Asked or State.Receiving)
            {
                return Closed(
                    new RtrFault(
                        RtrError.InternalError,
                        "the data ran out before the cache had answered"
                    ),
                    []
                );
            }

            queryAt = state == State.Idle ? now : queryAt;
        }

        if (now >= answerUntil)
        {
            return Closed(
                new RtrFault(
                    RtrError.InternalError,
                    $"no complete answer within {limits.AnswerMax.TotalSeconds} s"
                ),
                []
            );
        }

        if (now >= queryAt && state == State.Idle)
        {
            Ask(now);
        }

        return RtrOutcome.None;
    }

    /// <summary>Octets of the cache that are no message.</summary>
    /// <param name="octets">Where the fault is.</param>
    public RtrOutcome Garbled(RtrFault fault, ReadOnlySpan<byte> octets) => Closed(fault, octets);

    public RtrOutcome Receive(in RtrPdu pdu, Instant now)
    {
        hasHeard = true;
        if (pdu.Type == RtrType.ErrorReport)
        {
            return Reported(pdu, now);
        }

        if (!isVersionAgreed)
        {
            // RFC 8210 section 7: a notify may come in any version before the first answer and is passed over.
            if (pdu.Type == RtrType.SerialNotify)
            {
                return RtrOutcome.None;
            }

            if (pdu.Version > Version)
            {
                return Closed(
                    new RtrFault(RtrError.UnexpectedVersion, $"an answer in version {pdu.Version}"),
                    pdu.Octets
                );
            }

            Version = pdu.Version;
            isVersionAgreed = true;
        }
        else if (pdu.Version != Version)
        {
            return Closed(
                new RtrFault(
                    RtrError.UnexpectedVersion,
                    $"version {pdu.Version} in a session of version {Version}"
                ),
                pdu.Octets
            );
        }

        switch (pdu.Type)
        {
            case RtrType.SerialNotify:
                return Notified(pdu, now);
            case RtrType.CacheResponse when state is State.Asked or State.AskedForAll:
                return Answered(pdu);
            case RtrType.CacheReset when state == State.Asked:
                AskForAll(now);
                return RtrOutcome.None;
            case RtrType.IPv4Prefix
            or RtrType.IPv6Prefix
            or RtrType.RouterKey
            or RtrType.Aspa when state == State.Receiving:
                return payload.Add(pdu) is { } fault ? Closed(fault, pdu.Octets) : RtrOutcome.None;
            case RtrType.EndOfData when state == State.Receiving:
                return Ended(pdu, now);
            default:
                return Closed(
                    new RtrFault(RtrError.InvalidRequest, $"{pdu.Type} out of turn"),
                    pdu.Octets
                );
        }
    }

    private RtrOutcome Answered(in RtrPdu pdu)
    {
        bool isReset = state == State.AskedForAll;
        if (!isReset && pdu.Session != session)
        {
            return SessionChanged(pdu);
        }

        session = pdu.Session;
        payload.Begin(isReset);
        state = State.Receiving;
        return RtrOutcome.None;
    }

    private RtrOutcome Ended(in RtrPdu pdu, Instant now)
    {
        if (pdu.Session != session)
        {
            return SessionChanged(pdu);
        }

        Delta = payload.End();
        serial = pdu.Serial;
        intervals = pdu.Intervals;
        hasData = true;
        UpdatedAt = now;
        state = State.Idle;
        answerUntil = Instant.MaxValue;
        queryAt = now + intervals.Refresh;
        expireAt = now + intervals.Expire;
        if (notified is { } newer && IsAfter(newer, serial))
        {
            queryAt = now;
        }

        notified = null;
        return RtrOutcome.Updated;
    }

    private RtrOutcome Notified(in RtrPdu pdu, Instant now)
    {
        if (hasData && pdu.Session != session)
        {
            return SessionChanged(pdu);
        }

        if (state == State.Idle && (!hasData || IsAfter(pdu.Serial, serial)))
        {
            Ask(now);
        }
        else if (state == State.Receiving)
        {
            notified = pdu.Serial;
        }

        return RtrOutcome.None;
    }

    /// <summary>RFC 8210 section 5.1: another session means other data under the same serials; what was learned is void.</summary>
    private RtrOutcome SessionChanged(in RtrPdu pdu)
    {
        Forget();
        return Closed(
            new RtrFault(RtrError.CorruptData, $"session {pdu.Session} where {session} was agreed"),
            pdu.Octets
        );
    }

    private RtrOutcome Reported(in RtrPdu pdu, Instant now)
    {
        if (pdu.ErrorCode == RtrError.NoDataAvailable)
        {
            // RFC 8210 section 8.4: the cache has nothing yet; it is asked again later.
            state = State.Idle;
            answerUntil = Instant.MaxValue;
            queryAt = now + intervals.Retry;
            return RtrOutcome.None;
        }

        Fault = new RtrFault(null, $"the cache reports {pdu.ErrorCode}: {pdu.ErrorText}");
        bool isLower =
            pdu.ErrorCode == RtrError.UnsupportedVersion
            && !isVersionAgreed
            && pdu.Version < Version;
        if (isLower)
        {
            Version = pdu.Version;
        }

        state = State.Closed;
        return isLower ? RtrOutcome.CloseAndRetry : RtrOutcome.Close;
    }

    private void Ask(Instant now)
    {
        if (!hasData)
        {
            AskForAll(now);
            return;
        }

        RtrWriter.SerialQuery(output, Version, session, serial);
        Await(State.Asked, now);
    }

    private void AskForAll(Instant now)
    {
        RtrWriter.ResetQuery(output, Version);
        Await(State.AskedForAll, now);
    }

    private void Await(State next, Instant now)
    {
        state = next;
        queryAt = Instant.MaxValue;
        answerUntil = now + limits.AnswerMax;
    }

    private RtrOutcome Closed(RtrFault fault, ReadOnlySpan<byte> enclosed)
    {
        Fault = fault;
        if (fault.Code is { } code && state != State.Closed)
        {
            RtrWriter.ErrorReport(output, Version, code, enclosed, fault.Reason);
        }

        state = State.Closed;
        queryAt = answerUntil = Instant.MaxValue;
        payload.Begin(isReset: false);
        return RtrOutcome.Close;
    }

    private void Forget()
    {
        hasData = false;
        expireAt = Instant.MaxValue;
        payload.Clear();
    }

    /// <summary>Serial number arithmetic (RFC 1982 section 3.2): true also after the numbers have wrapped round.</summary>
    private static bool IsAfter(uint one, uint other) => unchecked((int)(one - other)) > 0;
}
