namespace Blaze.Storage.Core.Functions;

/// <summary>An assembly that a function needs.</summary>
/// <param name="Name">Its simple name.</param>
/// <param name="Hash">SHA-256 of its bytes, 64 lower-case hexadecimal digits.</param>
public sealed record AssemblyReference(string Name, string Hash);
