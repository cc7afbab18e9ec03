namespace Breakwater.Publications;

/// <summary>The small signs beside the words of a legend: the same shapes and hatches as in the drawings.</summary>
internal static class Legend
{
    public static string Sign(string sign) =>
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 16\" width=\"24\" height=\"16\" aria-hidden=\"true\">{Shape(sign)}</svg>";

    private static string Shape(string sign) =>
        sign switch
        {
            "disc" =>
                "<circle cx=\"12\" cy=\"8\" r=\"7\" class=\"most\"/><circle cx=\"12\" cy=\"8\" r=\"4\" class=\"fewest\"/>",
            "diamond" =>
                "<path d=\"M12 1L19 8L12 15L5 8Z\" class=\"unknown\"/><text x=\"12\" y=\"11.5\" text-anchor=\"middle\" class=\"mark\">?</text>",
            "circle" => "<circle cx=\"12\" cy=\"8\" r=\"3\" class=\"no-need\"/>",
            "gap" =>
                "<rect x=\"1\" y=\"1\" width=\"22\" height=\"14\" class=\"frame\"/><path d=\"M1 8L8 1M1 15L15 1M8 15L22 1M15 15L23 7\" class=\"hatch-gap\"/>",
            "onset" =>
                "<rect x=\"1\" y=\"1\" width=\"22\" height=\"14\" class=\"edge\"/><path d=\"M4 1V15M8 1V15M12 1V15M16 1V15M20 1V15\" class=\"hatch-onset\"/>",
            "end" =>
                "<rect x=\"1\" y=\"1\" width=\"22\" height=\"14\" class=\"edge\"/><path d=\"M1 4H23M1 8H23M1 12H23\" class=\"hatch-end\"/>",
            "return" =>
                "<path d=\"M12 1V15\" class=\"return\"/><path d=\"M6 1H18L12 10Z\" class=\"return-mark\"/>",
            _ => "",
        };
}
