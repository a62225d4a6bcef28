namespace Blaze.Storage.Cli.Output;

/// <summary>
/// The process's stderr. What it does not take, because the terminal has closed or the disk is full, is dropped: there is no other
/// place to report to, and the exit code still tells.
/// </summary>
/// <param name="inner">What is written to.</param>
internal sealed class ReportStream(Stream inner) : OutputStream(inner)
{
    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    protected override void Refused(Exception failure)
    {
        // Nobody is left to be told.
    }
}
