using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Blaze.Storage.Center;

namespace Blaze.Storage.SystemTests.Samples;

/// <summary>Programs of this repository, as processes of their own.</summary>
internal static class BlazeCommand
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    /// <summary>Runs <c>blaze</c> with the center's address in the environment.</summary>
    public static Task<(int Code, string Output, string Error)> RunAsync(CenterAddress address, params string[] arguments) =>
        RunAsync("blaze.dll", address, "", arguments);

    /// <summary>Runs <c>blaze</c> with further variables in the environment.</summary>
    public static Task<(int Code, string Output, string Error)> RunAsync(CenterAddress address, (string Name, string Value)[] environment, params string[] arguments) =>
        RunAsync("blaze.dll", arguments, [.. Of(address, ""), .. environment]);

    /// <summary>Runs a program beside the tests with the center's address and the cluster's key in the environment.</summary>
    public static Task<(int Code, string Output, string Error)> RunAsync(string program, CenterAddress address, string key, params string[] arguments) =>
        RunAsync(program, arguments, Of(address, key));

    /// <summary>Runs <c>blaze</c> and tells each line it writes about errors as it comes.</summary>
    public static Task<(int Code, string Output, string Error)> RunAsync(CenterAddress address, Action<string> onError, params string[] arguments) =>
        RunAsync("blaze.dll", arguments, Of(address, ""), onError);

    /// <summary>Runs a program beside the tests with these variables in the environment.</summary>
    public static async Task<(int Code, string Output, string Error)> RunAsync(string program, string[] arguments, (string Name, string Value)[] environment, Action<string>? onError = null)
    {
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));
        // The tests' own frameworks: what one of them brings along is not beside the program here.
        var frameworks = Path.Combine(AppContext.BaseDirectory, typeof(BlazeCommand).Assembly.GetName().Name + ".runtimeconfig.json");
        var start = new ProcessStartInfo(dotnet, ["exec", "--runtimeconfig", frameworks, Path.Combine(AppContext.BaseDirectory, program), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(Deadline);
        await using var kill = deadline.Token.Register(() => process.Kill(entireProcessTree: true));
        var (output, error) = (process.StandardOutput.ReadToEndAsync(CancellationToken.None), ReadAsync(process.StandardError, onError));
        await process.WaitForExitAsync(CancellationToken.None);
        return (process.ExitCode, await output, await error);
    }

    private static async Task<string> ReadAsync(StreamReader lines, Action<string>? onLine)
    {
        var all = new StringBuilder();
        while (await lines.ReadLineAsync() is { } line)
        {
            all.Append(line).Append('\n');
            onLine?.Invoke(line);
        }

        return all.ToString();
    }

    private static (string Name, string Value)[] Of(CenterAddress address, string key) => [("BLAZE_CENTER", address.ToUriWithPassword()), ("BLAZE_CLUSTER_KEY", key)];
}
