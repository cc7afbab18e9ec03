using System.CommandLine;

namespace Breakwater.App.Verbs.Preparing;

/// <summary><c>agreements list / gaps / triggers / verify / import / export</c>: what is promised in advance, where nothing is, and what is proposed now.</summary>
internal static class AgreementsVerb
{
    public static Command Command(Printing print) =>
        new(
            "agreements",
            "What is promised in advance: agreements on record, countries without, triggers that are met, and whether a file of agreements holds together. Example: breakwater agreements gaps --country SD"
        )
        {
            AgreementsOnRecordVerbs.List(print),
            AgreementsOnRecordVerbs.Gaps(print),
            AgreementsOnRecordVerbs.Triggers(print),
            AgreementsFileVerb.Command(print),
            AgreementsExchangeVerbs.Import(print),
            AgreementsExchangeVerbs.Export(print),
        };
}
