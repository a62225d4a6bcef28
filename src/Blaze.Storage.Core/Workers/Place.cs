using System.Text;

namespace Blaze.Storage.Core.Workers;

/// <summary>
/// The names of places, where tasks prefer to run: what workers answer to, their hosts. Opaque to the center, but it must be able to
/// keep them in lists.
/// </summary>
public static class Place
{
    private const int MaxBytes = 128;

    // The center's own word for everybody.
    private const string Everybody = "~";

    /// <summary>Whether this can be a place's name: 1 to 128 bytes of UTF-8, no white space, no comma, neither <c>-</c> nor <c>~</c>.</summary>
    public static bool IsValid(string name) =>
        !string.IsNullOrEmpty(name) && name is not ("-" or Everybody) && !name.Any(c => char.IsWhiteSpace(c) || c == ',') && Encoding.UTF8.GetByteCount(name) <= MaxBytes;
}
