namespace Blaze.Storage.Adapters.LocalFile.Caching;

/// <summary>Where results are kept on this machine unless the user says otherwise.</summary>
public static class CacheFolder
{
    /// <summary>The budget of the folder unless the user says otherwise: 10 GiB.</summary>
    public const long DefaultBudget = 10L * 1024 * 1024 * 1024;

    /// <summary><c>$XDG_CACHE_HOME/blaze</c> where that variable is an absolute path, else <c>~/.cache/blaze</c>.</summary>
    public static string DefaultPath => PathFrom(Environment.GetEnvironmentVariable, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));

    internal static string PathFrom(Func<string, string?> environment, string home)
    {
        // The XDG base directory specification says to ignore a relative path.
        var cache = environment("XDG_CACHE_HOME");
        return Path.Combine(cache is ['/', ..] ? cache : Path.Combine(home.Length > 0 ? home : Path.GetTempPath(), ".cache"), "blaze");
    }
}
