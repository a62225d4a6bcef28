using Blaze.Storage.Center;
using Blaze.Storage.Core;

namespace Blaze.Storage.Client.Following;

/// <summary>Bears with a center that does not answer, up to a deadline.</summary>
internal sealed class CenterWatch(CenterAddress address, BlazeClientOptions options)
{
    private long? _awaySince;

    public void Answered() => _awaySince = null;

    /// <summary>The notice for a center that did not answer just now.</summary>
    /// <exception cref="BlazeException">It has not answered for longer than the deadline.</exception>
    public string Away(CenterException failure)
    {
        _awaySince ??= options.TimeProvider.GetTimestamp();
        return options.TimeProvider.GetElapsedTime(_awaySince.Value) < options.AwayDeadline
            ? $"the center at {address} does not answer; waiting for it"
            : throw new BlazeException(
                $"The center at {address} has not answered for {options.AwayDeadline.TotalSeconds:0.#} seconds: the job goes on once it is back; follow it again then.",
                failure);
    }
}
