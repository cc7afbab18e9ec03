// Speed of the norms engine. The toolchain runs in this process: the repository's build settings fit no generated project.
//   dotnet run -c Release --project bench/Norms.Bench -- --filter '*'
//   dotnet run -c Release --project bench/Norms.Bench -- percentiles
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Breakwater.Bench.Norms;

if (args is ["percentiles"])
{
    Percentiles.Run();
    return;
}

BenchmarkSwitcher
    .FromAssembly(typeof(Program).Assembly)
    .Run(
        args,
        DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    );
