namespace Breakwater.Norms.Argumentation;

/// <summary>Small sets of numbers as sorted arrays, compared by what they hold.</summary>
internal sealed class Sets : IEqualityComparer<int[]>
{
    public static readonly Sets ByContent = new();

    public static int[] Union(List<int> members)
    {
        members.Sort();
        int count = 0;
        for (int i = 0; i < members.Count; i++)
        {
            if (count == 0 || members[i] != members[count - 1])
            {
                members[count++] = members[i];
            }
        }

        members.RemoveRange(count, members.Count - count);
        return [.. members];
    }

    public static bool Has(int[] set, int member) => Array.BinarySearch(set, member) >= 0;

    public bool Equals(int[]? one, int[]? other) => one.AsSpan().SequenceEqual(other);

    public int GetHashCode(int[] set)
    {
        var hash = new HashCode();
        foreach (int member in set)
        {
            hash.Add(member);
        }

        return hash.ToHashCode();
    }
}
