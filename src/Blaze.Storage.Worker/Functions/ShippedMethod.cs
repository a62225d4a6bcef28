using System.Runtime.CompilerServices;
using Blaze.Storage.Core.Functions;
using Blaze.Storage.Core.Functions.State;

namespace Blaze.Storage.Worker.Functions;

/// <summary>A method of a loaded set of assemblies, ready to be called.</summary>
internal sealed class ShippedMethod
{
    private readonly object? _empty;
    private readonly Type _stateType;
    private readonly ShippedContext _context;

    public ShippedMethod(FunctionCode code, ShippedContext context)
    {
        Code = code;
        _context = context;
        var method = context.FindMethod(code.Method);
        Shape = new FunctionShape(code.Method.DisplayName, method, code.Target != TargetKind.None, code.Parameters?.Select(context.FindType).ToList());
        var isBound = method.IsStatic && code.Target == TargetKind.State;
        _stateType = isBound ? method.GetParameters()[0].ParameterType : method.DeclaringType!;
        _empty = code.Target == TargetKind.Empty ? RuntimeHelpers.GetUninitializedObject(_stateType) : null;
    }

    public FunctionCode Code { get; }

    public FunctionShape Shape { get; }

    /// <summary>The signature that was found to be right for the code without captured values.</summary>
    public string? Verified { get; set; }

    /// <summary>The object it is called on, made anew of captured values each time.</summary>
    /// <exception cref="FunctionException">The function captured values that are not there, or the other way round.</exception>
    public object? TargetOf(byte[]? state)
    {
        if (Code.Target == TargetKind.State != state is not null)
            throw new FunctionException(FunctionErrorKind.Unfitting, $"The function '{Code.Method.DisplayName}' was sent {(state is null ? "without its captured values" : "with captured values it does not have")}; submit it again.");
        return state is null ? _empty : StateReader.Read(state, _stateType, _context);
    }
}
