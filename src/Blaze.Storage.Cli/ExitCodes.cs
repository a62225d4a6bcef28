namespace Blaze.Storage.Cli;

/// <summary>The exit codes of <c>blaze</c>. They are a contract with scripts and never change their meaning.</summary>
internal static class ExitCodes
{
    /// <summary>The question was answered.</summary>
    public const int Done = 0;

    /// <summary>Something failed; one sentence on stderr says what.</summary>
    public const int Failed = 1;

    /// <summary>The command line was wrong.</summary>
    public const int BadUsage = 2;

    /// <summary>Stopped on request: Ctrl-C, SIGTERM, or the job was cancelled.</summary>
    public const int Cancelled = 3;
}
