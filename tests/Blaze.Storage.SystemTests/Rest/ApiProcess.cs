using System.Diagnostics;
using System.Runtime.InteropServices;
using Blaze.Storage.Center;

namespace Blaze.Storage.SystemTests.Rest;

/// <summary>The REST endpoint as users run it: <c>blaze api</c>, a process of its own. Killed when disposed.</summary>
internal sealed class ApiProcess : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);
    private readonly Process _process;

    private ApiProcess(Process process, Uri address)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = address };
    }

    /// <summary>Asks it.</summary>
    public HttpClient Client { get; }

    /// <param name="address">The center.</param>
    /// <param name="folder">Where the files lie that jobs may read.</param>
    /// <param name="environment">Further variables of its environment.</param>
    public static async Task<ApiProcess> StartAsync(CenterAddress address, string folder, IEnumerable<(string Name, string Value)>? environment = null)
    {
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));
        // The tests' own frameworks: what one of them brings along is not beside the program here.
        var frameworks = Path.Combine(AppContext.BaseDirectory, typeof(ApiProcess).Assembly.GetName().Name + ".runtimeconfig.json");
        var start = new ProcessStartInfo(
            dotnet, ["exec", "--runtimeconfig", frameworks, Path.Combine(AppContext.BaseDirectory, "blaze.dll"), "api", "--listen", "http://127.0.0.1:0", "--files", folder, "--no-cache"])
        {
            RedirectStandardError = true,
        };
        start.Environment["BLAZE_CENTER"] = address.ToUriWithPassword();
        foreach (var (name, value) in environment ?? [])
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        var serving = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data?.Split([" at ", ";"], StringSplitOptions.None) is [_, var url, ..] && Uri.TryCreate(url, UriKind.Absolute, out var found))
                serving.TrySetResult(found);
            else if (line.Data is null)
                serving.TrySetException(new InvalidOperationException("The endpoint ended before it served."));
        };
        process.BeginErrorReadLine();
        return new ApiProcess(process, await serving.Task.WaitAsync(Deadline));
    }

    /// <summary>Ends it as a power cut would.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Client.Dispose();
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }
}
