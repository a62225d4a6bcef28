using System.CommandLine;
using System.Globalization;
using System.Net;
using Blaze.Storage.Core.Formats;
using Blaze.Storage.Worker;

namespace Blaze.Storage.Cli.Commands.Clusters;

/// <summary>The options of a worker for the large values it keeps.</summary>
internal sealed class ValueOptions
{
    private const long LeastMemory = 1 << 20;

    private readonly Option<string?> _memory;
    private readonly Option<string?> _spill = new("--spill") { Description = "The folder for values that do not fit the memory. Default: the system's folder for temporary files.", HelpName = "FOLDER" };
    private readonly Option<string?> _listen = new("--listen") { Description = "Where other workers and clients get values: an address with a port, 0 for a free one. Default: a free port, at the address that leads to the center, once it is needed.", HelpName = "ADDRESS:PORT" };

    private ValueOptions(string usually)
    {
        _memory = new("--memory") { Description = $"Memory of a worker for large values, such as 2Gi; beyond it they go to disk. Default: {usually}.", HelpName = "BYTES" };
        _memory.Validators.Add(result =>
        {
            if (result.Tokens is not [var token])
                return;
            if (!ByteCount.TryParse(token.Value, out var bytes, out var problem))
                result.AddError($"--memory: '{token.Value}' {problem}.");
            else if (bytes < LeastMemory)
                result.AddError($"--memory takes at least 1Mi, not '{token.Value}'.");
        });
        _listen.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(token.Value.Contains(':', StringComparison.Ordinal) && IPEndPoint.TryParse(token.Value, out _)))
                result.AddError($"--listen takes an address and a port, such as 10.0.0.7:7070 or 0.0.0.0:0, not '{token.Value}'.");
        });
    }

    public static ValueOptions AddTo(Command command)
    {
        var options = new ValueOptions("60 % of the machine's or container's");
        command.Options.Add(options._memory);
        command.Options.Add(options._spill);
        command.Options.Add(options._listen);
        return options;
    }

    /// <summary>Adds to a command that starts workers what all of them may share.</summary>
    public static ValueOptions AddSharedTo(Command command)
    {
        var options = new ValueOptions("60 % of the machine's or container's, divided among the workers");
        command.Options.Add(options._memory);
        command.Options.Add(options._spill);
        return options;
    }

    /// <summary>The words that make the same choice for each of several workers; they share the memory that one alone would take, where nothing was said.</summary>
    /// <param name="parsed">What was said.</param>
    /// <param name="workers">How many workers there will be.</param>
    public IEnumerable<string> ToArguments(ParseResult parsed, int workers) =>
    [
        _memory.Name, parsed.GetValue(_memory) ?? WorkerOptions.SharedMemory(Math.Max(1, workers)).ToString(CultureInfo.InvariantCulture),
        .. parsed.GetValue(_spill) is { } folder ? [_spill.Name, folder] : (string[])[],
    ];

    /// <summary>A worker's settings with what was said here.</summary>
    public WorkerOptions AddTo(WorkerOptions settings, ParseResult parsed) => settings with
    {
        Memory = parsed.GetValue(_memory) is { } memory && ByteCount.TryParse(memory, out var bytes, out _) ? bytes : null,
        SpillFolder = parsed.GetValue(_spill) ?? Path.GetTempPath(),
        Listen = parsed.GetValue(_listen) is { } listen ? IPEndPoint.Parse(listen) : null,
    };
}
