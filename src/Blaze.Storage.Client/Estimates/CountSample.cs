namespace Blaze.Storage.Client.Estimates;

/// <summary>Counts by bins: those of the known stratum, and those of each group of the sample.</summary>
internal sealed class CountSample(int bins)
{
    private readonly List<long[]> _groups = [];

    /// <summary>The counts of the known stratum.</summary>
    public long[] Known { get; } = new long[bins];

    /// <summary>The counts of the sample.</summary>
    public long[] Sampled { get; } = new long[bins];

    /// <summary>The counts of a group.</summary>
    public ReadOnlySpan<long> Group(int group) => _groups[group];

    public void AddKnown(ReadOnlySpan<long> counts) => Add(Known, counts);

    public void AddSampled(int group, ReadOnlySpan<long> counts)
    {
        while (_groups.Count <= group)
            _groups.Add(new long[bins]);
        Add(_groups[group], counts);
        Add(Sampled, counts);
    }

    /// <summary>The counts of the whole.</summary>
    public double[] Totals(double scale)
    {
        var totals = new double[bins];
        for (var bin = 0; bin < bins; bin++)
            totals[bin] = Known[bin] + (scale * Sampled[bin]);
        return totals;
    }

    /// <summary>The standard error of each of <see cref="Totals"/>.</summary>
    public double[] StandardErrors(RandomGroups groups, RatioError errors)
    {
        var result = new double[bins];
        if (errors.Fixed is { } known)
        {
            result.AsSpan().Fill(known);
            return result;
        }

        for (var group = 0; group < groups.Count; group++)
        {
            var counts = Group(group);
            var share = groups.BytesOf(group) / groups.Bytes;
            var weight = RatioError.WeightOf(groups, group);
            for (var bin = 0; bin < bins; bin++)
            {
                var residual = counts[bin] - (share * Sampled[bin]);
                result[bin] += residual * residual * weight;
            }
        }

        for (var bin = 0; bin < bins; bin++)
            result[bin] = errors.Of(result[bin]);
        return result;
    }

    private static void Add(long[] sums, ReadOnlySpan<long> counts)
    {
        for (var bin = 0; bin < sums.Length; bin++)
            sums[bin] += counts[bin];
    }
}
