namespace Blaze.Storage.Center.Tests.Model;

/// <summary>Four drawn numbers, from which one call follows given what happened before; so any list of them is a story.</summary>
public readonly record struct Happening(byte What, byte A, byte B, byte C);
