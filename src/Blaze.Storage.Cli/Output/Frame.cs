using Blaze.Storage.Cli.Pictures;
using Blaze.Storage.Client;

namespace Blaze.Storage.Cli.Output;

/// <summary>What a terminal shows of a job at one moment: a title, the picture, and a line on progress or, at the end, on what it took.</summary>
internal static class Frame
{
    private const int OtherLines = 2;

    /// <summary>Draws the frame.</summary>
    /// <param name="snapshot">The job.</param>
    /// <param name="rate">Bytes covered per second lately.</param>
    /// <param name="style">What may be used, for all of the frame.</param>
    public static Picture Draw(JobSnapshot snapshot, double rate, PictureStyle style)
    {
        var picture = SnapshotPicture.Draw(snapshot, style with { Height = Math.Max(1, style.Height - OtherLines) });
        var last = snapshot.State == JobState.Done ? Summary(snapshot, style) : ProgressLine.Of(snapshot, rate, style.Width, style.Unicode, bar: true);
        return Picture.OfText(Fit(Title(snapshot, style), style.Width)).Above(picture).Above(Picture.OfText(Fit(last, style.Width)));
    }

    private static string Title(JobSnapshot snapshot, PictureStyle style)
    {
        if (snapshot is not { Operation: { } operation, Detail: { } detail })
            return $"job {snapshot.JobId}";
        var title = operation.Token;
        if (Headline.Of(snapshot, style.Unicode) is { } headline)
            title += $"  {headline}";
        return $"{title}  {Sources([.. detail.Sources.Select(source => source.Uri)], style.Unicode)}";
    }

    private static string Sources(string[] uris, bool unicode) => uris.Length switch
    {
        0 => "",
        1 => Printable(uris[0], unicode),
        2 => $"{Printable(uris[0], unicode)} {Printable(uris[1], unicode)}",
        _ => $"{Printable(uris[0], unicode)} and {uris.Length - 1} more",
    };

    // The last segment is what tells files apart; a name may hold anything, also what would move the cursor.
    private static string Printable(string uri, bool unicode)
    {
        var name = Uri.UnescapeDataString(uri[(uri.LastIndexOf('/') + 1)..]);
        return string.Concat(name.Select(c => char.IsControl(c) || (!unicode && !char.IsAscii(c)) ? '?' : c));
    }

    private static string Summary(JobSnapshot snapshot, PictureStyle style)
    {
        var bytes = snapshot.Bytes;
        var rate = snapshot.Elapsed > TimeSpan.Zero ? $" ({Units.Bytes(bytes.Total / snapshot.Elapsed.TotalSeconds)}/s)" : "";
        string[] parts =
        [
            $"exact: {Units.Bytes(bytes.Total)} in {Units.Duration(snapshot.Elapsed)}{rate}",
            $"{Units.Bytes(bytes.Read)} read",
            $"cache {Units.Percent(bytes.Total > 0 ? (double)bytes.Cached / bytes.Total : 0)}",
            $"job {snapshot.JobId}",
        ];
        return parts.Aggregate((line, part) => line.Length + 2 + part.Length <= style.Width ? $"{line}, {part}" : line);
    }

    private static string Fit(string text, int width)
    {
        var length = 0;
        for (var cells = 0; length < text.Length; length++)
        {
            cells += IsWide(text[length]) ? 2 : 1;
            if (cells > width)
                break;
        }

        return text[..length];
    }

    // East Asian letters of file names take two cells; a line that is too long would break the picture.
    private static bool IsWide(char c) => c is (>= '\u1100' and <= '\u115F') or (>= '\u2E80' and <= '\uD7FF') or (>= '\uF900' and <= '\uFFE6');
}
