using System.Reflection;
using Breakwater.App.Subjects;
using Breakwater.Publications;

namespace Breakwater.App.Pages.Response;

/// <summary>What kinds, commands, members and values are called. The narrow name goes before the wide one.</summary>
internal static class Labels
{
    public static string Kind(PageTexts texts, SubjectKind kind) =>
        Known(texts, [$"kind.{kind.Kind}"], kind.Kind);

    public static string Kinds(PageTexts texts, SubjectKind kind) =>
        Known(texts, [$"kinds.{kind.Plural}"], kind.Plural);

    public static string Command(PageTexts texts, SubjectKind kind, CommandKind command) =>
        Known(texts, [$"act.{kind.Kind}.{command.Name}", $"act.{command.Name}"], command.Name);

    public static string Member(PageTexts texts, MemberInfo member) =>
        Known(texts, MemberKeys(member), Members.Kebab(member.Name));

    /// <summary>The same, to stand within a sentence.</summary>
    public static Word MemberWord(PageTexts texts, MemberInfo member) =>
        MemberKeys(member).FirstOrDefault(texts.Keys.Contains) is { } key
            ? new Native(texts.Plain(key))
            : new Free(Members.Kebab(member.Name).Replace('-', ' '));

    public static string Value(PageTexts texts, Type type, string value) =>
        Known(texts, ValueKeys(type, value), value);

    public static string Standing(PageTexts texts, string standing) =>
        Known(texts, [$"standing.{standing}", $"value.{standing}"], standing);

    public static string Event(PageTexts texts, string type) =>
        Known(texts, [$"event.{Members.Kebab(type)}"], Members.Kebab(type));

    public static IReadOnlyList<string> MemberKeys(MemberInfo member)
    {
        string name = Members.Kebab(member.Name);
        return [$"field.{Members.Kebab(member.DeclaringType!.Name)}.{name}", $"field.{name}"];
    }

    public static IReadOnlyList<string> ValueKeys(Type type, string value) =>
        [$"value.{Members.Kebab(type.Name)}.{value}", $"value.{value}"];

    /// <summary>A word that no table knows is shown as it is, marked as English.</summary>
    private static string Known(PageTexts texts, IReadOnlyList<string> keys, string own) =>
        keys.FirstOrDefault(texts.Keys.Contains) is { } key
            ? texts.Html(key)
            : texts.Html(new Free(own.Replace('-', ' ')));
}
