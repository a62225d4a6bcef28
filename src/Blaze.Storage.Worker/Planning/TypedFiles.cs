using System.Globalization;
using System.Text;
using Blaze.Storage.Core;
using Blaze.Storage.Core.Chunks;
using Blaze.Storage.Core.DataShapes;
using Blaze.Storage.Core.Decomposition;
using Blaze.Storage.Core.Formats;
using Blaze.Storage.Core.Jobs;
using Blaze.Storage.Core.Keys;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.Operations.Statistics;
using Blaze.Storage.Worker.Results;

namespace Blaze.Storage.Worker.Planning;

/// <summary>
/// The element type and data range of files for operations over typed elements: as asked for raw files, from the header for
/// <c>.npy</c> files. A header is read once for each version of a file and remembered like any other value.
/// </summary>
internal sealed class TypedFiles(ObjectStoreRegistry stores, ResultStore results)
{
    private const string HeaderToken = "NPY";
    private const int FirstRead = 4096;
    private const int LongestHeader = 1 << 20;

    /// <summary>Whether the job is one over typed elements.</summary>
    public static bool AreAskedFor(JobSpec spec) => spec.Op.Equals("STAT", StringComparison.OrdinalIgnoreCase);

    /// <summary>The extents of a job over typed elements.</summary>
    /// <exception cref="BlazeException">A type is missing, contradictory, or does not divide the bytes; or a header is broken.</exception>
    public async Task<IReadOnlyList<Extent>> ResolveAsync(JobSpec spec, IReadOnlyList<ResourceInfo> resources, CancellationToken cancellationToken)
    {
        ElementType? asked = spec.Parameters.TryGetValue("dtype", out var text) ? ElementType.Parse(text) : null;
        var extents = new List<Extent>(resources.Count);
        ElementType? common = null;
        foreach (var resource in resources)
        {
            var (type, range, origin) = IsNpy(resource)
                ? await ReadHeaderAsync(spec, resource, asked, cancellationToken)
                : (asked ?? throw new BlazeException($"The type of the elements of '{resource.Uri.Display}' is not known; say it, for example --dtype f8."), JobRange.Of(spec, resource), 0);
            if (common is { } other && other != type)
                throw new BlazeException($"The sources hold elements of different types: {other} before '{resource.Uri.Display}', which holds {type}; ask about one type at a time.");
            common = type;
            JobRange.RequireWholeElements(resource, range, type.Size, origin, type.ToString());
            extents.Add(new Extent(new StatisticsOperation(type, (int)(origin % type.Size)), [resource], range));
        }

        return extents;
    }

    private static bool IsNpy(ResourceInfo resource) => resource.Uri.Name.EndsWith(".npy", StringComparison.OrdinalIgnoreCase);

    private async Task<(ElementType Type, ByteRange Range, long Origin)> ReadHeaderAsync(
        JobSpec spec, ResourceInfo resource, ElementType? asked, CancellationToken cancellationToken)
    {
        var (type, offset) = await KnownHeaderAsync(spec, resource, cancellationToken);
        if (asked is { } other && other != type)
            throw new BlazeException($"'{resource.Uri.Display}' says in its header that its elements are {type}, not {other}; leave --dtype out.");
        return (type, JobRange.Of(spec, resource, new ByteRange(offset, resource.Length)), offset);
    }

    private async Task<(ElementType Type, long Offset)> KnownHeaderAsync(JobSpec spec, ResourceInfo resource, CancellationToken cancellationToken)
    {
        var key = new ChunkKey(ChunkKey.WhatOf(HeaderToken, [resource.Hash]), new ByteRange(0, Math.Min(resource.Length, FirstRead))).ToString();
        if ((await results.GetAsync([key], spec.Durable, cancellationToken))[0] is { } known && TryDecode(known.Span, out var found))
            return found;
        var header = await FetchHeaderAsync(resource, cancellationToken);
        await results.PutAsync([new ComputedValue(key, Encode(header), Stored: true, spec.Durable)], cancellationToken);
        return header;
    }

    private async Task<(ElementType Type, long Offset)> FetchHeaderAsync(ResourceInfo resource, CancellationToken cancellationToken)
    {
        using var reader = await stores.For(resource.Uri).OpenAsync(resource.Uri, resource.Version, cancellationToken);
        var needed = FirstRead;
        while (true)
        {
            var start = new byte[Math.Min(needed, resource.Length)];
            var read = await reader.ReadAsync(0, start, cancellationToken);
            if (TryParse(resource, start.AsSpan(0, read), out var header, out needed))
            {
                await reader.VerifyAsync(cancellationToken);
                return header;
            }

            if (needed > LongestHeader || needed > resource.Length)
                throw Broken(resource, "it ends within its header");
        }
    }

    private static bool TryParse(ResourceInfo resource, ReadOnlySpan<byte> start, out (ElementType Type, long Offset) result, out int needed)
    {
        result = default;
        try
        {
            if (!NpyHeader.TryRead(start, out var header, out needed))
                return false;
            if (!ElementType.TryParse(header!.Descr, out var type))
                throw Broken(resource, $"its elements are of the type {header.Descr}, which stat does not know");
            if (resource.Length - header.DataOffset != (Int128)header.ElementCount * type.Size)
                throw Broken(resource, $"its header promises {header.ElementCount} elements of {type.Size} bytes, but {resource.Length - header.DataOffset} bytes follow it");
            result = (type, header.DataOffset);
            return true;
        }
        catch (InvalidDataException problem)
        {
            throw Broken(resource, problem.Message.TrimEnd('.'));
        }
    }

    private static BlazeException Broken(ResourceInfo resource, string problem) =>
        new($"'{resource.Uri.Display}' is no usable .npy file: {problem}; rename it and give --dtype to read it as raw bytes.");

    private static byte[] Encode((ElementType Type, long Offset) header) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"dtype\":\"{header.Type}\",\"offset\":{header.Offset}}}"));

    private static bool TryDecode(ReadOnlySpan<byte> json, out (ElementType Type, long Offset) header)
    {
        header = default;
        using var document = System.Text.Json.JsonDocument.Parse(json.ToArray());
        if (!ElementType.TryParse(document.RootElement.GetProperty("dtype").GetString(), out var type))
            return false;
        header = (type, document.RootElement.GetProperty("offset").GetInt64());
        return true;
    }
}
