using System.CommandLine;
using Blaze.Storage.Cli.Commands.Help;
using Blaze.Storage.Cli.Commands.Jobs;
using Blaze.Storage.Cli.Output;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Cli.Commands.Files;

/// <summary><c>blaze ls</c>: the resources behind locations, in any store.</summary>
internal static class LsCommand
{
    private const string Lesson =
        """
        Examples:
          blaze ls .                               all files below this directory
          blaze ls 's3://bucket/logs/**/*.gz'      what a quoted glob matches
          blaze ls --versions s3://bucket/a.bin    with the version a question would read
          blaze ls --json hdfs://name:9870/data | jq .length

          A location is a path, a URI, a directory or prefix (everything below it, at any
          depth) or a quoted glob of * ? [a-z] and ** for any number of directories. Lines
          come in the order of the names' bytes, while the store is still being listed.

        JSON, one object per line: uri, length in bytes, version.

        """;

    public static Command Create(CommandServices services)
    {
        var locations = new Argument<string[]>("URI") { Description = "Files, directories, globs or URIs.", Arity = ArgumentArity.OneOrMore };
        var versions = new Option<bool>("--versions") { Description = "Show the version of each file as its store names it." };
        var command = new TaughtCommand("ls", "List files and objects with their lengths.", Lesson) { locations, versions };
        var json = JsonOption.AddTo(command);
        CheckedAction.Set(command, services, async (parsed, cancellationToken) =>
        {
            using var lines = new ResourceLines(services.Terminal.Results, parsed.GetValue(json), parsed.GetValue(versions));
            var code = await ListAsync(services, parsed.GetValue(locations) ?? [], lines, parsed.GetValue<bool>("--verbose"), cancellationToken);
            if (services.Terminal.Console is not null && !parsed.GetValue(json))
                await services.Terminal.Error.WriteLineAsync($"blaze: {lines.Count} {(lines.Count == 1 ? "file" : "files")}, {Units.Bytes(lines.Bytes)}");
            return code;
        });
        return command;
    }

    // A location that cannot be listed is told, and those after it are listed all the same.
    private static async Task<int> ListAsync(CommandServices services, string[] locations, ResourceLines lines, bool verbose, CancellationToken cancellationToken)
    {
        var sources = locations.Select(text => Locations.Parse(text, services.CurrentDirectory)).ToArray();
        var code = ExitCodes.Done;
        foreach (var source in sources)
        {
            try
            {
                await ListAsync(services.Expand(source, cancellationToken), lines);
            }
            catch (ObjectStoreException failure)
            {
                await services.Terminal.Error.WriteLineAsync(verbose ? failure.ToString() : Sentence.Of(failure.Message));
                code = ExitCodes.Failed;
            }
        }

        return code;
    }

    private static async Task ListAsync(IAsyncEnumerable<ResourceInfo> resources, ResourceLines lines)
    {
        await using var listing = resources.GetAsyncEnumerator();
        try
        {
            while (true)
            {
                var next = listing.MoveNextAsync();

                // Nobody waits for the store without having seen what it gave already.
                if (!next.IsCompleted)
                    lines.Flush();
                if (!await next)
                    return;
                lines.Add(listing.Current);
            }
        }
        finally
        {
            lines.Flush();
        }
    }
}
