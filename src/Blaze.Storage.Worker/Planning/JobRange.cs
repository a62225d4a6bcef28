using Blaze.Storage.Core;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Worker.Planning;

/// <summary>The bytes of a resource that a job asks for.</summary>
internal static class JobRange
{
    /// <summary>The asked range of a resource.</summary>
    /// <exception cref="BlazeException">It lies outside the resource.</exception>
    public static ByteRange Of(JobSpec spec, ResourceInfo resource)
    {
        var start = spec.Start ?? 0;
        var end = spec.End ?? resource.Length;
        if (start > resource.Length || end > resource.Length)
            throw new BlazeException($"The range {spec.Start}:{spec.End} lies outside '{resource.Uri.Display}', which has {resource.Length} bytes; ask for a range inside it.");
        return new ByteRange(start, Math.Max(start, end));
    }

    /// <summary>The part of the asked range that lies in the data of a file with a header.</summary>
    /// <exception cref="BlazeException">The asked range lies outside the file.</exception>
    public static ByteRange Of(JobSpec spec, ResourceInfo resource, ByteRange data) => Of(spec, resource).Intersect(data);

    /// <summary>Makes sure that a range cuts no element.</summary>
    /// <exception cref="BlazeException">It does.</exception>
    public static void RequireWholeElements(ResourceInfo resource, ByteRange range, int elementSize, long origin, string dtype)
    {
        if ((range.Start - origin) % elementSize != 0 || (range.End - origin) % elementSize != 0)
            throw new BlazeException(
                $"The bytes {range.Start}:{range.End} of '{resource.Uri.Display}' are no whole number of {dtype} elements of {elementSize} bytes, counted from byte {origin}; choose another dtype or range.");
    }
}
