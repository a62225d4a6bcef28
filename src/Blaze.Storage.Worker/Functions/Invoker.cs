using System.Reflection;
using System.Reflection.Emit;
using Blaze.Storage.Core.Functions;

namespace Blaze.Storage.Worker.Functions;

/// <summary>Calls a method with arguments in an array: a generated method, as fast as a call through a delegate.</summary>
/// <param name="target">The object, the bound first argument of a static method, or null.</param>
/// <param name="arguments">The arguments; an open instance method takes its object first.</param>
internal delegate object? Invoker(object? target, object?[] arguments);

/// <summary>Generates <see cref="Invoker"/>s.</summary>
internal static class InvokerFactory
{
    /// <summary>Generates the call of a method.</summary>
    /// <param name="method">The method, without open generic parameters.</param>
    /// <param name="hasTarget">Whether the first value comes from the target instead of the arguments.</param>
    public static Invoker Create(MethodInfo method, bool hasTarget)
    {
        var call = new DynamicMethod(RemoteError.CallFrame, typeof(object), [typeof(object), typeof(object[])], method.Module, skipVisibility: true);
        var il = call.GetILGenerator();
        var next = 0;
        if (!method.IsStatic)
        {
            LoadNext(il, hasTarget, ref next);
            il.Emit(method.DeclaringType!.IsValueType ? OpCodes.Unbox : OpCodes.Castclass, method.DeclaringType);
        }
        foreach (var parameter in method.GetParameters())
        {
            LoadNext(il, hasTarget && method.IsStatic && parameter.Position == 0, ref next);
            il.Emit(OpCodes.Unbox_Any, parameter.ParameterType);
        }
        il.Emit(method.IsVirtual && !method.DeclaringType!.IsValueType ? OpCodes.Callvirt : OpCodes.Call, method);
        if (method.ReturnType == typeof(void))
            il.Emit(OpCodes.Ldnull);
        else if (method.ReturnType.IsValueType)
            il.Emit(OpCodes.Box, method.ReturnType);
        il.Emit(OpCodes.Ret);
        return call.CreateDelegate<Invoker>();
    }

    private static void LoadNext(ILGenerator il, bool fromTarget, ref int next)
    {
        if (fromTarget)
        {
            il.Emit(OpCodes.Ldarg_0);
            return;
        }
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldc_I4, next++);
        il.Emit(OpCodes.Ldelem_Ref);
    }
}
