namespace Blaze.Storage.Core.ObjectStores;

/// <summary>Absolute local paths as bytes, by text alone: nothing here looks at a disk.</summary>
internal static class LocalPaths
{
    /// <summary>Drops empty and <c>.</c> segments and a slash at the end, and lets <c>..</c> take the segment before it.</summary>
    public static byte[] Normalize(ReadOnlySpan<byte> absolutePath)
    {
        var result = new List<byte>(absolutePath.Length);
        foreach (var part in absolutePath.Split((byte)'/'))
        {
            var segment = absolutePath[part];
            if (segment.IsEmpty || segment.SequenceEqual("."u8))
                continue;
            if (segment.SequenceEqual(".."u8))
            {
                result.RemoveRange(Math.Max(0, result.LastIndexOf((byte)'/')), result.Count - Math.Max(0, result.LastIndexOf((byte)'/')));
                continue;
            }

            result.Add((byte)'/');
            foreach (var value in segment)
                result.Add(value);
        }

        return result.Count == 0 ? [(byte)'/'] : [.. result];
    }
}
