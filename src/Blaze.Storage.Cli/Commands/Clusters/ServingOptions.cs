using System.CommandLine;
using System.Globalization;

namespace Blaze.Storage.Cli.Commands.Clusters;

/// <summary>The options of <c>blaze up</c> about the REST endpoint.</summary>
internal sealed class ServingOptions
{
    private readonly Option<string?> _port = new("--api-port")
    {
        Description = "The port of 127.0.0.1 at which REST is served; 0 takes any that is free. Default: 8642, unless it is taken.",
        HelpName = "PORT",
    };

    private readonly Option<bool> _left = new("--no-api") { Description = "Serve no REST endpoint." };

    private ServingOptions()
    {
    }

    public static ServingOptions AddTo(Command command)
    {
        var options = new ServingOptions();
        options._port.Validators.Add(result =>
        {
            if (!ushort.TryParse(result.GetValueOrDefault<string>(), NumberStyles.None, CultureInfo.InvariantCulture, out _))
                result.AddError($"--api-port takes a number from 0 to 65535, not '{result.GetValueOrDefault<string>()}'.");
        });
        command.Options.Add(options._port);
        command.Options.Add(options._left);
        return options;
    }

    /// <summary>What a command line chose.</summary>
    public ServingChoice Read(ParseResult parsed) => new(
        !parsed.GetValue(_left), parsed.GetValue(_port) is { } port ? int.Parse(port, CultureInfo.InvariantCulture) : null);
}

/// <summary>Whether and where a cluster serves REST.</summary>
/// <param name="Serve">Whether it does.</param>
/// <param name="Port">The port; null for the usual one, if it is free.</param>
internal sealed record ServingChoice(bool Serve, int? Port)
{
    /// <summary>The words that make the same choice on another command line.</summary>
    public IEnumerable<string> ToArguments() => (Serve, Port) switch
    {
        (false, _) => ["--no-api"],
        (_, { } port) => ["--api-port", port.ToString(CultureInfo.InvariantCulture)],
        _ => [],
    };
}
