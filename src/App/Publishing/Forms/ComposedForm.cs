using Breakwater.App.Api;
using Breakwater.App.Subjects;
using Breakwater.Decisions.Publishing;
using Breakwater.Publications;
using Breakwater.Publications.Releases;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Publishing.Forms;

/// <param name="Publications">One a language, the first of them for whoever asks for another.</param>
internal sealed record ComposedForm(
    IReadOnlyList<Publication> Publications,
    IReadOnlyList<ReleasedFile> Files
);

/// <summary>What a form is asked to compose, and what all forms need for it.</summary>
/// <param name="Kind">Of what it is of.</param>
/// <param name="Id">Of what it is of, without the kind.</param>
/// <param name="Replaced">The publication that this one corrects; null for none.</param>
/// <param name="Correction">What was wrong with that one.</param>
internal sealed record FormAsked(
    Act Act,
    PublicationForm Form,
    string Kind,
    string Id,
    PublicationFile? Replaced,
    string? Correction
)
{
    public IRecords Records => Act.Work.Records;

    public Instant Now => Act.Now;

    public Citation Cite => new(Records.Node.Name, Act.Licence);

    /// <summary>What the public may see, and nothing else, is what a form composes from.</summary>
    public async Task<TState?> Public<TState, TEvent>()
        where TState : class, ISubject<TState, TEvent>
        where TEvent : class =>
        await Records.Document($"{Kind}/{Id}").ConfigureAwait(false) is { } document
        && Representation.Seen(document, Reader.Anonymous, Now) is not null
            ? SubjectKind<TState, TEvent>.Read(document.Body)
            : null;

    public Refusal Hidden =>
        Refusal.WrongState(
            $"there is no such {Kind}, or the public may not see it, so there is nothing to publish"
        );

    public Front Front(Func<Texts, string> title, Origin origin, string language) =>
        new(
            $"{Kind}/{Id}",
            Texts
                .Languages()
                .ToDictionary(
                    each => each,
                    each => title(ReleaseTexts.For(each)),
                    StringComparer.Ordinal
                ),
            Now,
            origin,
            IsExercise,
            Audience.Public,
            [],
            Cite,
            Corrects(language)
        );

    /// <summary>A report in every language.</summary>
    public static IReadOnlyList<Publication> Written(Func<string, Report> compose) =>
        [
            .. Texts
                .Languages()
                .Select(language =>
                    PublicationFromReport.Write(compose(language), ReleaseTexts.For(language))
                ),
        ];

    /// <summary>True for all that a node of practice composes, and for what a real one tells of practice (INV-13).</summary>
    public bool IsExercise => Records.Node.IsExercise || Form == PublicationForm.AfterAction;

    public Corrected? Corrects(string language) =>
        Replaced
            ?.Documents.Where(document => document.Language == language)
            .Select(document => new Corrected(
                document.Publication,
                Replaced.AsOf,
                Correction ?? ""
            ))
            .FirstOrDefault();
}
