namespace Blaze.Storage.Cli.Commands.Files.Copying;

/// <summary>How files are copied.</summary>
/// <param name="Overwrite">Whether a file that is already at the target is replaced.</param>
/// <param name="SkipExisting">Whether a file of the same length at the target counts as copied.</param>
/// <param name="Parallel">The most parts, of one file or of several, that are under way; 1 or more.</param>
/// <param name="Journals">Where it is noted what a copy that ended early has done; null where nothing is to be left of it.</param>
/// <param name="Verbose">Whether failures are told with their stacks.</param>
internal sealed record CopyOptions(bool Overwrite, bool SkipExisting, int Parallel, CopyJournals? Journals, bool Verbose);
