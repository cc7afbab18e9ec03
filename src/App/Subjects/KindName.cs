using Breakwater.Vocabulary;

namespace Breakwater.App.Subjects;

/// <summary>The kind of a state, for states whose own <c>Kind</c> is another word.</summary>
internal static class KindName
{
    public static string Of<TState, TEvent>()
        where TState : class, ISubject<TState, TEvent>
        where TEvent : class => TState.Kind;
}
