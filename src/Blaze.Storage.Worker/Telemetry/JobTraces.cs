using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Blaze.Storage.Center;
using Blaze.Storage.Core.Telemetry;

namespace Blaze.Storage.Worker.Telemetry;

/// <summary>
/// The traces that jobs were submitted in: asked for once for each job, and only by a worker whose traces somebody wants. So tasks
/// carry nothing for it.
/// </summary>
internal sealed class JobTraces(CenterConnection center)
{
    private const int MostKept = 1_000;
    private readonly ConcurrentDictionary<string, ActivityContext> _known = new(StringComparer.Ordinal);

    /// <summary>The context a job's tasks belong to; none where the job was not traced, or the center is away.</summary>
    public async Task<ActivityContext> OfAsync(string job, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(job, out var known))
            return known;
        try
        {
            var record = await center.Jobs.GetAsync(job, cancellationToken);
            var context = record is null ? default : TraceContext.Find(Encoding.UTF8.GetBytes(record.Spec));
            if (_known.Count >= MostKept)
                _known.Clear();
            return _known[job] = context;
        }
        catch (CenterException)
        {
            // The task runs all the same; the next one of this job asks again.
            return default;
        }
    }
}
