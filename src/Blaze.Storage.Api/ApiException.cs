using Blaze.Storage.Core;

namespace Blaze.Storage.Api;

/// <summary>The REST endpoint cannot serve.</summary>
public sealed class ApiException(string message, Exception? innerException = null) : BlazeException(message, innerException);
