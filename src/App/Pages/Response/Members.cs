using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages.Response;

/// <summary>What a record holds, as its JSON shows it. Forms and pages follow from it, so that no member is forgotten.</summary>
internal static class Members
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<PropertyInfo>> _known = new();

    public static IReadOnlyList<PropertyInfo> Of(Type type) => _known.GetOrAdd(type, Read);

    /// <summary>Without the question mark.</summary>
    public static Type Bare(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    /// <summary>What a list holds; null for what is no list.</summary>
    public static Type? ItemOf(Type type) =>
        type.IsArray ? type.GetElementType()
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            ? type.GetGenericArguments()[0]
        : null;

    /// <summary>True for a record with members of its own, rather than a word with one text form.</summary>
    public static bool IsRecord(Type type) =>
        type is { IsEnum: false, IsGenericType: false, IsArray: false }
        && type.Namespace?.StartsWith("Breakwater", StringComparison.Ordinal) == true
        && type != typeof(Place)
        && type != typeof(SealedField)
        && type != typeof(Asn)
        && type != typeof(IpPrefix)
        && type != typeof(Confidence);

    public static string JsonName(MemberInfo member) =>
        JsonNamingPolicy.CamelCase.ConvertName(member.Name);

    public static string Kebab(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);

    /// <summary>Every type that pages of this record reach, itself first.</summary>
    public static IReadOnlySet<Type> Reached(Type type)
    {
        var found = new HashSet<Type>();
        Reach(type, found);
        return found;
    }

    private static void Reach(Type type, HashSet<Type> found)
    {
        Type bare = Bare(type);
        if (ItemOf(bare) is { } item)
        {
            Reach(item, found);
        }
        else if ((bare.IsEnum || IsRecord(bare)) && found.Add(bare) && !bare.IsEnum)
        {
            foreach (PropertyInfo member in Of(bare))
            {
                Reach(member.PropertyType, found);
            }
        }
    }

    private static IReadOnlyList<PropertyInfo> Read(Type type) =>
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(member =>
                    member.Name != "EqualityContract"
                    && member.GetIndexParameters().Length == 0
                    && member.GetCustomAttribute<JsonIgnoreAttribute>()
                        is not { Condition: JsonIgnoreCondition.Always }
                ),
        ];
}
