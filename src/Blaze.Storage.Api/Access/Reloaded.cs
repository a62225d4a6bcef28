using System.Security.Cryptography;
using Blaze.Storage.Core;
using Microsoft.Extensions.Logging;

namespace Blaze.Storage.Api.Access;

/// <summary>
/// Something made of files, made again when they changed. Whoever uses it looks, at most once a second, at what the files hold: their times say little where a
/// mounted secret is swapped by a link. What cannot be read or used leaves the former one in place.
/// </summary>
/// <typeparam name="T">What is made.</typeparam>
internal sealed partial class Reloaded<T>
    where T : class
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly string _what;
    private readonly Func<IReadOnlyList<(string File, byte[] Bytes)>> _load;
    private readonly Func<IReadOnlyList<(string File, byte[] Bytes)>, T> _make;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _looking = new();
    private volatile T _current;
    private byte[] _print;
    private long _looked;
    private string? _problem;

    /// <summary>Reads the files for the first time.</summary>
    /// <exception cref="BlazeException">They cannot be read or used.</exception>
    public Reloaded(
        string what,
        Func<IReadOnlyList<(string File, byte[] Bytes)>> load,
        Func<IReadOnlyList<(string File, byte[] Bytes)>, T> make,
        TimeProvider time,
        ILogger logger)
    {
        (_what, _load, _make, _time, _logger) = (what, load, make, time, logger);
        var files = load();
        _current = make(files);
        _print = PrintOf(files);
        _looked = time.GetTimestamp();
    }

    /// <summary>What the files say, no more than a second ago.</summary>
    public T Current
    {
        get
        {
            if (_time.GetElapsedTime(Interlocked.Read(ref _looked)) >= Pause && _looking.TryEnter())
            {
                try
                {
                    Look();
                }
                finally
                {
                    _looking.Exit();
                }
            }

            return _current;
        }
    }

    private void Look()
    {
        Interlocked.Exchange(ref _looked, _time.GetTimestamp());
        try
        {
            var files = _load();
            var print = PrintOf(files);
            if (print.AsSpan().SequenceEqual(_print))
                return;
            _current = _make(files);
            _print = print;
            _problem = null;
            LogRead(_logger, _what);
        }
        catch (BlazeException problem)
        {
            // A problem that stays is said once.
            if (problem.Message != _problem)
                LogKept(_logger, _what, problem.Message);
            _problem = problem.Message;
        }
    }

    private static byte[] PrintOf(IReadOnlyList<(string File, byte[] Bytes)> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (file, bytes) in files)
        {
            hash.AppendData(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(file)));
            hash.AppendData(SHA256.HashData(bytes));
        }

        return hash.GetHashAndReset();
    }

    [LoggerMessage(EventId = 4111, Level = LogLevel.Information, Message = "The {What} changed and were read again")]
    private static partial void LogRead(ILogger logger, string what);

    [LoggerMessage(EventId = 4112, Level = LogLevel.Error, Message = "The {What} changed and cannot be used, so the former ones still hold: {Problem}")]
    private static partial void LogKept(ILogger logger, string what, string problem);
}
