using System.Diagnostics.CodeAnalysis;

namespace Blaze.Storage.Core.Values;

/// <summary>Numbers in a grid of any number of axes, in C order: the last index runs fastest.</summary>
/// <typeparam name="T">One of the numeric types of the format npy: bool, (s)byte … (u)long, Half, float, double, Complex.</typeparam>
public sealed class NdArray<T>
    where T : unmanaged
{
    private readonly int[] _shape;

    /// <summary>Shapes an array of numbers, without copying it.</summary>
    /// <param name="data">The elements, as many as the product of the shape.</param>
    /// <param name="shape">The length of each axis; none for a single element.</param>
    /// <exception cref="ArgumentException">The shape does not fit the number of elements.</exception>
    public NdArray(T[] data, params ReadOnlySpan<int> shape)
    {
        ArgumentNullException.ThrowIfNull(data);
        var count = 1L;
        foreach (var length in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(length, nameof(shape));
            count = checked(count * length);
        }

        if (count != data.Length)
            throw new ArgumentException($"A shape of {count} elements does not fit an array of {data.Length}.", nameof(shape));
        Data = data;
        _shape = shape.ToArray();
    }

    /// <summary>The elements.</summary>
    public T[] Data { get; }

    /// <summary>The length of each axis.</summary>
    public IReadOnlyList<int> Shape => _shape;

    /// <summary>The element at an index for each axis.</summary>
    /// <exception cref="ArgumentException">There are more or fewer indexes than axes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside of its axis.</exception>
    public ref T this[params ReadOnlySpan<int> index]
    {
        get
        {
            if (index.Length != _shape.Length)
                ThrowForCount(index.Length);
            var at = 0;
            for (var axis = 0; axis < index.Length; axis++)
            {
                if ((uint)index[axis] >= (uint)_shape[axis])
                    throw new ArgumentOutOfRangeException(nameof(index), $"The index {index[axis]} is outside of axis {axis}, which has {_shape[axis]} elements.");
                at = (at * _shape[axis]) + index[axis];
            }

            return ref Data[at];
        }
    }

    [DoesNotReturn]
    private void ThrowForCount(int given) =>
        throw new ArgumentException($"An element of {_shape.Length} axes needs as many indexes, not {given}.");
}
