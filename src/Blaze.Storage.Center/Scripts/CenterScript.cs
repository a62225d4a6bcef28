using System.Security.Cryptography;
using System.Text;

namespace Blaze.Storage.Center.Scripts;

/// <summary>A script with its includes in place.</summary>
/// <param name="Name">Its file's name without the number of keys.</param>
/// <param name="KeyCount">How many keys it takes, by its file's name.</param>
/// <param name="Text">What is sent to the server.</param>
internal sealed record CenterScript(string Name, int KeyCount, string Text)
{
    /// <summary>The name the server has for it.</summary>
#pragma warning disable CA5350 // The protocol names scripts this way; nobody's trust depends on it.
    public byte[] Hash { get; } = SHA1.HashData(Encoding.UTF8.GetBytes(Text));
#pragma warning restore CA5350
}
