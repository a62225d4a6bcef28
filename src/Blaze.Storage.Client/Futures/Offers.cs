using Blaze.Storage.Core.Calls;
using Blaze.Storage.Core.Resources;

namespace Blaze.Storage.Client.Futures;

/// <summary>Says why no worker could take a call.</summary>
internal static class Offers
{
    /// <summary>A sentence that names what nobody offers, and the most that somebody does; null where some worker could take the call.</summary>
    /// <param name="operation">The operation it calls; null for shipped code.</param>
    /// <param name="resources">What it takes.</param>
    /// <param name="workers">All workers.</param>
    public static string? Missing(string? operation, ResourceAmounts resources, IReadOnlyList<WorkerInfo> workers)
    {
        var who = "no worker";
        if (operation is not null && !CommonOperation.Names.Contains(operation))
        {
            workers = [.. workers.Where(worker => worker.Operations.Contains(operation))];
            if (workers.Count == 0)
                return $"no worker offers the operation '{operation}'";
            who = $"no worker with the operation '{operation}'";
        }

        if (resources.IsNone || workers.Any(worker => resources.FitsInto(worker.Resources)))
            return null;
        foreach (var (name, amount) in resources.Items)
        {
            var most = workers.Select(worker => worker.Resources[name]).DefaultIfEmpty().Max();
            if (most < amount)
                return $"{who} offers {ResourceText.Of(name, amount)}: {(most == 0 ? $"none has any {name}" : $"the most one has is {ResourceText.Of(name, most)}")}";
        }

        return $"{who} offers {resources} together";
    }
}
