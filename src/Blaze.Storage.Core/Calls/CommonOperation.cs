using System.Collections.Frozen;

namespace Blaze.Storage.Core.Calls;

/// <summary>
/// The names of the operations that every worker of this project offers. Calls of them may run on any worker that takes tasks without a
/// place, so they need no place of their own.
/// </summary>
public static class CommonOperation
{
    /// <summary>Any value: the value itself.</summary>
    public const string Identity = "identity";

    /// <summary>Any value: how many bytes it has.</summary>
    public const string Size = "size";

    /// <summary>Two numbers: their sum.</summary>
    public const string Add = "add";

    /// <summary>Two arrays of numbers of one length: the sums.</summary>
    public const string AddArrays = "add-arrays";

    /// <summary>A count and a first number: an array of so many numbers one apart.</summary>
    public const string Ramp = "ramp";

    /// <summary>An array of numbers: their sum.</summary>
    public const string Sum = "sum";

    /// <summary>All of them.</summary>
    public static IReadOnlySet<string> Names { get; } = FrozenSet.Create(StringComparer.Ordinal, Identity, Size, Add, AddArrays, Ramp, Sum);
}
