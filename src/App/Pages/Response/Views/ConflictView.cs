using System.Text.Json;
using Breakwater.App.Api;
using Breakwater.App.Subjects;
using Breakwater.Decisions.Conflicts;
using Breakwater.Records;
using Conflict = Breakwater.Decisions.Conflicts.Conflict;

namespace Breakwater.App.Pages.Response.Views;

/// <summary>Both branches under each other, each with what happened, by whom and when, and the state that it leads to.</summary>
internal static class ConflictView
{
    public static void Write(Markup page, Seen seen)
    {
        PageTexts texts = page.Texts;
        page.Say(
            seen.At("settlement") is null
                ? texts.Html("response.conflict.open")
                : texts.Html("response.conflict.settled"),
            "caution"
        );
        page.Facts(First.Facts(page, seen, ["Subject", "Trunk", "OpenedAt", "ChangedAt"]));
        if (seen.At("settlement") is { ValueKind: JsonValueKind.Object } settlement)
        {
            page.Head("settlement", Labels.Member(texts, Of<Conflict>("Settlement")));
            StatePart.Write(page, settlement, typeof(ConflictSettlement));
        }

        SubjectKind? kind = seen.Text("subject") is { } subject
            ? Catalogue.Known.Of(subject.Split('/')[0])
            : null;
        foreach (string name in (string[])["Ours", "Theirs"])
        {
            if (seen.At(Members.JsonName(Of<Conflict>(name))) is { } branch)
            {
                string title = Labels.Member(texts, Of<Conflict>(name));
                page.Head(Members.Kebab(name), title);
                StatePart.Table(
                    page,
                    title,
                    [.. branch.GetProperty("events"u8).EnumerateArray()],
                    typeof(BranchEvent),
                    ["Type", "RecordedAt", "Author", "Node"]
                );
                if (kind is not null && branch.TryGetProperty("state"u8, out JsonElement state))
                {
                    page.Raw(
                        $"<details>\n<summary>{Labels.Member(texts, Of<Branch>("State"))}</summary>\n"
                    );
                    StatePart.Write(page, state, kind.State);
                    page.Raw("</details>\n");
                }
            }
        }
    }

    /// <summary>On the page of the subject: that there is another branch, and where.</summary>
    public static async Task Warn(Markup page, Seen seen, Reading reading, Caller caller)
    {
        SubjectKind conflicts = Catalogue.Known.Of(Conflict.Kind)!;
        IReadOnlyList<Seen> open = seen.Kind.Travels
            ? (
                await reading
                    .List(
                        conflicts,
                        new DocumentQuery(Conflict.Kind)
                        {
                            Parent = seen.Subject,
                            Standing = Conflict.Open,
                        },
                        caller
                    )
                    .ConfigureAwait(false)
            ).Found
            : [];
        foreach (Seen one in open)
        {
            page.Raw(
                $"<p role=\"alert\"><strong>{page.Texts.Html("response.conflict.here")}</strong> {page.Link(one.Path, Labels.Kind(page.Texts, conflicts))}</p>\n"
            );
        }
    }

    private static System.Reflection.PropertyInfo Of<T>(string name) =>
        Members.Of(typeof(T)).First(member => member.Name == name);
}
