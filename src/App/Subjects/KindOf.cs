using System.Text.Json;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Subjects;

/// <summary>
/// Writes one kind of subject down: what can be done with it and by whom. A command's address is the name of its type.
/// </summary>
internal sealed class KindOf<TState, TEvent>(string plural)
    where TState : class, ISubject<TState, TEvent>
    where TEvent : class
{
    private readonly List<CommandKind> _commands = [];
    private Func<TState, Instant, Decided<TEvent>>? _elapse;
    private Func<Workspace, TState, TEvent, Instant, Task>? _follow;
    private bool _travels;

    /// <summary>A command that begins a subject.</summary>
    public KindOf<TState, TEvent> Starts<TCommand>(
        Func<TState?, TCommand, Participant, Instant, Decided<TEvent>> decide,
        Admission admission = Admission.Roles,
        params IReadOnlyList<Role> roles
    )
        where TCommand : class => Add(Of(decide, admission, roles) with { IsStart = true });

    /// <summary>A command that begins a subject whose id follows from what is asked.</summary>
    public KindOf<TState, TEvent> StartsAt<TCommand>(
        Func<TCommand, string?> id,
        Func<TState?, TCommand, Participant, Instant, Decided<TEvent>> decide,
        params IReadOnlyList<Role> roles
    )
        where TCommand : class =>
        Add(
            Of(decide, Admission.Roles, roles) with
            {
                IsStart = true,
                IdOf = request => id((TCommand)request),
            }
        );

    /// <summary>A command for people with one of the roles.</summary>
    public KindOf<TState, TEvent> Does<TCommand>(
        Func<TState, TCommand, Participant, Instant, Decided<TEvent>> decide,
        params IReadOnlyList<Role> roles
    )
        where TCommand : class => Add(Of<TCommand>(decide!, Admission.Roles, roles));

    /// <summary>A command for whoever is signed in; its own rules say the rest.</summary>
    public KindOf<TState, TEvent> Lets<TCommand>(
        Func<TState, TCommand, Participant, Instant, Decided<TEvent>> decide
    )
        where TCommand : class => Add(Of<TCommand>(decide!, Admission.SignedIn, []));

    /// <summary>A command that must know more than its own subject: what is read from the store is filled in before it is decided.</summary>
    public KindOf<TState, TEvent> Fills<TCommand>(
        Func<Act, TState?, TCommand, Task<TCommand>> fill,
        Func<TState?, TCommand, Participant, Instant, Decided<TEvent>> decide,
        params IReadOnlyList<Role> roles
    )
        where TCommand : class =>
        Add(
            Of(decide, Admission.Roles, roles) with
            {
                Do = async act =>
                    await act.Subject<TState, TEvent>().ConfigureAwait(false) is { } at
                        ? act.Take(
                            at,
                            decide(
                                at.State,
                                await fill(act, at.State, (TCommand)act.Request)
                                    .ConfigureAwait(false),
                                act.By,
                                act.Now
                            )
                        )
                        : null,
            }
        );

    /// <summary>The last command that was written down begins a subject.</summary>
    public KindOf<TState, TEvent> ToStart(Admission admission = Admission.Roles)
    {
        _commands[^1] = _commands[^1] with { IsStart = true, Admission = admission };
        return this;
    }

    /// <summary>The last command that was written down begins a subject whose id follows from what is asked.</summary>
    public KindOf<TState, TEvent> ToStartAt<TCommand>(Func<TCommand, string?> id)
        where TCommand : class
    {
        _commands[^1] = _commands[^1] with
        {
            IsStart = true,
            IdOf = request => id((TCommand)request),
        };
        return this;
    }

    public KindOf<TState, TEvent> Add(CommandKind command)
    {
        _commands.Add(command);
        return this;
    }

    public KindOf<TState, TEvent> Elapses(Func<TState, Instant, Decided<TEvent>> elapse)
    {
        _elapse = elapse;
        return this;
    }

    public KindOf<TState, TEvent> Follows(Func<Workspace, TState, TEvent, Instant, Task> follow)
    {
        _follow = follow;
        return this;
    }

    /// <summary>Subjects of the kind may go to other nodes, in bundles.</summary>
    public KindOf<TState, TEvent> Travels()
    {
        _travels = true;
        return this;
    }

    public SubjectKind Made() =>
        new SubjectKind<TState, TEvent>(plural, _commands, _elapse, _follow) { Travels = _travels };

    /// <summary>The address of a command: its type's name in kebab case.</summary>
    public static string NameOf<TCommand>() =>
        JsonNamingPolicy.KebabCaseLower.ConvertName(typeof(TCommand).Name);

    private static CommandKind Of<TCommand>(
        Func<TState?, TCommand, Participant, Instant, Decided<TEvent>> decide,
        Admission admission,
        IReadOnlyList<Role> roles
    )
        where TCommand : class =>
        new(
            NameOf<TCommand>(),
            typeof(TCommand),
            IsStart: false,
            admission,
            roles,
            act => act.On(decide)
        );
}
