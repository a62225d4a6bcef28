using System.Reflection;

namespace Blaze.Storage.Core.Functions.State;

/// <summary>What writing a state asks of the one who captures.</summary>
public interface ICaptureScope
{
    /// <summary>Whether objects of this type are to be written field by field only when it is known to be safe: a type of .NET itself.</summary>
    bool IsFramework(Type type);

    /// <summary>Hears of each type whose objects are written field by field, before any field is asked for.</summary>
    void Enter(Type type);

    /// <summary>Whether the function uses this field; others are left at their default where it runs.</summary>
    bool IsUsed(FieldInfo field);

    /// <summary>How the type is named.</summary>
    string NameOf(Type type);

    /// <summary>How a method that a captured delegate calls is named.</summary>
    MethodReference NameOf(MethodInfo method);

    /// <summary>Whether the caller does not want this object to travel.</summary>
    bool IsRefused(object value);
}
