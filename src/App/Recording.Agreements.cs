using Breakwater.Ledger;
using Breakwater.Preparedness.Agreements;

namespace Breakwater.App;

/// <summary>What agreements come to in disruptions.</summary>
public static partial class Recording
{
    internal const string ActivationKind = "activation";

    internal static Draft Of(ActivationTold told) =>
        DraftOf(ActivationKind, told.Id, told, [told.DisruptionId], told.Marking, []);
}
