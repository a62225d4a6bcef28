using Blaze.Storage.Core;

namespace Blaze.Storage.Client;

/// <summary>The center knows no such job, or no longer.</summary>
public sealed class NoSuchJobException(string message) : BlazeException(message);
