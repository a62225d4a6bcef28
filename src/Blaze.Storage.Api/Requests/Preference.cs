using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Blaze.Storage.Api.Requests;

/// <summary>The preference <c>wait</c> of RFC 7240: how long a caller would rather wait for an answer than ask again.</summary>
internal static class Preference
{
    private const int LongestWait = 60;

    /// <summary>How long to wait, at most a minute; nothing where the caller prefers nothing, or what is none: preferences are ignored then.</summary>
    public static TimeSpan WaitOf(HttpContext context)
    {
        foreach (var header in context.Request.Headers["Prefer"])
        {
            foreach (var preference in (header ?? "").Split(',', StringSplitOptions.TrimEntries))
            {
                if (preference.StartsWith("wait=", StringComparison.OrdinalIgnoreCase)
                    && int.TryParse(preference.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
                    return TimeSpan.FromSeconds(Math.Min(seconds, LongestWait));
            }
        }

        return TimeSpan.Zero;
    }
}
