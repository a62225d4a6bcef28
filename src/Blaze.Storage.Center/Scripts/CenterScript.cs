namespace Blaze.Storage.Center.Scripts;

/// <summary>A script with its includes in place.</summary>
/// <param name="Name">Its file's name without the number of keys.</param>
/// <param name="KeyCount">How many keys it takes, by its file's name.</param>
/// <param name="Text">What is sent to the server.</param>
internal sealed record CenterScript(string Name, int KeyCount, string Text);
