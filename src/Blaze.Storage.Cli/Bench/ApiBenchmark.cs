using System.Globalization;
using System.Text;
using Blaze.Storage.Center;
using Blaze.Storage.Cli.Cluster;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Cli.Bench;

/// <summary>Measures REST: processes of their own for center, worker and server, and the clients here.</summary>
internal sealed class ApiBenchmark : IDisposable
{
    private const int SteadyRate = 2_000;
    private const int MostSteady = 10 * SteadyRate;
    private const int Streams = 1000;
    private const int FirstStreams = 100;

    // Programs are translated while they run, the parts that run often a second time: what is measured is what they are after that.
    private const int WarmUp = 10_000;

    private const int FileBytes = 4096;

    // After which shares of the jobs memory is looked at.
    private static readonly double[] Shares = [0.1, 0.5, 1];

    private readonly HttpClient _http;
    private readonly CenterAddress _center;
    private readonly int _server;
    private readonly string _source;
    private readonly CancellationToken _cancellationToken;

    private ApiBenchmark(Uri address, CenterAddress center, int server, string source, CancellationToken cancellationToken)
    {
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = FirstStreams + Streams }) { BaseAddress = address };
        (_center, _server, _source, _cancellationToken) = (center, server, source, cancellationToken);
    }

    public static async Task<ApiReport> RunAsync(int jobs, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("blaze-bench-api-");
        try
        {
            var file = Path.Combine(folder.FullName, "file");
            var bytes = new byte[FileBytes];
            new Random(1).NextBytes(bytes);
            await File.WriteAllBytesAsync(file, bytes, cancellationToken);
            await using var center = await EmbeddedCenter.StartAsync(TasksBenchmark.Server(), TimeProvider.System, cancellationToken);
            var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
            var serve = ProgramPath.Self("api", "--listen", "http://127.0.0.1:0", "--no-cache", "--files", folder.FullName).InCluster(center.Address);
            await using var server = ChildProcess.Start(serve, line => Note(line, address));
            var ended = server.Exited;
            if (await Task.WhenAny(address.Task, ended).WaitAsync(cancellationToken) == ended)
                throw new ClusterException($"The server ended with exit code {await ended}.");
            using var benchmark = new ApiBenchmark(await address.Task, center.Address, ChildOf(server.GuardId), ResourceUri.FromLocalPath(file).ToString(), cancellationToken);
            // Without a worker a job goes on for as long as anybody listens.
            var perStream = await benchmark.StreamsAsync();
            await using var worker = ChildProcess.Start(ProgramPath.Worker(2, "--no-cache").InCluster(center.Address), static _ => { });
            return await benchmark.MeasureAsync(jobs, perStream);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public void Dispose() => _http.Dispose();

    private static void Note(string line, TaskCompletionSource<Uri> address)
    {
        var at = line.IndexOf("http://", StringComparison.Ordinal);
        if (at >= 0 && Uri.TryCreate(line[at..].Split(' ', ';', ',')[0], UriKind.Absolute, out var found))
            address.TrySetResult(found);
    }

    private static int ChildOf(int process) => int.Parse(
        File.ReadAllText($"/proc/{process}/task/{process}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture);

    private async Task<ApiReport> MeasureAsync(int jobs, double perStream)
    {
        using var clients = new ApiClients(_http.BaseAddress!, _source, _cancellationToken);
        await clients.AskAsFastAsPossibleAsync(WarmUp);
        var steady = await clients.AskSteadilyAsync(Math.Clamp(jobs, ApiClients.Count, MostSteady), SteadyRate);
        var fast = new List<double>(jobs);
        var memory = new List<ApiMemory>();
        var seconds = 0.0;
        foreach (var share in Shares)
        {
            var leg = (int)(share * jobs) - fast.Count;
            seconds += await Clock.SecondsAsync(async () => fast.AddRange(await clients.AskAsFastAsPossibleAsync(leg)));
            memory.Add(await MemoryAsync(fast.Count));
        }

        steady.Sort();
        fast.Sort();
        return new ApiReport(
            SteadyRate, At(steady, 0.5), At(steady, 0.99), Math.Round(jobs / seconds), At(fast, 0.5), At(fast, 0.99),
            memory, memory[^1].ServerMb, Streams, Math.Round(perStream / 1024, 1));
    }

    private async Task<ApiMemory> MemoryAsync(int jobs) => new(
        jobs, Megabytes(ProcessMemory.Now(_server)), Megabytes(await CenterProbe.UsedMemoryAsync(_center.Port, _center.Password!, _cancellationToken)));

    private async Task<double> StreamsAsync()
    {
        using var body = new StringContent($$"""{"op":"HIST","sources":["{{_source}}"]}""", Encoding.UTF8, "application/json");
        using var job = await _http.PostAsync("/v1/jobs", body, _cancellationToken);
        // What the server makes once, for the first of them, belongs to none.
        await OpenAsync(job.Headers.Location, FirstStreams);
        return await OpenAsync(job.Headers.Location, Streams) / Streams;
    }

    private async Task<double> OpenAsync(Uri? job, int streams)
    {
        var before = ProcessMemory.Now(_server);
        var open = new List<HttpResponseMessage>();
        try
        {
            for (var stream = 0; stream < streams; stream++)
                open.Add(await _http.GetAsync($"{job}/events", HttpCompletionOption.ResponseHeadersRead, _cancellationToken));
            return ProcessMemory.Now(_server) - before;
        }
        finally
        {
            open.ForEach(response => response.Dispose());
        }
    }

    private static double Megabytes(double bytes) => Math.Round(bytes / 1e6, 1);

    private static double At(List<double> sorted, double share) => Math.Round(sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))], 2);
}
