using Breakwater.Decisions.Contesting;

namespace Breakwater.Publications.Briefs;

/// <summary>
/// The form in which a finding is contested, as an address that fills in what is known of the finding. Whoever contests can still change
/// all of it.
/// </summary>
public static class ContestForm
{
    private const string Path = "/act/contests/contest-finding";

    /// <param name="about">
    /// What the finding is about; empty when it has no id. Ids alone, as contests are public and a hash of few facts can be guessed.
    /// </param>
    /// <param name="pack">Hash of the law pack.</param>
    /// <param name="aspect">A finding is one body's reading; what is contested is that, until somebody says otherwise.</param>
    public static string Of(
        string rule,
        string profile,
        string about,
        string pack,
        ContestAspect aspect = ContestAspect.Reading
    ) =>
        $"{Path}?aspect={$"{aspect}".ToLowerInvariant()}&rule={Uri.EscapeDataString(rule)}&profile={Uri.EscapeDataString(profile)}{(about.Length > 0 ? $"&about={Uri.EscapeDataString(about)}" : "")}&pack={Uri.EscapeDataString(pack)}";
}
