namespace Breakwater.Preparedness.CountryPlans;

/// <summary>What a national emergency telecommunication plan is asked, as data that carry a version.</summary>
/// <param name="Version">A date or a number that grows; answers name the version that they were given to.</param>
public sealed record Checklist(
    string Id,
    string Version,
    IReadOnlyList<ChecklistSource> Sources,
    IReadOnlyList<ChecklistChapter> Chapters
)
{
    public IReadOnlyList<ChecklistItem> Items => [.. Chapters.SelectMany(chapter => chapter.Items)];

    public ChecklistItem? Item(string id) => Items.FirstOrDefault(item => item.Id == id);
}

/// <summary>Where an item comes from.</summary>
public sealed record ChecklistSource(
    string Id,
    string Title,
    string Publisher,
    int Year,
    string? Url
);

/// <param name="Source">The chapter of the source that it follows, as <c>itu-netp-2020 2.1</c>; null for what Breakwater added.</param>
public sealed record ChecklistChapter(
    string Id,
    string? Source,
    Wording Title,
    IReadOnlyList<ChecklistItem> Items
);

/// <param name="IsFirst">Without it people are cut off or endangered at once; it is listed first when it is wanting.</param>
/// <param name="ReviewMonths">How long an answer is good for.</param>
/// <param name="Help">What is meant, in plain words.</param>
/// <param name="Evidence">What would show it.</param>
public sealed record ChecklistItem(
    string Id,
    bool IsFirst,
    int ReviewMonths,
    string Source,
    Wording Question,
    Wording Help,
    Wording Evidence
);

/// <summary>The same sentence in each language; English is always there.</summary>
public sealed record Wording(IReadOnlyDictionary<string, string> ByLanguage)
{
    public string English => ByLanguage["en"];

    /// <summary>Null when it is not translated.</summary>
    public string? In(string language) => ByLanguage.GetValueOrDefault(language);
}
