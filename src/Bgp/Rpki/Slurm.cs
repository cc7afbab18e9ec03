using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>Drops VRPs: those in <paramref name="Prefix"/>, those of <paramref name="Asn"/>, or those that are both; a null matches all (RFC 8416 section 3.3.1).</summary>
public sealed record SlurmPrefixFilter(IpPrefix? Prefix, Asn? Asn)
{
    public bool Matches(in Vrp vrp) =>
        (Prefix is not { } prefix || prefix.Contains(vrp.Prefix))
        && (Asn is not { } asn || asn == vrp.Asn);
}

/// <summary>
/// Local exceptions to what the RPKI says (RFC 8416; version 2 with ASPAs, draft-ietf-sidrops-aspa-slurm). Filters are
/// applied first, then assertions are added.
/// </summary>
/// <param name="Files">Names of the files it was read from.</param>
public sealed record Slurm(
    IReadOnlyList<string> Files,
    IReadOnlyList<SlurmPrefixFilter> PrefixFilters,
    IReadOnlyList<Vrp> PrefixAssertions,
    IReadOnlyList<Asn> AspaFilters,
    IReadOnlyList<Aspa> AspaAssertions
)
{
    /// <summary>What assertions bear as their trust anchor.</summary>
    public const string Anchor = "SLURM";

    /// <summary>Applies the exceptions. An empty set stays empty: with nothing heard of the RPKI, exceptions to it are no basis for "not found".</summary>
    public VrpSet Apply(VrpSet set) =>
        set.Count == 0
            ? set
            : VrpSet.Of(
                set.Rows.ToArray()
                    .Where(vrp => !PrefixFilters.Any(filter => filter.Matches(vrp)))
                    .Concat(PrefixAssertions),
                set.Sources,
                AspaSet.Of(
                    set.Aspas.All.Where(aspa => !AspaFilters.Contains(aspa.Customer))
                        .Concat(AspaAssertions)
                )
            );

    /// <summary>
    /// The exceptions of several files together, or why they conflict (RFC 8416 section 4.2): no address may be in
    /// prefixes of two files, and no ASPA customer in two. The order of the files then makes no difference.
    /// </summary>
    /// <returns>Null exceptions when there is a conflict: none of the files may then be used.</returns>
    public static (Slurm? Exceptions, IReadOnlyList<InputFault> Conflicts) Union(
        IReadOnlyList<Slurm> files
    )
    {
        var conflicts = new List<InputFault>();
        var prefixes = files
            .SelectMany(
                (file, index) =>
                    file
                        .PrefixFilters.Where(filter => filter.Prefix is not null)
                        .Select(filter => filter.Prefix!.Value)
                        .Concat(file.PrefixAssertions.Select(vrp => vrp.Prefix))
                        .Select(prefix => (Prefix: prefix, File: index))
            )
            .Distinct()
            .OrderBy(one => one.Prefix)
            .ThenBy(one => one.File);
        // Enclosing prefixes come first in this order, so that those around the present one form a stack.
        var around = new Stack<(IpPrefix Prefix, int File)>();
        foreach ((IpPrefix Prefix, int File) one in prefixes)
        {
            while (around.TryPeek(out var outer) && !outer.Prefix.Contains(one.Prefix))
            {
                around.Pop();
            }

            if (around.TryPeek(out var other) && other.File != one.File)
            {
                conflicts.Add(
                    Conflict(files, one.File, other.File, $"{one.Prefix} lies in {other.Prefix}")
                );
            }

            around.Push(one);
        }

        conflicts.AddRange(
            files
                .SelectMany(
                    (file, index) =>
                        file
                            .AspaFilters.Concat(file.AspaAssertions.Select(aspa => aspa.Customer))
                            .Distinct()
                            .Select(customer => (Customer: customer, File: index))
                )
                .GroupBy(one => one.Customer)
                .Where(group => group.Count() > 1)
                .OrderBy(group => group.Key.Number)
                .Select(group =>
                    Conflict(
                        files,
                        group.ElementAt(1).File,
                        group.First().File,
                        $"{group.Key} is in both"
                    )
                )
        );
        return conflicts.Count > 0
            ? (null, conflicts)
            : (
                new Slurm(
                    [.. files.SelectMany(file => file.Files)],
                    [.. files.SelectMany(file => file.PrefixFilters)],
                    [.. files.SelectMany(file => file.PrefixAssertions)],
                    [.. files.SelectMany(file => file.AspaFilters)],
                    [.. files.SelectMany(file => file.AspaAssertions)]
                ),
                []
            );
    }

    private static InputFault Conflict(
        IReadOnlyList<Slurm> files,
        int file,
        int other,
        string reason
    ) =>
        new(
            string.Join(", ", files[file].Files),
            "",
            $"conflicts with {string.Join(", ", files[other].Files)}: {reason} (RFC 8416 section 4.2)",
            "Put what concerns the same addresses or ASes into one file; none of these files is used"
        );
}
