using System.Reflection;
using System.Runtime.CompilerServices;
using Breakwater.App.Subjects;
using Breakwater.Decisions.Missions;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages.Response.Acts;

/// <summary>One thing that a form asks for: a member of a command, or of a record in it.</summary>
/// <param name="Path">Name of its field: <c>terms.area</c>.</param>
/// <param name="Type">Without the question mark.</param>
/// <param name="IsNeeded">True when the command makes no sense without it.</param>
/// <param name="IsKept">True for what is sealed in something that stands: no page can show it, so it stays as it is when nothing is entered.</param>
internal sealed record Asked(
    string Path,
    PropertyInfo Member,
    Type Type,
    bool IsNeeded,
    bool IsKept
)
{
    /// <summary>Commands that keep what is sealed and not sent anew.</summary>
    private static readonly Type[] _keeping = [typeof(ReviseMission)];

    private static readonly NullabilityInfoContext _nullability = new();
    private static readonly Lock _one = new();

    /// <summary>What a command asks for; what the node gives itself is left out.</summary>
    public static IReadOnlyList<Asked> Of(CommandKind command) =>
        [
            .. Of(command.Request, "", isNeeded: true, _keeping.Contains(command.Request))
                .Where(asked => !IsGiven(command, asked.Member)),
        ];

    public IReadOnlyList<Asked> Inner => Of(Type, Path + ".", IsNeeded, IsKept);

    /// <summary>Rows of a list of records.</summary>
    public IReadOnlyList<Asked> Row(int row) =>
        Of(Members.Bare(Members.ItemOf(Type)!), $"{Path}.{row}.", isNeeded: false, IsKept);

    /// <summary>True for an id that the node makes, so that nobody can begin the same thing twice.</summary>
    public static bool IsGiven(CommandKind command, MemberInfo member) =>
        (
            member.Name == "Id"
            && member.DeclaringType == command.Request
            && (!command.IsStart || command.IdOf is null)
        ) || (member.Name == "Allocation" && member.DeclaringType!.Name == "AllocateFuel");

    /// <summary>An offer has the id of the subject that carries it.</summary>
    public static bool IsRepeated(MemberInfo member) =>
        member.Name == "Id" && member.DeclaringType == typeof(Offer);

    private static IReadOnlyList<Asked> Of(
        Type record,
        string prefix,
        bool isNeeded,
        bool isKept
    ) =>
        [
            .. Members
                .Of(record)
                .Where(member => member.CanWrite && !IsRepeated(member))
                .Select(member => new Asked(
                    prefix + Members.JsonName(member),
                    member,
                    Members.Bare(member.PropertyType),
                    isNeeded && !MayLack(record, member) && !(isKept && IsSealed(member)),
                    isKept && (IsSealed(member) || Members.IsRecord(member.PropertyType))
                )),
        ];

    private static bool IsSealed(PropertyInfo member) =>
        member.PropertyType == typeof(SealedField)
        || Members.ItemOf(member.PropertyType) == typeof(SealedField);

    /// <summary>Nullable, or with a value of its own when nothing is said.</summary>
    private static bool MayLack(Type record, PropertyInfo member)
    {
        if (Nullable.GetUnderlyingType(member.PropertyType) is not null)
        {
            return true;
        }

        lock (_one)
        {
            if (
                !member.PropertyType.IsValueType
                && _nullability.Create(member).ReadState == NullabilityState.Nullable
            )
            {
                return true;
            }
        }

        ParameterInfo? parameter = record
            .GetConstructors()
            .SelectMany(constructor => constructor.GetParameters())
            .FirstOrDefault(each => each.Name == member.Name);
        return parameter is not null
            ? parameter.HasDefaultValue
            : member.GetCustomAttribute<RequiredMemberAttribute>() is null;
    }
}
