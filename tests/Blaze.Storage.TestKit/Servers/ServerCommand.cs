namespace Blaze.Storage.TestKit.Servers;

/// <summary>How to start a server.</summary>
public sealed record ServerCommand(string Program, IReadOnlyList<string> Arguments);
