namespace Blaze.Storage.Client.Estimates;

/// <summary>The size of a job.</summary>
/// <param name="Bytes">Its bytes.</param>
/// <param name="Sources">Its sources.</param>
internal readonly record struct Whole(long Bytes, int Sources);
