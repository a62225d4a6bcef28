using Blaze.Storage.Core;

namespace Blaze.Storage.Cli.Output;

/// <summary>The result could not be written.</summary>
internal sealed class ResultNotWrittenException(Exception cause)
    : BlazeException($"The result cannot be written to stdout: the system says '{cause.Message.TrimEnd('.')}'; send it somewhere that takes it.", cause);
