using NodaTime;

namespace Breakwater.Preparedness.Consultations.Grouping;

/// <summary>An input as far as grouping looks at it.</summary>
public sealed record InputText(string Id, Instant At, string Text);

/// <param name="IsExact">Word for word the first, whatever its case, spacing and signature.</param>
public sealed record InputCopy(string Id, Instant At, bool IsExact);

/// <summary>Inputs of one wording: one voice, with the number of those who sent it.</summary>
/// <param name="First">Id of the earliest; each of the others was compared with it, so that a chain of small changes ends.</param>
/// <param name="PerHourMax">The most that came within one hour.</param>
public sealed record InputGroup(string First, IReadOnlyList<InputCopy> Copies, int PerHourMax)
{
    public int Count => Copies.Count + 1;

    /// <summary>True when so many came within an hour that they were hardly written one by one. It is a mark: none is left out.</summary>
    public bool IsFlood => PerHourMax >= GroupsFromInputs.FloodPerHour;
}

/// <param name="Groups">Of two inputs or more, largest first.</param>
/// <param name="Inputs">All that were looked at.</param>
/// <param name="Voices">Inputs that are not copies of an earlier one.</param>
/// <param name="Capped">Inputs that had more likely originals than were compared.</param>
public sealed record InputGroups(
    string Method,
    IReadOnlyList<InputGroup> Groups,
    int Inputs,
    int Voices,
    int Capped
)
{
    public static InputGroups None { get; } = new(GroupsFromInputs.Method, [], 0, 0, 0);
}

/// <summary>
/// Which inputs repeat an earlier one. Inputs are taken in the order in which they came, so what comes later never changes how
/// earlier ones are grouped; the answer depends on nothing else, on any number of threads.
/// </summary>
public static class GroupsFromInputs
{
    public const string Method = "wording-1";
    public const int FloodPerHour = 20;

    public static InputGroups Find(IReadOnlyList<InputText> inputs, int threads = -1)
    {
        var grouping = new InputGrouping(threads);
        grouping.Add(InOrder(inputs));
        return grouping.Groups();
    }

    /// <summary>In the order in which they came; of one moment by id.</summary>
    public static IReadOnlyList<InputText> InOrder(IEnumerable<InputText> inputs) =>
        [.. inputs.OrderBy(input => input.At).ThenBy(input => input.Id, StringComparer.Ordinal)];
}
