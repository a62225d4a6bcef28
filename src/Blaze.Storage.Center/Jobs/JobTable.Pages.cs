using System.Buffers.Text;
using System.Globalization;
using System.Text;
using StackExchange.Redis;

namespace Blaze.Storage.Center.Jobs;

public sealed partial class JobTable
{
    // Bounds what one call looks at, however few of the jobs are wanted.
    private const int MostLookedAt = 1024;
    private const int MostOfAPage = 1000;

    /// <summary>A page of the jobs, newest first.</summary>
    /// <param name="cursor">Where the page before ended, or null for the newest.</param>
    /// <param name="max">At most how many, 1 … 1,000.</param>
    /// <param name="state">Only those in this state, or null.</param>
    /// <param name="owner">Only those of this owner, or null.</param>
    /// <param name="cancellationToken">Ends the wait for the center.</param>
    /// <returns>The jobs, perhaps fewer than there are, and where the next page begins; null at the end.</returns>
    /// <exception cref="CenterException">The cursor is none (<see cref="CenterErrorKind.Invalid"/>), or the center could not be asked.</exception>
    public async Task<(IReadOnlyList<JobRecord> Jobs, string? Next)> PageAsync(
        string? cursor, int max, JobState? state, string? owner, CancellationToken cancellationToken)
    {
        if (max is < 1 or > MostOfAPage)
            throw new CenterException(CenterErrorKind.Invalid, $"A page has 1 to {MostOfAPage} jobs, not {max}.");
        var at = cursor is null ? null : Place.Parse(cursor);
        var wanted = new List<string>();
        var isEnd = false;
        for (var looked = 0; looked < MostLookedAt && wanted.Count < max && !isEnd;)
        {
            var (ids, after, end) = await NextAsync(at, state is null && owner is null ? max : MostLookedAt / 4, cancellationToken);
            looked += Math.Max(ids.Count, 1);
            (at, isEnd) = (after, end);
            var matching = await MatchingAsync(ids, state, owner, cancellationToken);
            if (wanted.Count + matching.Count > max)
            {
                var last = matching[max - wanted.Count - 1];
                matching = matching[..(max - wanted.Count)];
                (at, isEnd) = (last, false);
            }

            wanted.AddRange(matching.Select(place => place.Id));
        }

        var jobs = new List<JobRecord>(wanted.Count);
        foreach (var page in wanted.Chunk(PageSize / Names.Length))
            jobs.AddRange((await ReadAsync(page, Names, cancellationToken)).OfType<JobRecord>());
        return (jobs, isEnd ? null : at?.ToString());
    }

    private async Task<(List<Place> Ids, Place? After, bool IsEnd)> NextAsync(Place? after, int count, CancellationToken cancellationToken)
    {
        // Jobs of the same millisecond are told apart by their ids, in the order the server has them.
        var skip = 0L;
        var found = new List<Place>();
        while (true)
        {
            var entries = await _server.RunAsync(
                database => database.SortedSetRangeByScoreWithScoresAsync(
                    _keys.JobList, double.NegativeInfinity, after?.Score ?? double.PositiveInfinity, Exclude.None, Order.Descending, skip, count),
                cancellationToken);
            found.AddRange(entries.Select(entry => new Place(entry.Score, entry.Element.ToString())).Where(place => place.IsBehind(after)));
            if (entries.Length < count || found.Count > 0)
                return (found, found.Count > 0 ? found[^1] : after, entries.Length < count);
            skip += entries.Length;
        }
    }

    private async Task<List<Place>> MatchingAsync(List<Place> places, JobState? state, string? owner, CancellationToken cancellationToken)
    {
        if ((state is null && owner is null) || places.Count == 0)
            return places;
        RedisValue[] fields = [.. places.SelectMany(place => (RedisValue[])[$"{place.Id} state", $"{place.Id} owner"])];
        var values = await _server.RunAsync(database => database.HashGetAsync(_keys.Jobs, fields), cancellationToken);
        return [.. places.Where((_, index) =>
            (state is null || string.Equals(values[2 * index], state.ToString(), StringComparison.OrdinalIgnoreCase))
            && (owner is null || values[(2 * index) + 1] == owner))];
    }

    /// <summary>A job's place in the list.</summary>
    private sealed record Place(double Score, string Id)
    {
        public static Place Parse(string cursor)
        {
            try
            {
                var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
                var space = text.IndexOf(' ', StringComparison.Ordinal);
                if (space > 0 && double.TryParse(text.AsSpan(0, space), NumberStyles.Float, CultureInfo.InvariantCulture, out var score))
                    return new Place(score, text[(space + 1)..]);
            }
            catch (FormatException)
            {
                // Told below, like every other text that is none.
            }

            throw new CenterException(CenterErrorKind.Invalid, "The cursor is none that a page of jobs had.");
        }

        public bool IsBehind(Place? other) =>
            other is null || Score < other.Score || (Score == other.Score && string.CompareOrdinal(Id, other.Id) < 0);

        public override string ToString() =>
            Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Score:R} {Id}")));
    }
}
