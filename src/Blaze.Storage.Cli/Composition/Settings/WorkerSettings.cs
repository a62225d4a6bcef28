using Blaze.Storage.Core;
using Blaze.Storage.Core.Resources;

namespace Blaze.Storage.Cli.Composition.Settings;

/// <summary>What the environment and the options file say of the workers of this machine.</summary>
/// <param name="Resources">What they have for calls that take of it; see <see cref="ResourceText"/>.</param>
internal sealed record WorkerSettings(ResourceAmounts Resources)
{
    private const string Variable = "BLAZE_RESOURCES";

    /// <summary>Reads the settings of this process.</summary>
    /// <exception cref="BlazeException">There is a mistake; the message says which.</exception>
    public static WorkerSettings OfProcess() => Read(Environment.GetEnvironmentVariable);

    /// <inheritdoc cref="OfProcess"/>
    /// <param name="variable">The environment.</param>
    internal static WorkerSettings Read(Func<string, string?> variable)
    {
        var reader = new SettingsReader(variable);
        var text = reader.Text(OptionsFile.Read(variable).Worker?.Resources, Variable);
        if (!ResourceText.TryParse(text ?? "", out var resources, out var problem))
            reader.Mistake($"{Variable} (in the options file: worker.resources) is '{text}': {problem}.");
        reader.ThrowIfMistaken();
        return new WorkerSettings(resources!);
    }
}
