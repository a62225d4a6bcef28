namespace Blaze.Storage.Adapters.LocalFile.Writing;

/// <summary>Which start of this machine this is: what was written but never flushed lasts until the next one.</summary>
internal static class MachineStart
{
    private const string Place = "/proc/sys/kernel/random/boot_id";

    /// <summary>A word that is another one after every start; <c>unknown</c> where the system does not tell.</summary>
    public static string Id { get; } = Read();

    private static string Read()
    {
        try
        {
            return File.ReadAllText(Place).Trim() is { Length: > 0 } id && !id.Contains(' ', StringComparison.Ordinal) ? id : "unknown";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return "unknown";
        }
    }
}
