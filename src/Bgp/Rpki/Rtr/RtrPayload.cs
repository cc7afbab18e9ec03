using System.Buffers.Binary;
using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>VRPs that a complete answer added and removed.</summary>
public sealed record RtrDelta(
    IReadOnlyCollection<Vrp> Announced,
    IReadOnlyCollection<Vrp> Withdrawn
);

/// <summary>
/// What a cache has told. An answer takes effect as a whole, at its end: until then it stands apart. Router keys are
/// verified as messages and not kept, because origin validation has no use for them.
/// </summary>
internal sealed class RtrPayload(int vrpsMax)
{
    private HashSet<Vrp> vrps = [];
    private SortedDictionary<(uint Customer, int Family), Aspa> aspas = [];
    private HashSet<Vrp> announced = [];
    private HashSet<Vrp> withdrawn = [];
    private readonly SortedDictionary<(uint Customer, int Family), Aspa?> changedAspas = [];
    private bool isReset;
    private long messages;
    private long held;

    public int Count => vrps.Count;

    public IEnumerable<Vrp> Vrps => vrps;

    /// <summary>One for each customer: those of the two families together.</summary>
    public IEnumerable<Aspa> Aspas => AspaSet.Of(aspas.Values).All;

    public void Clear()
    {
        vrps = [];
        aspas = [];
        Begin(isReset: true);
    }

    /// <summary>An answer begins; after a reset query it replaces everything.</summary>
    public void Begin(bool isReset)
    {
        this.isReset = isReset;
        announced = [];
        withdrawn = [];
        changedAspas.Clear();
        messages = 0;
    }

    public RtrFault? Add(in RtrPdu pdu)
    {
        // A cache that announces and withdraws the same VRP for ever keeps the sets small and never ends.
        if (++messages > 4L * vrpsMax)
        {
            return new RtrFault(
                RtrError.InternalError,
                $"an answer of more than {4L * vrpsMax} messages"
            );
        }

        return pdu.Type switch
        {
            RtrType.Aspa => AddAspa(pdu),
            RtrType.RouterKey => null,
            _ => AddVrp(pdu.Vrp, pdu.IsAnnouncement),
        };
    }

    /// <summary>The answer is complete.</summary>
    public RtrDelta End()
    {
        if (isReset)
        {
            var delta = new RtrDelta(
                [.. announced.Where(vrp => !vrps.Contains(vrp))],
                [.. vrps.Where(vrp => !announced.Contains(vrp))]
            );
            vrps = announced;
            aspas = [];
            EndAspas();
            announced = [];
            return delta;
        }

        var change = new RtrDelta(announced, withdrawn);
        vrps.ExceptWith(withdrawn);
        vrps.UnionWith(announced);
        EndAspas();
        announced = [];
        withdrawn = [];
        return change;
    }

    private RtrFault? AddVrp(Vrp vrp, bool isAnnouncement)
    {
        bool isThere = !isReset && vrps.Contains(vrp);
        if (!isAnnouncement)
        {
            return announced.Remove(vrp) || (isThere && withdrawn.Add(vrp))
                ? null
                : new RtrFault(RtrError.UnknownWithdrawal, $"{vrp} is withdrawn and was not there");
        }

        if (!withdrawn.Remove(vrp) && (isThere || !announced.Add(vrp)))
        {
            return new RtrFault(RtrError.DuplicateAnnouncement, $"{vrp} is announced twice");
        }

        return (isReset ? 0 : vrps.Count) + announced.Count > vrpsMax
            ? new RtrFault(RtrError.InternalError, $"more than {vrpsMax} VRPs")
            : null;
    }

    private RtrFault? AddAspa(in RtrPdu pdu)
    {
        Asn customer = pdu.Customer;
        (uint, int) key = (customer.Number, pdu.AspaFamily);
        if (!pdu.IsAnnouncement)
        {
            bool isThere = changedAspas.TryGetValue(key, out Aspa? changed)
                ? changed is not null
                : !isReset && aspas.ContainsKey(key);
            changedAspas[key] = null;
            return isThere
                ? null
                : new RtrFault(
                    RtrError.UnknownWithdrawal,
                    $"the ASPA of {customer} is withdrawn and was not there"
                );
        }

        ReadOnlySpan<byte> octets = pdu.Providers;
        var providers = new Asn[octets.Length / 4];
        for (int at = 0; at < providers.Length; at++)
        {
            providers[at] = new Asn(BinaryPrimitives.ReadUInt32BigEndian(octets[(at * 4)..]));
        }

        // An announcement replaces the one before (draft-ietf-sidrops-8210bis section 5.12).
        changedAspas[key] = new Aspa(customer, providers);
        const int providersMax = 5_000_000;
        held += providers.Length;
        return held > providersMax
            ? new RtrFault(RtrError.InternalError, $"ASPAs with more than {providersMax} providers")
            : null;
    }

    private void EndAspas()
    {
        foreach (((uint, int) key, Aspa? aspa) in changedAspas)
        {
            if (aspa is null)
            {
                aspas.Remove(key);
            }
            else
            {
                aspas[key] = aspa;
            }
        }

        changedAspas.Clear();
        held = aspas.Values.Sum(aspa => (long)aspa.Providers.Count);
    }
}
