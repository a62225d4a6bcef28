using System.Reflection;
using Blaze.Storage.Core.Functions;
using Blaze.Storage.Core.Functions.State;

namespace Blaze.Storage.Client.Functions;

/// <summary>What is known while one function's captured values are written.</summary>
internal sealed class CaptureScope(IEnumerable<FieldName> used, Func<object, bool> refuses) : ICaptureScope
{
    private readonly HashSet<FieldName> _used = [.. used];

    /// <summary>The assemblies of all types and methods that were named.</summary>
    public HashSet<Assembly> Assemblies { get; } = [];

    /// <summary>How many fields are known to be used; what was written before it grew may lack some.</summary>
    public int UsedCount => _used.Count;

    public bool IsFramework(Type type) => AssemblySet.IsFramework(type.Assembly);

    public void Enter(Type type)
    {
        if (ClosureScan.IsStateMachine(type))
            _used.UnionWith(ClosureScan.UsedBy(type));
    }

    public bool IsUsed(FieldInfo field) =>
        field.DeclaringType is not { } type || !ClosureScan.IsClosure(type) || _used.Contains(ClosureScan.NameOf(field));

    public string NameOf(Type type) => TypeName.Of(type, Assemblies);

    public MethodReference NameOf(MethodInfo method)
    {
        _used.UnionWith(ClosureScan.UsedBy(method));
        return MethodNaming.Of(method, Assemblies);
    }

    public bool IsRefused(object value) => refuses(value);
}
