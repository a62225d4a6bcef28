using System.CommandLine;
using System.Globalization;
using Blaze.Storage.Adapters.S3.Comparison;
using Blaze.Storage.Cli.Composition.Settings;
using Blaze.Storage.Cli.Output;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Cli.Bench;

/// <summary>What <see cref="SdkProcess"/> starts: reads an object twice with the SDK alone and prints the second time in seconds.</summary>
internal static class BenchSdkCommand
{
    public const string Name = "sdk";

    public static Command Create(Terminal terminal)
    {
        var uri = new Argument<string>("uri");
        var length = new Argument<long>("length");
        var readSize = new Argument<int>("read-size");
        var loops = new Argument<int>("loops");
        var command = new Command(Name, "Read an object with the SDK alone.") { uri, length, readSize, loops };
        command.Hidden = true;
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var sdk = new SdkDownload(StoreSettings.OfProcess().S3);
            Task ReadAsync() => sdk.RunAsync(
                ResourceUri.Parse(parsed.GetRequiredValue(uri)), parsed.GetValue(length), parsed.GetValue(readSize), parsed.GetValue(loops), cancellationToken);
            await ReadAsync();
            var seconds = await Clock.SecondsAsync(ReadAsync);
            using var text = terminal.OpenText();
            text.WriteLine(seconds.ToString(CultureInfo.InvariantCulture));
            return ExitCodes.Done;
        });
        return command;
    }
}
