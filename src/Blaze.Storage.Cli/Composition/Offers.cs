using Blaze.Storage.Cli.Cluster;
using Blaze.Storage.Client.Functions;
using Blaze.Storage.Worker;
using Blaze.Storage.Worker.Functions;

namespace Blaze.Storage.Cli.Composition;

/// <summary>What a worker process offers to those who call functions.</summary>
internal static class Offers
{
    /// <summary>The settings with operations, tags, and shipped code where it is allowed.</summary>
    /// <param name="options">The other settings.</param>
    /// <param name="packages">Folders of op packages.</param>
    /// <param name="tags">What the worker has.</param>
    /// <param name="allowCode">Whether shipped code runs.</param>
    /// <exception cref="Core.BlazeException">A package cannot be used, or the cluster key is missing or none.</exception>
    public static WorkerOptions AddTo(WorkerOptions options, IReadOnlyList<string> packages, IReadOnlyList<string> tags, bool allowCode)
    {
        var operations = new OperationRegistry();
        foreach (var folder in packages)
            operations.AddPackage(folder);
        var known = ClusterKeyVariable.Read();
        options = options with { Operations = operations, Tags = tags, Code = new FunctionLoaderOptions { Key = known } };
        if (!allowCode)
            return options;
        var key = known
            ?? throw new ClusterException($"--allow-code needs the cluster key that clients sign with: set {ClusterKeyVariable.Name} or {ClusterKeyVariable.FileName}, for example to what `openssl rand -hex 32` prints.");
        return options with { Code = new FunctionLoaderOptions { AllowCode = true, Key = key }, Capture = new CallCapture(key) };
    }
}
