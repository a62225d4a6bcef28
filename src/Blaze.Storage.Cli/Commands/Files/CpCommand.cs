using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Blaze.Storage.Cli.Commands.Files.Copying;
using Blaze.Storage.Cli.Commands.Help;
using Blaze.Storage.Cli.Commands.Jobs;

namespace Blaze.Storage.Cli.Commands.Files;

/// <summary><c>blaze cp</c>: copies files within and between stores.</summary>
internal static class CpCommand
{
    private const int DefaultParallel = 4;
    private const int MostParallel = 64;

    // The parser knows no larger number.
    private const int MostLocations = 100_000;

    private const string Lesson =
        """
        Examples:
          blaze cp big.bin s3://bucket/big.bin           one file to a name
          blaze cp s3://bucket/logs/ /data/logs/         all below a prefix, names kept
          blaze cp 's3://bucket/**/*.npy' hdfs://nn:9870/arrays/
          blaze cp --resumable huge.img s3://bucket/     after a failure: the same again

          A target that ends with a slash, or is a directory already, keeps the names of
          what is copied into it, relative to the directory or the fixed part of the glob.
          A file is copied all or nothing, and as it was when the copy began: one that
          changes meanwhile is an error. What is already there is an error, unless
          --overwrite replaces it or --skip-existing finds the same length.

          Files above 16 MiB go in parts, --parallel of them at a time; that many parts are
          all the memory it takes. With --resumable the parts of a copy that failed, or was
          stopped, stay at the target, out of sight, and the same command goes on with
          them within 7 days; how far it came is noted in $XDG_STATE_HOME/blaze/copies, else
          ~/.local/state/blaze/copies.

        JSON:
          files, skipped, failed, bytes, resumed (bytes that were there from before), seconds.

        """;

    public static Command Create(CommandServices services)
    {
        var locations = new Argument<string[]>("SOURCE... TARGET") { Description = "Files, directories, globs or URIs; then where they go.", Arity = new ArgumentArity(2, MostLocations) };
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace what is already there." };
        var skip = new Option<bool>("--skip-existing") { Description = "Leave out files that are there with the same length." };
        var resumable = new Option<bool>("--resumable") { Description = "Go on where the same copy ended early, and leave its parts if this one does." };
        var parallel = new Option<int>("--parallel") { Description = "How many parts are under way at a time (default 4).", DefaultValueFactory = _ => DefaultParallel, HelpName = "N" };
        parallel.Validators.Add(CheckParallel);
        var command = new TaughtCommand("cp", "Copy files within and between stores.", Lesson) { locations, overwrite, skip, resumable, parallel };
        var json = JsonOption.AddTo(command);
        CheckedAction.Set(command, services, async (parsed, cancellationToken) =>
        {
            var options = new CopyOptions(
                parsed.GetValue(overwrite),
                parsed.GetValue(skip),
                parsed.GetValue(parallel),
                parsed.GetValue(resumable) ? new CopyJournals(services.CopiesFolder, services.Time) : null,
                parsed.GetValue<bool>("--verbose"));
            return await CopyAsync(services, parsed.GetValue(locations) ?? [], options, parsed.GetValue(json), cancellationToken);
        });
        return command;
    }

    private static void CheckParallel(OptionResult result)
    {
        if (result.Tokens is [{ Value: var text }, ..] && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > MostParallel))
            result.AddError($"--parallel takes a number from 1 to {MostParallel}.");
    }

    private static async Task<int> CopyAsync(CommandServices services, string[] locations, CopyOptions options, bool json, CancellationToken cancellationToken)
    {
        var sources = locations[..^1].Select(text => Locations.Parse(text, services.CurrentDirectory)).ToArray();
        var target = await CopyTarget.ResolveAsync(locations[^1], services, cancellationToken);
        options.Journals?.DropOld();
        var start = services.Time.GetTimestamp();
        var totals = new CopyTotals();
        await new CopyProgress(totals, services.Terminal, services.Time).FollowAsync(new Copier(services, options, totals).RunAsync(sources, target, cancellationToken));
        var time = services.Time.GetElapsedTime(start);
        if (json)
        {
            JobLines.Write(services.Terminal.Results, writer => totals.Write(writer, time));
        }
        else
        {
            await using var text = services.Terminal.OpenText();
            await text.WriteLineAsync(totals.Text(time));
        }

        return totals.Failed == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }
}
