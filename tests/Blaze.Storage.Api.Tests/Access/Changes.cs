namespace Blaze.Storage.Api.Tests.Access;

/// <summary>Lets a test wait for what others do.</summary>
internal sealed class Changes
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);
    private TaskCompletionSource _next = NewSource();

    /// <summary>Says that something has changed.</summary>
    public void Tell() => Interlocked.Exchange(ref _next, NewSource()).TrySetResult();

    /// <summary>Waits until something holds, which only a change can make it do.</summary>
    public async Task UntilAsync(Func<bool> holds)
    {
        while (true)
        {
            var next = Volatile.Read(ref _next).Task;
            if (holds())
                return;
            await next.WaitAsync(Deadline, TestContext.Current.CancellationToken);
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
