using System.Reflection;
using System.Runtime.CompilerServices;
using Breakwater.App.Subjects;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages.Response.Acts;

/// <summary>One thing that a form asks for: a member of a command, or of a record in it.</summary>
/// <param name="Path">Name of its field: <c>terms.area</c>.</param>
/// <param name="Type">Without the question mark.</param>
/// <param name="IsNeeded">True when the command makes no sense without it.</param>
internal sealed record Asked(string Path, PropertyInfo Member, Type Type, bool IsNeeded)
{
    private static readonly NullabilityInfoContext _nullability = new();
    private static readonly Lock _one = new();

    /// <summary>What a command asks for; what the node gives itself is left out.</summary>
    public static IReadOnlyList<Asked> Of(CommandKind command) =>
        [
            .. Of(command.Request, "", isNeeded: true)
                .Where(asked => !IsGiven(command, asked.Member)),
        ];

    public IReadOnlyList<Asked> Inner => Of(Type, Path + ".", IsNeeded);

    /// <summary>Rows of a list of records.</summary>
    public IReadOnlyList<Asked> Row(int row) =>
        Of(Members.Bare(Members.ItemOf(Type)!), $"{Path}.{row}.", isNeeded: false);

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

    private static IReadOnlyList<Asked> Of(Type record, string prefix, bool isNeeded) =>
        [
            .. Members
                .Of(record)
                .Where(member => member.CanWrite && !IsRepeated(member))
                .Select(member => new Asked(
                    prefix + Members.JsonName(member),
                    member,
                    Members.Bare(member.PropertyType),
                    isNeeded && !MayLack(record, member)
                )),
        ];

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
