using System.Globalization;
using Breakwater.Signals;

namespace Breakwater.Disruptions;

/// <summary>What changed in a delegation between two versions of the zone.</summary>
internal static class DelegationChanges
{
    public static IEnumerable<Weakness> Between(DelegationSignal before, DelegationSignal after)
    {
        var changes = new Changes(before, after);
        return [.. changes.OfServers(), .. changes.OfAddresses(), .. changes.OfSigners()];
    }

    private sealed class Changes(DelegationSignal before, DelegationSignal after)
    {
        private readonly string versions = string.Create(
            CultureInfo.InvariantCulture,
            $"between {Name(before)} and {Name(after)}"
        );

        public IEnumerable<Weakness> OfServers()
        {
            HashSet<string> old = [.. before.NameServers.Select(server => server.Host)];
            HashSet<string> now = [.. after.NameServers.Select(server => server.Host)];
            List<string> gone = [.. old.Except(now).Order(StringComparer.Ordinal)];
            List<string> came = [.. now.Except(old).Order(StringComparer.Ordinal)];
            if (gone.Count == 0 && came.Count == 0)
            {
                yield break;
            }

            bool isWhole = gone.Count == old.Count && came.Count > 0;
            yield return One(
                isWhole || now.Count < old.Count ? WeaknessRank.Serious : WeaknessRank.Minor,
                isWhole ? "servers_replaced" : "servers_changed",
                $"{(isWhole ? "every server was replaced at once" : Text($"{old.Count} servers became {now.Count}"))} {versions}: {Words("gone", gone)}{(gone.Count > 0 && came.Count > 0 ? "; " : "")}{Words("new", came)}{(isWhole ? "; check with the registry that it ordered this" : "")}",
                [.. came]
            );
        }

        public IEnumerable<Weakness> OfAddresses()
        {
            foreach (NameServer server in after.NameServers)
            {
                NameServer? old = before.NameServers.FirstOrDefault(one => one.Host == server.Host);
                if (old is null || old.Addresses.SequenceEqual(server.Addresses))
                {
                    continue;
                }

                bool isBare = server.Addresses.Count == 0;
                bool isWhole = !old.Addresses.Intersect(server.Addresses).Any();
                yield return One(
                    isBare || isWhole && old.Addresses.Count > 0
                        ? WeaknessRank.Serious
                        : WeaknessRank.Minor,
                    isBare ? "address_lost" : "addresses_changed",
                    $"{server.Host} {(isBare ? "lost its addresses" : $"had {Listed(old.Addresses)}, has {Listed(server.Addresses)}")} {versions}",
                    [.. server.Addresses.Except(old.Addresses)]
                );
            }
        }

        public IEnumerable<Weakness> OfSigners()
        {
            if (before.Signers.SequenceEqual(after.Signers))
            {
                yield break;
            }

            if (after.Signers.Count == 0)
            {
                yield return One(
                    WeaknessRank.Serious,
                    "ds_removed",
                    $"every DS record was removed {versions}: DNSSEC is lost and forged answers are no longer told apart",
                    []
                );
            }
            else if (before.Signers.Count == 0)
            {
                yield return One(WeaknessRank.Minor, "ds_added", $"signed for the first time {versions}", []);
            }
            else
            {
                bool isRolled = before
                    .Signers.Select(signer => signer.KeyTag)
                    .Intersect(after.Signers.Select(signer => signer.KeyTag))
                    .Any();
                yield return One(
                    isRolled ? WeaknessRank.Minor : WeaknessRank.Serious,
                    isRolled ? "ds_changed" : "ds_replaced",
                    isRolled
                        ? $"DS records changed, one key stayed {versions}"
                        : $"every key was replaced at once {versions}: answers signed with the old ones fail until caches expire",
                    []
                );
            }
        }

        private Weakness One(
            WeaknessRank rank,
            string tag,
            string text,
            IReadOnlyList<string> dependsOn
        ) => Weakness.Of([before, after], after.Place, rank, tag, text, dependsOn);

        private static string Words(string word, List<string> names) =>
            names.Count == 0 ? "" : $"{word} {Listed(names)}";

        private static string Listed(IReadOnlyList<string> names)
        {
            const int shownMax = 6;
            return names.Count == 0
                ? "none"
                : string.Join(", ", names.Take(shownMax))
                    + (
                        names.Count > shownMax ? Text($" and {names.Count - shownMax} more") : ""
                    );
        }

        private static string Text(FormattableString text) =>
            text.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A version as people name it.</summary>
    public static string Name(DelegationSignal signal) =>
        signal.Zone.Serial is { } serial
            ? string.Create(CultureInfo.InvariantCulture, $"serial {serial}")
            : signal.Source;
}
