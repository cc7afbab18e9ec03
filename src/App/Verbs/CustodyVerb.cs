using System.CommandLine;
using Breakwater.App.Verbs.Custodians;

namespace Breakwater.App.Verbs;

/// <summary><c>custody found / use / request / open</c>: who can unseal, together and away from the node.</summary>
internal static class CustodyVerb
{
    public static Command Command(Printing print) =>
        new("custody", "Custodians: found a custody, seal for it, unseal with two shares")
        {
            CustodyFounding.Found(print),
            CustodyFounding.Use(print),
            CustodyOpening.Request(print),
            CustodyOpening.Open(print),
        };
}
