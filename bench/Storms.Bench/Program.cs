// Routing storms: accuracy on the SFU sets, and the speed of features from MRT.
//   dotnet run -c Release --project bench/Storms.Bench -- score SHARED-FOLDER
//   dotnet run -c Release --project bench/Storms.Bench -- speed FILE...
using System.Globalization;
using Breakwater.Bench.Accuracy;
using Breakwater.Bench.Storms;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["score", var shared]:
        StormTables.Print(StormScore.Run(shared));
        return 0;
    case ["grid", var shared]:
        StormTables.PrintGrid(shared);
        return 0;
    case ["speed", .. var files]:
        FeatureSpeed.Run(files);
        return 0;
    default:
        Console.Error.WriteLine("score SHARED-FOLDER, grid SHARED-FOLDER or speed FILE...");
        return 2;
}
