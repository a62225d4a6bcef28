using Blaze.Storage.Core;

namespace Blaze.Storage.Cli.Commands.Parsing;

/// <summary>The command line asks for what cannot be; nothing was started.</summary>
internal sealed class UsageException(string message, Exception? innerException = null) : BlazeException(message, innerException);
