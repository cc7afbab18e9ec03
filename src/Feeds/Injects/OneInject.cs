using System.Text.Json;
using Breakwater.Feeds.Yaml;
using Breakwater.Preparedness.Exercises;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Feeds.Injects;

/// <summary>One entry of the list of injects.</summary>
internal sealed class OneInject(Fields one, Scenario scenario)
{
    private static readonly string[] _roles = Kebab<Role>();
    private static readonly string[] _states = Kebab<ServiceState>();

    public Inject Read()
    {
        InjectKind kind = one.RequiredWord<InjectKind>("kind");
        Instant at = one.RequiredTime("at");
        Dictionary<string, string> text = one.Languages("text");
        if (!one.Has("text"))
        {
            one.Missing("text", "what is told, or what those who run the exercise should know");
        }

        foreach (string said in text.Values.Where(value => value.Length > Inject.TextMax))
        {
            one.Fault(
                "text",
                $"'text' has {said.Length} characters, more than {Inject.TextMax}",
                "Shorten it"
            );
        }

        Instant? until = one.Time("until");
        if (until <= at)
        {
            one.Fault("until", "'until' is not after 'at'", "Swap them, or correct one");
        }

        return new Inject
        {
            Id = one.Text("id"),
            At = at,
            Kind = kind,
            Roles = Roles(),
            Organisations = one.Texts("organisations"),
            Text = text,
            About = About(kind),
            Until = until,
            OpenFrom = one.Time("openFrom"),
            IsFalse = one.Truth("false", otherwise: false),
            Report = kind == InjectKind.Report ? Report() : null,
            Claim = kind == InjectKind.Claim ? Claim() : null,
            IsGiven = kind == InjectKind.ClearanceAnswered ? IsGiven() : null,
        };
    }

    private List<Role> Roles()
    {
        var roles = new List<Role>();
        foreach (string word in one.Texts("to"))
        {
            int at = Array.IndexOf(_roles, word);
            if (at < 0)
            {
                one.Fault("to", $"'{word}' is no role", Nearest.Choice(word, _roles));
            }
            else
            {
                roles.Add(Enum.GetValues<Role>()[at]);
            }
        }

        return roles;
    }

    private string? About(InjectKind kind)
    {
        string? about = one.TextOrNull("about");
        (string what, string[] known)? must = kind switch
        {
            InjectKind.FeedBlind => (
                "file of a series",
                [.. scenario.Series.Select(series => series.File.Name)]
            ),
            InjectKind.OfferWithdrawn => ("offer", [.. scenario.Offers.Select(o => o.Id)]),
            InjectKind.ClearanceAnswered => (
                "clearance",
                [.. scenario.Clearances.Select(clearance => clearance.Id)]
            ),
            InjectKind.ContactSilent => ("contact", []),
            _ => null,
        };
        if (must is not { } needed)
        {
            return about;
        }

        if (about is null)
        {
            one.Missing("about", $"the {needed.what} that it is about");
        }
        else if (kind != InjectKind.ContactSilent)
        {
            ScenarioOffers.Known(one, "about", needed.what, about, needed.known);
        }

        return about;
    }

    private InjectedReport Report()
    {
        string state = one.OneOf("state", _states) ?? "";
        if (!one.Has("state"))
        {
            one.Missing("state", string.Join(", ", _states));
        }

        return new InjectedReport(
            one.RequiredPlace("place"),
            state,
            one.TextOrNull("network"),
            one.Word<Service>("service")
        )
        {
            Observer = one.TextOrNull("observer"),
        };
    }

    private InjectedClaim Claim()
    {
        InstantRange? onset = one.Range("onset");
        if (onset is null && !one.Has("onset"))
        {
            one.Missing("onset", "a time, or earliest and latest");
        }

        return new InjectedClaim(
            one.RequiredPlace("place"),
            one.Text("what"),
            one.Text("by"),
            onset ?? new InstantRange(default, default),
            one.Word<Actor>("actor") ?? Actor.Unknown,
            one.TextOrNull("cause"),
            one.TextOrNull("network")
        )
        {
            Target = one.TextOrNull("target"),
        };
    }

    private bool? IsGiven()
    {
        if (!one.Has("answer"))
        {
            one.Missing("answer", "given or denied");
        }

        return one.OneOf("answer", ["given", "denied"]) is { } answer ? answer == "given" : null;
    }

    private static string[] Kebab<T>()
        where T : struct, Enum =>
        [.. Enum.GetNames<T>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];
}
