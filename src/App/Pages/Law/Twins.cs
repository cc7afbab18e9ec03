using Breakwater.Feeds.Law;

namespace Breakwater.App.Pages.Law;

/// <summary>How many made-up cases try each rule of the pack that comes with the executable, counted once.</summary>
internal static class Twins
{
    private static readonly Lazy<Dictionary<string, int>> _counts = new(() =>
        CasesReader
            .Twins(Path.Combine(LawPackReader.Folder, LawPackReader.Default), LawAtHand.Read.Pack!)
            .Cases.SelectMany(twin => twin.Expected.Select(expected => expected.Rule).Distinct())
            .CountBy(rule => rule)
            .ToDictionary(StringComparer.Ordinal)
    );

    public static int Of(string rule) => _counts.Value.GetValueOrDefault(rule);
}
