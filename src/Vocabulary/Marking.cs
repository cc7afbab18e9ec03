using System.Text.Json.Serialization;
using NodaTime;

namespace Breakwater.Vocabulary;

/// <summary>To whom a record may go, widest first.</summary>
public enum Distribution
{
    /// <summary>Anybody, after release.</summary>
    Public,

    /// <summary>Connected communities.</summary>
    Partners,

    /// <summary>Organisations on this node and its direct peers.</summary>
    Community,

    /// <summary>Those of the community that a sharing group lists.</summary>
    Group,

    /// <summary>Named custodians. It does not leave the node.</summary>
    Sealed,
}

/// <summary>Traffic Light Protocol 2.0 (FIRST), widest first.</summary>
public enum Tlp
{
    Clear,

    /// <summary>The community.</summary>
    Green,

    /// <summary>One organisation and its clients.</summary>
    Amber,

    /// <summary>One organisation.</summary>
    AmberStrict,

    /// <summary>Named people.</summary>
    Red,
}

/// <summary>
/// Who may see a record. The default is the narrowest: nothing leaves by accident. What is left open narrows too: a group
/// without an id is read as sealed, and AMBER that names no organisation as RED.
/// </summary>
public sealed record Marking(
    [property: JsonRequired] Distribution Distribution,
    [property: JsonRequired] Tlp Tlp
)
{
    public static Marking Public { get; } = new(Distribution.Public, Tlp.Clear);

    public static Marking Sealed { get; } = new(Distribution.Sealed, Tlp.Red);

    /// <summary>Id of the sharing group of <see cref="Distribution.Group"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Group { get; init; }

    /// <summary>Id of the one organisation that AMBER and AMBER+STRICT keep it in.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Organisation { get; init; }

    /// <summary>Until then nobody beyond the community sees it, however wide it is marked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Instant? EmbargoUntil { get; init; }

    /// <summary>A derived record takes the strictest marking of its inputs. No input means no release.</summary>
    public static Marking Strictest(IEnumerable<Marking> inputs) =>
        inputs.DefaultIfEmpty(Sealed).Aggregate(Stricter);

    /// <summary>True when whoever may see this may see <paramref name="other"/> too: a carrier can tighten and never widen.</summary>
    public bool IsAtMostAsWideAs(Marking other) => Stricter(this, other).Plain == Plain;

    /// <summary>
    /// What it is marked with at <paramref name="receiver"/>, an organisation on another node, once it went there; null
    /// when it does not leave. The receiver may have it already: this reduces, and does not ask whether it may go.
    /// </summary>
    public Marking? AfterHop(string receiver)
    {
        Marking plain = Plain;
        if (plain.Tlp >= Tlp.Amber && plain.Organisation != receiver)
        {
            return null;
        }

        return plain.Distribution switch
        {
            Distribution.Public or Distribution.Group => plain,
            Distribution.Partners => plain with { Distribution = Distribution.Community },
            Distribution.Community => plain with { Tlp = Tlp.AmberStrict, Organisation = receiver },
            _ => null,
        };
    }

    /// <summary>The same readers, without what has no effect: equal readers have equal plain markings.</summary>
    internal Marking Plain
    {
        get
        {
            // A group narrows whatever is written beside it.
            Distribution distribution =
                Group is not null && Distribution < Distribution.Group ? Distribution.Group
                : Group is null && Distribution == Distribution.Group ? Distribution.Sealed
                : Distribution;
            Tlp tlp = Organisation is null && Tlp is Tlp.Amber or Tlp.AmberStrict ? Tlp.Red : Tlp;
            return this with
            {
                Distribution = distribution,
                Tlp = tlp,
                Group = distribution == Distribution.Group ? Group : null,
                Organisation = tlp is Tlp.Amber or Tlp.AmberStrict ? Organisation : null,
            };
        }
    }

    private static Marking Stricter(Marking a, Marking b)
    {
        var strict = new Marking(
            a.Distribution > b.Distribution ? a.Distribution : b.Distribution,
            a.Tlp > b.Tlp ? a.Tlp : b.Tlp
        )
        {
            EmbargoUntil =
                a.EmbargoUntil > b.EmbargoUntil ? a.EmbargoUntil : b.EmbargoUntil ?? a.EmbargoUntil,
        };
        if (a is { Group: null, Organisation: null } && b is { Group: null, Organisation: null })
        {
            return strict;
        }

        (a, b) = (a.Plain, b.Plain);
        strict = strict with
        {
            Distribution = a.Distribution > b.Distribution ? a.Distribution : b.Distribution,
            Tlp = a.Tlp > b.Tlp ? a.Tlp : b.Tlp,
            Group = a.Group ?? b.Group,
            Organisation = a.Organisation ?? b.Organisation,
        };
        // Two groups have no common list that anybody agreed to, and two organisations no common clients.
        if (a.Group is not null && b.Group is not null && a.Group != b.Group)
        {
            strict = strict with { Distribution = Distribution.Sealed };
        }

        if (
            a.Organisation is not null
            && b.Organisation is not null
            && a.Organisation != b.Organisation
        )
        {
            strict = strict with { Tlp = Tlp.Red };
        }

        return strict.Plain;
    }
}
