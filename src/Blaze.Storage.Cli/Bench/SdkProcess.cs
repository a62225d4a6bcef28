using System.Globalization;
using Blaze.Storage.Cli.Cluster;
using Blaze.Storage.Core;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Cli.Bench;

/// <summary>
/// The store's SDK in a process of its own, with the runtime's defaults instead of this program's settings: a plain program that
/// reads the resource and does nothing with the bytes.
/// </summary>
/// <param name="info">What it reads.</param>
/// <param name="readSize">The bytes of one request.</param>
/// <param name="loops">How many requests are under way at once.</param>
internal sealed class SdkProcess(ResourceInfo info, int readSize, int loops)
{
    /// <summary>Reads the resource once to warm up and once more for the time it takes, in seconds.</summary>
    public async Task<double> MeasureAsync(CancellationToken cancellationToken)
    {
        string[] numbers = [.. new[] { info.Length, readSize, loops }.Select(number => number.ToString(CultureInfo.InvariantCulture))];
        var command = ProgramPath.Self(["bench", BenchSdkCommand.Name, info.Uri.ToString(), .. numbers]) with { Environment = PlainRuntime };
        var output = new LastLines(1);
        await using var child = ChildProcess.Start(command, output.Add);
        var code = await child.Exited.WaitAsync(cancellationToken);
        if (code != ExitCodes.Done || !double.TryParse(output.Last, CultureInfo.InvariantCulture, out var seconds))
            throw new BlazeException($"The SDK alone could not read {info.Uri.Display}: {output}.");
        return seconds;
    }

    // Undoes what this program's runtime settings change; numbers are hexadecimal.
    private static Dictionary<string, string> PlainRuntime => new()
    {
        ["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "46",
        ["DOTNET_TieredPGO"] = "1",
        ["DOTNET_gcConcurrent"] = "1",
        ["DOTNET_GCConserveMemory"] = "0",
    };
}
