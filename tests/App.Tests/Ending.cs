using Microsoft.AspNetCore.Builder;

namespace Breakwater.App.Tests;

/// <summary>How a server of a test goes, and the folder after it.</summary>
internal static class Ending
{
    private const int TriesMax = 100;

    /// <summary>Waits for the loops of a server before it is disposed: disposal alone leaves them writing.</summary>
    public static async Task End(this WebApplication server)
    {
        await server.StopAsync();
        await server.DisposeAsync();
    }

    /// <summary>
    /// Removes the folder of a node that has ended. The keys of its forms are made in the background as it starts, and nothing waits
    /// for that when it ends at once; so a file may come while the folder goes.
    /// </summary>
    public static void Remove(string folder)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
                return;
            }
            catch (IOException) when (tries < TriesMax && Directory.Exists(folder))
            {
                Thread.Sleep(50);
            }
            catch (DirectoryNotFoundException)
            {
                return;
            }
        }
    }
}
