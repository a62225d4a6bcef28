using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Blaze.Storage.Center;
using Blaze.Storage.Cli.Commands.Parsing;
using Blaze.Storage.Core;

namespace Blaze.Storage.Cli.Commands.Clusters;

/// <summary>The options that choose a cluster, the same for every command that has them.</summary>
internal sealed class ClusterOptions
{
    private const int MostSlots = 1024;

    private readonly Option<string?> _center = new("--center")
    {
        Description = "The center to use: redis://[:password@]host:port/namespace, or rediss:// for TLS. Default: BLAZE_CENTER, the file BLAZE_CENTER_FILE names, then the cluster started by `blaze up`.",
        HelpName = "URI",
    };

    private readonly Option<string?> _slots = new("--slots")
    {
        Description = "How many tasks this process's worker computes at once. Default: one for each processor.",
        HelpName = "N",
    };

    private CacheOptions? _caches;

    private ClusterOptions()
    {
    }

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="mayEmbed">Whether the command starts an embedded cluster where none is found.</param>
    public static ClusterOptions AddTo(Command command, bool mayEmbed)
    {
        var options = new ClusterOptions();
        options._center.Validators.Add(CheckCenter);
        options._slots.Validators.Add(CheckSlots);
        command.Options.Add(options._center);
        if (!mayEmbed)
            return options;
        options._caches = CacheOptions.AddTo(command);
        command.Options.Add(options._slots);
        return options;
    }

    /// <summary>What a command line chose.</summary>
    /// <exception cref="UsageException">It chose what excludes each other.</exception>
    public ClusterChoice Read(ParseResult parsed)
    {
        var center = parsed.GetValue(_center);
        if (_caches is null)
            return new ClusterChoice(center, new CacheChoice(), null, MayEmbed: false);
        var slots = parsed.GetValue(_slots) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : (int?)null;
        return new ClusterChoice(center, _caches.Read(parsed), slots, MayEmbed: true);
    }

    private static void CheckCenter(OptionResult result)
    {
        try
        {
            CenterAddress.Parse(result.GetValueOrDefault<string>() ?? "");
        }
        catch (BlazeException failure)
        {
            result.AddError(failure.Message);
        }
    }

    private static void CheckSlots(OptionResult result)
    {
        var text = result.GetValueOrDefault<string>();
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var slots) || slots is < 1 or > MostSlots)
            result.AddError($"'{text}' slots are not possible; --slots takes a whole number from 1 to {MostSlots}.");
    }
}
