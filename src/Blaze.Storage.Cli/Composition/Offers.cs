using Blaze.Storage.Cli.Cluster;
using Blaze.Storage.Cli.Commands.Clusters;
using Blaze.Storage.Cli.Composition.Settings;
using Blaze.Storage.Client.Functions;
using Blaze.Storage.Worker;
using Blaze.Storage.Worker.Functions;

namespace Blaze.Storage.Cli.Composition;

/// <summary>What a worker process offers to those who call functions.</summary>
internal static class Offers
{
    /// <summary>The settings with operations, tags, resources, and shipped code where it is allowed.</summary>
    /// <param name="options">The other settings.</param>
    /// <param name="choice">What it offers.</param>
    /// <exception cref="Core.BlazeException">A package cannot be used, or the cluster key is missing or none.</exception>
    public static WorkerOptions AddTo(WorkerOptions options, OfferChoice choice)
    {
        var operations = new OperationRegistry();
        foreach (var folder in choice.Packages)
            operations.AddPackage(folder);
        var known = ClusterKeyVariable.Read();
        options = options with { Operations = operations, Tags = choice.Tags, Resources = choice.Resources ?? WorkerSettings.OfProcess().Resources, Code = new FunctionLoaderOptions { Key = known } };
        if (!choice.AllowsCode)
            return options;
        var key = known
            ?? throw new ClusterException($"--allow-code needs the cluster key that clients sign with: set {ClusterKeyVariable.Name} or {ClusterKeyVariable.FileName}, for example to what `openssl rand -hex 32` prints.");
        return options with { Code = new FunctionLoaderOptions { AllowCode = true, Key = key }, Capture = new CallCapture(key) };
    }
}
