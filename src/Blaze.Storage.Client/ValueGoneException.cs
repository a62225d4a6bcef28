using Blaze.Storage.Core;

namespace Blaze.Storage.Client;

/// <summary>A job is done, but its value is no longer kept where this process can read it.</summary>
public sealed class ValueGoneException(string message) : BlazeException(message);
