using Blaze.Storage.Client.Functions;
using Blaze.Storage.Core.Functions;

namespace Blaze.Storage.Worker.Tests.Functions;

/// <summary>The same function in an assembly of other content, as after another build.</summary>
internal static class SampleVariant
{
    /// <summary>Stores the variant and names the function in it.</summary>
    public static ShippedFunction Of(Shipping shipping, Delegate function, int number)
    {
        var captured = new FunctionCapture().Capture(function);
        var original = captured.Assemblies.Single();
        // What lies behind the last section of a file is loaded with it and never looked at.
        var variant = new AssemblyImage(original.Name, (byte[])[.. original.Bytes.Span, (byte)number]);
        var code = FunctionCode.Create([new AssemblyReference(variant.Name, variant.Hash)], captured.Code.Method, captured.Code.Target, captured.Code.Parameters);
        shipping.Store(variant.Hash, variant.Bytes);
        shipping.Store(code.Id, code.Bytes);
        return ShippedFunction.Sign(code, captured.State, Shipping.Key);
    }
}
