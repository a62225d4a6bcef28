namespace Blaze.Storage.Center.Tasks;

/// <summary>A lease somebody claims to hold.</summary>
/// <param name="Key">The task.</param>
/// <param name="Attempt">The token it was claimed with.</param>
public readonly record struct TaskLease(string Key, long Attempt);
