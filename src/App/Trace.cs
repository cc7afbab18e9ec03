namespace Breakwater.App;

/// <summary>How something broke, for whoever mends it: on standard error, and only when the operator asks for it.</summary>
internal static class Trace
{
    public const string Variable = "BREAKWATER_TRACE";

    public static void Of(Exception fault)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not null)
        {
            Console.Error.WriteLine(fault);
        }
    }
}
