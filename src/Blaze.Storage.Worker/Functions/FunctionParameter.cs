namespace Blaze.Storage.Worker.Functions;

/// <summary>What a function takes.</summary>
/// <param name="Name">The parameter's name in the source.</param>
/// <param name="Type">The type an argument is decoded to.</param>
/// <param name="IsOptional">Whether a call may leave it out, when it leaves out all behind it too.</param>
/// <param name="Default">What it is then.</param>
public sealed record FunctionParameter(string Name, Type Type, bool IsOptional = false, object? Default = null);
