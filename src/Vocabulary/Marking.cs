namespace Breakwater.Vocabulary;

/// <summary>To whom a record may go, widest first.</summary>
public enum Distribution
{
    Public,
    Partners,
    Community,
    Group,
    Sealed,
}

/// <summary>Traffic Light Protocol 2.0 (FIRST), widest first.</summary>
public enum Tlp
{
    Clear,
    Green,
    Amber,
    AmberStrict,
    Red,
}

/// <summary>Who may see a record. The default is the narrowest: nothing leaves by accident.</summary>
public sealed record Marking(Distribution Distribution, Tlp Tlp)
{
    public static Marking Public { get; } = new(Distribution.Public, Tlp.Clear);

    public static Marking Sealed { get; } = new(Distribution.Sealed, Tlp.Red);

    /// <summary>A derived record takes the strictest marking of its inputs. No input means no release.</summary>
    public static Marking Strictest(IEnumerable<Marking> inputs) =>
        inputs
            .DefaultIfEmpty(Sealed)
            .Aggregate(
                (a, b) =>
                    new Marking(
                        a.Distribution > b.Distribution ? a.Distribution : b.Distribution,
                        a.Tlp > b.Tlp ? a.Tlp : b.Tlp
                    )
            );
}
