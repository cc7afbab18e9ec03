using Breakwater.Disruptions.Law;
using Breakwater.Norms.Packs;

namespace Breakwater.Publications;

/// <summary>What each body of a law pack would say of the disruptions, with the pack that names rules, bodies and terms.</summary>
public sealed record NormsTold(FindingsOnDisruptions Found, LawPack Pack, PackTexts Texts);
