using System.CommandLine;
using System.CommandLine.Parsing;
using Blaze.Storage.Cli.Commands.Parsing;
using Blaze.Storage.Core;
using Blaze.Storage.Core.Formats;
using Blaze.Storage.Core.ObjectStores.Sources;

namespace Blaze.Storage.Cli.Commands.Clusters;

/// <summary>The options about what workers keep, the same for every command that has or starts one.</summary>
internal sealed class CacheOptions
{
    /// <summary>The option of the durable cache.</summary>
    public const string Cache = "--cache";

    /// <summary>The option that leaves it out.</summary>
    public const string NoCache = "--no-cache";

    /// <summary>The option of the cache of blocks.</summary>
    public const string BlockCache = "--block-cache";

    private const long LeastBlocks = 64 << 20;

    private readonly Option<string?> _cache = new(Cache)
    {
        Description = "Where results are kept between runs: a folder, s3://bucket/prefix or hdfs://host/folder. Default: $XDG_CACHE_HOME/blaze, else ~/.cache/blaze. A running cluster's workers keep to their own.",
        HelpName = "PLACE",
    };

    private readonly Option<bool> _noCache = new(NoCache)
    {
        Description = "Neither look results up in the durable cache nor write them there.",
    };

    private readonly Option<string?> _blockCache = new(BlockCache)
    {
        Description = "Keep up to so many bytes of what is read from other hosts on this machine's disk, for the next question: 512Mi, 20Gi. Default: nothing.",
        HelpName = "SIZE",
    };

    private CacheOptions()
    {
    }

    /// <summary>Adds the options to a command.</summary>
    public static CacheOptions AddTo(Command command)
    {
        var options = new CacheOptions();
        options._blockCache.Validators.Add(CheckBlocks);
        command.Options.Add(options._cache);
        command.Options.Add(options._noCache);
        command.Options.Add(options._blockCache);
        return options;
    }

    /// <summary>What a command line chose.</summary>
    /// <exception cref="UsageException">It chose what excludes each other, or no place.</exception>
    public CacheChoice Read(ParseResult parsed)
    {
        var choice = new CacheChoice(
            parsed.GetValue(_cache),
            parsed.GetValue(_noCache),
            parsed.GetValue(_blockCache) is { } text && ByteCount.TryParse(text, out var bytes, out _) ? bytes : null);
        if (choice is { Place: not null, LeftOut: true })
            throw new UsageException($"{Cache} and {NoCache} exclude each other; give one of them.");
        if (choice.Place is { } place)
            CheckPlace(place);
        return choice;
    }

    private static void CheckPlace(string place)
    {
        if (string.IsNullOrWhiteSpace(place))
            throw new UsageException($"{Cache} needs a folder or a location.");
        try
        {
            SourcePattern.Parse(place, "/");
        }
        catch (BlazeException failure)
        {
            throw new UsageException($"{Cache} takes a folder or a location: {failure.Message}", failure);
        }
    }

    private static void CheckBlocks(OptionResult result)
    {
        var text = result.GetValueOrDefault<string>() ?? "";
        if (!ByteCount.TryParse(text, out var bytes, out var problem))
            result.AddError($"{BlockCache} takes a number of bytes such as 512Mi, and '{text}' {problem}.");
        else if (bytes < LeastBlocks)
            result.AddError($"{BlockCache} {text} is too small to be of use; give it at least 64Mi.");
    }
}
