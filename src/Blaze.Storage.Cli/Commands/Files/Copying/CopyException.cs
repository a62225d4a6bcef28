using Blaze.Storage.Core;

namespace Blaze.Storage.Cli.Commands.Files.Copying;

/// <summary>A copy cannot be made for a reason that is no store's.</summary>
internal sealed class CopyException(string message, Exception? innerException = null) : BlazeException(message, innerException);
