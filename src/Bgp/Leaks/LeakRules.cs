using System.Buffers.Binary;
using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>
/// Finds leaks in single paths, with what is known of the ASes on it. Pure: the same path gives the same findings. An
/// observer sees the path and the marks on it, never the sessions; what the last AS gave the observer is judged by nobody.
/// </summary>
public sealed class LeakRules(AspaSet aspas, AsRelationships relationships)
{
    private readonly PathHops hops = new();

    /// <summary>Adds the leaks of one route to <paramref name="found"/>, strongest first. Not safe for two threads at once.</summary>
    public void Find(in PathAttributes attributes, List<LeakFinding> found)
    {
        hops.Read(attributes.AsPath);
        ReadOnlySpan<byte> otc = attributes.Value(AttributeType.OnlyToCustomer);
        // RFC 9234 section 5: any other length is malformed, and what it says is nothing to judge by.
        Find(
            hops,
            otc.Length == 4 ? new Asn(BinaryPrimitives.ReadUInt32BigEndian(otc)) : null,
            found
        );
    }

    /// <param name="onlyToCustomer">The AS that OTC names; null without the attribute.</param>
    public void Find(PathHops path, Asn? onlyToCustomer, List<LeakFinding> found)
    {
        if (path.HasSet || path.Hops.Length < 3)
        {
            return;
        }

        if (onlyToCustomer is { } marker)
        {
            FindMarked(path.Hops, marker, found);
        }

        FindUnattested(path, found);
        FindValleys(path.Hops, found);
    }

    /// <summary>
    /// RFC 9234 section 5. OTC names the AS that gave the route to a customer, a peer or a route-server client, whichever
    /// side added it. From the AS after that one on, the route may go down to customers only. A hop up or across is a leak
    /// by whoever made it. With nothing known of a hop nothing follows, and when the named AS is not on the path, as with a
    /// transparent route server, it is unknown where the rule begins.
    /// </summary>
    private void FindMarked(ReadOnlySpan<Asn> hops, Asn marker, List<LeakFinding> found)
    {
        // The last of several is the nearest to the observer: from there on the rule holds for certain.
        int at = hops.IndexOf(marker);
        for (int leaker = at - 1; leaker > 0; leaker--)
        {
            if (aspas.Check(hops[leaker], hops[leaker - 1]) == HopAuthorization.ProviderPlus)
            {
                Add(LeakBasis.Attested, hops, leaker, found);
                return;
            }

            if (
                relationships.Of(hops[leaker], hops[leaker - 1])
                is AsRelationship.Customer
                    or AsRelationship.Peer
            )
            {
                Add(LeakBasis.Inferred, hops, leaker, found);
                return;
            }
        }
    }

    private static void Add(
        LeakBasis basis,
        ReadOnlySpan<Asn> hops,
        int leaker,
        List<LeakFinding> found
    ) =>
        found.Add(
            new LeakFinding(
                LeakKind.OnlyToCustomer,
                basis,
                hops[leaker],
                hops[leaker + 1],
                hops[leaker - 1]
            )
        );

    /// <summary>A path that no ramps explain: the leaker is between the last AS of the way up and the first of the way down.</summary>
    private void FindUnattested(PathHops path, List<LeakFinding> found)
    {
        AspaValidity validity = AspaVerification.Verify(aspas, path, PathDirection.Downstream);
        if (validity is { State: AspaState.Invalid, Reason: AspaReason.Valley })
        {
            ReadOnlySpan<Asn> hops = path.Hops;
            int leaker = validity.FirstHop;
            found.Add(
                new LeakFinding(
                    LeakKind.Aspa,
                    LeakBasis.Attested,
                    hops[leaker],
                    hops[leaker + 1],
                    hops[leaker - 1],
                    validity.FirstHop == validity.LastHop
                )
            );
        }
    }

    /// <summary>RFC 7908 sections 3.1 to 3.4: the two hops of a leaker, each with a known relationship.</summary>
    private void FindValleys(ReadOnlySpan<Asn> hops, List<LeakFinding> found)
    {
        for (int leaker = hops.Length - 2; leaker > 0; leaker--)
        {
            AsRelationship from = relationships.Of(hops[leaker + 1], hops[leaker]);
            AsRelationship to = relationships.Of(hops[leaker - 1], hops[leaker]);
            LeakKind? kind = (from, to) switch
            {
                (AsRelationship.Provider, AsRelationship.Provider) => LeakKind.Type1,
                (AsRelationship.Peer, AsRelationship.Peer) => LeakKind.Type2,
                (AsRelationship.Provider, AsRelationship.Peer) => LeakKind.Type3,
                (AsRelationship.Peer, AsRelationship.Provider) => LeakKind.Type4,
                _ => null,
            };
            if (kind is { } valley)
            {
                found.Add(
                    new LeakFinding(
                        valley,
                        LeakBasis.Inferred,
                        hops[leaker],
                        hops[leaker + 1],
                        hops[leaker - 1]
                    )
                );
            }
        }
    }
}
