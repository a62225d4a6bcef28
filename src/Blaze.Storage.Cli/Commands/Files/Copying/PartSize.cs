namespace Blaze.Storage.Cli.Commands.Files.Copying;

/// <summary>Into what parts a file is cut for copying.</summary>
internal static class PartSize
{
    /// <summary>
    /// 16 MiB: a request's round trip is a small share of its time, and a part that fails is soon repeated. A file that is no longer is
    /// copied in one piece.
    /// </summary>
    public const int Smallest = 16 * 1024 * 1024;

    /// <summary>S3 takes no more.</summary>
    public const int MostParts = 10_000;

    private const long Step = 1024 * 1024;

    /// <summary>The size of all parts but the last, in bytes.</summary>
    /// <exception cref="CopyException">The file is longer than 10,000 parts that fit into memory.</exception>
    public static int For(long length)
    {
        var needed = (length + MostParts - 1) / MostParts;
        var size = Math.Max(Smallest, (needed + Step - 1) / Step * Step);
        return size <= Array.MaxLength ? (int)size : throw new CopyException("The file is too long to be copied in 10,000 parts.");
    }
}
