using Blaze.Storage.Core.Functions;

namespace Blaze.Storage.Client.Functions;

/// <summary>A function of this process as it can run in another one: its code, and the captured values as they were when it was captured.</summary>
public sealed class CapturedFunction
{
    internal CapturedFunction(
        string name,
        FunctionCode code,
        ReadOnlyMemory<byte> state,
        IReadOnlyList<AssemblyImage> assemblies,
        IReadOnlyList<Type> parameterTypes,
        Type resultType)
    {
        Name = name;
        Code = code;
        State = state;
        Assemblies = assemblies;
        ParameterTypes = parameterTypes;
        ResultType = resultType;
        Identity = ShippedFunction.IdentityOf(code, state.Span);
    }

    /// <summary>
    /// A name for keys: the method's, or for a lambda the method it calls first or is written in. Lower-case letters, digits and <c>-</c>;
    /// at most 64 characters. Equal functions have equal names.
    /// </summary>
    public string Name { get; }

    /// <summary>
    /// 32 lower-case hexadecimal digits, equal for the same method of the same build with the same generic arguments and equal captured
    /// values, in any process. A build that changes any assembly the function could use changes it.
    /// </summary>
    public string Identity { get; }

    /// <summary>What is the same for all calls; to be stored under its id, its bytes as they are.</summary>
    public FunctionCode Code { get; }

    /// <summary>The captured values, JSON; empty where nothing was captured.</summary>
    public ReadOnlyMemory<byte> State { get; }

    /// <summary>The assemblies the code names, each to be stored under its hash.</summary>
    public IReadOnlyList<AssemblyImage> Assemblies { get; }

    /// <summary>The types of the arguments.</summary>
    public IReadOnlyList<Type> ParameterTypes { get; }

    /// <summary>The type of the result, of an async function what it gives when it ends; <c>void</c> for none.</summary>
    public Type ResultType { get; }

    /// <summary>The function as a task names it.</summary>
    public ShippedFunction Sign(ClusterKey key) => ShippedFunction.Sign(Code, State, key);
}
