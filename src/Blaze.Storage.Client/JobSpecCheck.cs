using Blaze.Storage.Core;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.Operations;
using Blaze.Storage.Core.Operations.Catalog;

namespace Blaze.Storage.Client;

/// <summary>Refuses questions that no worker could answer, before they reach one.</summary>
internal static class JobSpecCheck
{
    public static void Check(JobSpec spec, int priority)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var operation = Operation(spec);
        if (spec.Sources.Count == 0)
            throw new BlazeException($"The job {spec.Op} has no source: name at least one file, directory or pattern.");
        if (spec.Sources.Any(string.IsNullOrWhiteSpace))
            throw new BlazeException($"A source of the job {spec.Op} is empty: name a file, directory or pattern.");
        if (operation.InputCount == 2 && spec.Sources.Count != 2)
            throw new BlazeException($"{operation.Name} compares exactly two files, not {spec.Sources.Count}: name two.");
        CheckRange(spec);
        if (priority is < -100 or > 100)
            throw new BlazeException($"A priority of {priority} is not possible: use -100 to 100.");
    }

    private static void CheckRange(JobSpec spec)
    {
        if (spec.Start < 0 || spec.End < 0)
            throw new BlazeException($"The range {spec.Start}:{spec.End} is negative: offsets count from the beginning of a source.");
        if (spec.Start > spec.End)
            throw new BlazeException($"The range {spec.Start}:{spec.End} ends before it starts: give the smaller offset first.");
    }

    // Without a dtype the statistics take it from a .npy file's header, which only a worker reads; any type serves to check the rest.
    private static Operation Operation(JobSpec spec) =>
        spec.Op.Equals("STAT", StringComparison.OrdinalIgnoreCase) && !spec.Parameters.ContainsKey("dtype")
            ? OperationCatalog.Create(spec.Op, new Dictionary<string, string>(spec.Parameters) { ["dtype"] = "f8" })
            : OperationCatalog.Create(spec.Op, spec.Parameters);
}
