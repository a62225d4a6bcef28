namespace Blaze.Storage.Compute.Statistics;

/// <summary>
/// Eight doubles side by side, whatever the processor's vectors hold. Every operation works on each lane alone and rounds once,
/// so that all implementations give the same bits.
/// </summary>
internal interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    /// <summary>The number of lanes.</summary>
    const int Count = 8;

    static abstract TSelf Broadcast(double value);

    /// <summary>Loads eight elements of type T in the processor's byte order; integers become the nearest double.</summary>
    static abstract TSelf Load<T>(ref byte elements)
        where T : unmanaged;

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    /// <summary>The smaller in each lane; no lane may be NaN, and of zeros with different signs either may come out.</summary>
    static abstract TSelf Min(TSelf left, TSelf right);

    /// <summary>The larger in each lane, under the same terms.</summary>
    static abstract TSelf Max(TSelf left, TSelf right);

    /// <summary>In each lane <paramref name="value"/>, or <paramref name="substitute"/> where <paramref name="tested"/> is NaN.</summary>
    static abstract TSelf WhereNumber(TSelf tested, TSelf value, TSelf substitute);

    static abstract void Store(TSelf value, ref double destination);
}
