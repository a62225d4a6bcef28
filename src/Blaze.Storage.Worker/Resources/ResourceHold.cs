namespace Blaze.Storage.Worker.Resources;

/// <summary>What a call has taken of its worker's resources. It is given back when the last of those who use it let go: a function may go on though its call has ended.</summary>
/// <param name="giveBack">Called once.</param>
internal sealed class ResourceHold(Action giveBack)
{
    private int _users = 1;

    /// <summary>One more uses it; only while another one does.</summary>
    public void Retain() => Interlocked.Increment(ref _users);

    /// <summary>One uses it no longer.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0)
            giveBack();
    }
}
