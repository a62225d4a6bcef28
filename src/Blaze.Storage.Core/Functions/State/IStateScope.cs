using System.Reflection;

namespace Blaze.Storage.Core.Functions.State;

/// <summary>Where reading a state finds types and methods.</summary>
public interface IStateScope
{
    /// <summary>The type of a name.</summary>
    Type FindType(string name);

    /// <summary>The method of a reference.</summary>
    MethodInfo FindMethod(MethodReference reference);
}
