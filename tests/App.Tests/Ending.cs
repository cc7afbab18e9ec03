using Microsoft.AspNetCore.Builder;

namespace Breakwater.App.Tests;

internal static class Ending
{
    /// <summary>Waits for the loops of a server before it is disposed: disposal alone leaves them writing.</summary>
    public static async Task End(this WebApplication server)
    {
        await server.StopAsync();
        await server.DisposeAsync();
    }
}
