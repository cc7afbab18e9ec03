using System.CommandLine;

namespace Breakwater.App.Verbs.Exchanging;

/// <summary><c>exchange export</c> and <c>exchange import</c>: lists of other initiatives, given and taken.</summary>
internal static class ExchangeVerb
{
    public static Command Command(Printing print) =>
        new("exchange", "Give to other initiatives and take from them, in their own lists")
        {
            ExchangeExport.Command(print),
            ExchangeImport.Command(print),
        };
}
