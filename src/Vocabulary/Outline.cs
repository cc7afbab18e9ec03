namespace Breakwater.Vocabulary;

/// <summary>Shapes for the map: rings of longitude and latitude in degrees (WGS 84), coarse on purpose.</summary>
public sealed record Outline(
    IReadOnlyList<OutlineShape> Shapes,
    IReadOnlyList<OutlinePoint> Points,
    string Attribution
);

/// <param name="Role"><c>affected</c>, <c>neighbour</c> or <c>water</c>.</param>
public sealed record OutlineShape(
    string Name,
    string Role,
    IReadOnlyList<IReadOnlyList<double[]>> Rings
);

/// <summary>A public place name such as a state capital; never a terminal, crew or site.</summary>
public sealed record OutlinePoint(string Name, Place Place, double Longitude, double Latitude);
