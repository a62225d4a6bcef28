namespace Blaze.Storage.Cli.Output;

/// <summary>
/// The process's stdout as the place for results. Where it takes no more, because its disk is full or it is closed, writing fails with
/// <see cref="ResultNotWrittenException"/>. A reader that has gone is no failure: what it would not read is dropped.
/// </summary>
/// <param name="inner">What is written to.</param>
internal sealed class ResultStream(Stream inner) : OutputStream(inner)
{
    /// <inheritdoc/>
    protected override void Refused(Exception failure) => throw new ResultNotWrittenException(failure);
}
