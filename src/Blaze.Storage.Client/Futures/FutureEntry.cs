using Blaze.Storage.Center.Sessions;
using Blaze.Storage.Center.Tasks;
using Blaze.Storage.Client.Functions;
using Blaze.Storage.Core.Values;

namespace Blaze.Storage.Client.Futures;

/// <summary>
/// What a client knows of one key of its session; all futures of the key share it. It is held by them and, while they are pending, by the calls that need
/// its value. Without holders it is released: at once when it has ended or the last future was disposed, else when it ends.
/// </summary>
internal sealed class FutureEntry(FutureSession session, TaskAddition addition, CapturedFunction? code, IReadOnlyList<FutureEntry> needs)
{
    // Locked by itself, which nobody else sees: there may be a million of these.
    private TaskCompletionSource? _ended;
    private Value? _value;
    private Exception? _problem;
    private int _holders;
    private bool _retired;
    private volatile FutureStatus _status;

    public string Key => Addition.Key;

    /// <summary>How the call is submitted, again if need be.</summary>
    public TaskAddition Addition { get; } = addition;

    /// <summary>The code that must be stored before it is submitted.</summary>
    public CapturedFunction? Code { get; } = code;

    /// <summary>The value, or where it lies, of a key that no call makes; else null.</summary>
    public TaskValue? Put { get; init; }

    /// <summary>Its place among the session's calls, which come after those they need.</summary>
    public long Number { get; init; }

    /// <summary>Where its value lay when it was heard of, where that is with workers.</summary>
    public ResultLocation? Location { get; set; }

    /// <summary>Whether the center has it.</summary>
    public bool IsSubmitted { get; set; }

    public FutureStatus Status => _status;

    public bool IsPending => _status == FutureStatus.Pending;

    /// <summary>Whether another future of the key may join; what failed or was cancelled is tried anew.</summary>
    public bool MayBeShared => _status is FutureStatus.Pending or FutureStatus.Done;

    /// <summary>Ends with the call; never fails.</summary>
    public Task Ended
    {
        get
        {
            if (!IsPending)
                return Task.CompletedTask;
            lock (this)
                return IsPending ? (_ended ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task : Task.CompletedTask;
        }
    }

    /// <summary>Takes one more holder, unless the key was released.</summary>
    public bool TryHold()
    {
        lock (this)
        {
            if (_retired)
                return false;
            _holders++;
            return true;
        }
    }

    /// <summary>One holder fewer.</summary>
    /// <param name="atOnce">Whether the last one takes a call that still runs with it.</param>
    public void LetGo(bool atOnce)
    {
        lock (this)
        {
            if (--_holders > 0 || _retired || (IsPending && !atOnce))
                return;
            _retired = true;
        }

        session.Release(this);
        End(FutureStatus.Cancelled, null, null);
    }

    /// <summary>The call has ended; what is said first stays.</summary>
    /// <param name="status">How.</param>
    /// <param name="value">The value where it came along.</param>
    /// <param name="problem">Why it failed, where that is known.</param>
    public void End(FutureStatus status, Value? value, Exception? problem)
    {
        TaskCompletionSource? waiting;
        bool retire;
        lock (this)
        {
            if (!IsPending)
                return;
            (_value, _problem, waiting, _status) = (value, problem, _ended, status);
            retire = _holders == 0 && !_retired;
            _retired |= retire;
        }

        waiting?.TrySetResult();
        foreach (var need in needs)
            need.LetGo(atOnce: false);
        if (retire)
            session.Release(this);
    }

    /// <summary>The value, fetched where it did not come along.</summary>
    /// <returns>The value, and what holds its bytes where they are not simply part of it.</returns>
    public async ValueTask<(Value Value, IDisposable? Owner)> ValueAsync()
    {
        if (IsPending)
            await Ended.ConfigureAwait(false);
        if (_problem is { } problem)
            throw problem;
        if (_status == FutureStatus.Cancelled)
            throw new TaskCanceledException($"The call '{Key}' was cancelled.");
        return _value is { } known ? (known, null) : await session.FetchAsync(this).ConfigureAwait(false);
    }
}
