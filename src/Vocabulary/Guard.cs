using NodaTime;

namespace Breakwater.Vocabulary;

/// <summary>
/// Decides what a reader may see, before anything is written out. It denies by default: no marking, no exit. The narrower
/// of distribution and TLP wins, so both have to allow.
/// </summary>
public static class Guard
{
    public static bool May(Reader reader, Marking? marking, Instant now)
    {
        if (marking is null)
        {
            return false;
        }

        Marking plain = marking.Plain;
        bool isNamed = reader is { IsNamed: true, Person: not null };
        return Reaches(reader, plain, isNamed)
            && Lights(reader, plain, isNamed)
            && (plain.EmbargoUntil is not { } until || now >= until || isNamed || IsNear(reader));
    }

    private static bool Reaches(Reader reader, Marking plain, bool isNamed) =>
        plain.Distribution switch
        {
            Distribution.Public => true,
            Distribution.Partners => isNamed || reader.Circle is Circle.Partner or Circle.Community,
            Distribution.Community => isNamed || IsNear(reader),
            Distribution.Group => isNamed
                || (IsNear(reader) && plain.Group is { } group && reader.Groups.Contains(group)),
            Distribution.Sealed => isNamed && reader.Roles.Contains(Role.Custodian),
            _ => false,
        };

    private static bool Lights(Reader reader, Marking plain, bool isNamed) =>
        plain.Tlp switch
        {
            Tlp.Clear => true,
            Tlp.Green => isNamed || IsNear(reader),
            Tlp.Amber => isNamed
                || (
                    IsNear(reader)
                    && plain.Organisation is { } organisation
                    && (
                        reader.Organisation == organisation
                        || reader.ClientOf.Contains(organisation)
                    )
                ),
            Tlp.AmberStrict => isNamed
                || (
                    IsNear(reader)
                    && plain.Organisation is { } organisation
                    && reader.Organisation == organisation
                ),
            Tlp.Red => isNamed,
            _ => false,
        };

    /// <summary>Each narrower step asks for this as well, so that the steps lie in one another.</summary>
    private static bool IsNear(Reader reader) => reader.Circle == Circle.Community;
}
