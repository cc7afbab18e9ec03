using System.Text.Json;
using Breakwater.Decisions.Continuity;
using Breakwater.Publications.Releases;
using Breakwater.Vocabulary;

namespace Breakwater.Publications.Cases;

/// <summary>A case as JSON, without the people who wrote it down.</summary>
public static class CaseJson
{
    public const string Form = "continuity-case-1";

    public static byte[] Write(ContinuityCase one, Citation cite)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(cite);
        return JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                Form,
                cite.Node,
                cite.Licence,
                one.Id,
                one.Type,
                one.Name,
                one.Place,
                one.Institution,
                one.Forum,
                one.Users,
                one.UsersSource,
                one.Functions,
                one.Deadlines,
                one.Measures,
                Checklist = new
                {
                    CaseChecklists.Version,
                    Items = CaseChecklists
                        .Of(one.Type)
                        .Select(item => new
                        {
                            item.Id,
                            item.Text,
                            Answer = CaseReport.Answer(one, item),
                            one.Answers.FirstOrDefault(said => said.Item == item.Id)?.Evidence,
                        }),
                },
                one.Parties,
                one.Contacts,
                one.Disruptions,
                one.Outcomes,
                one.Ending,
                one.EndingReason,
                one.OpenedAt,
                one.ChangedAt,
                one.Origin,
            },
            Json.Indented
        );
    }
}
