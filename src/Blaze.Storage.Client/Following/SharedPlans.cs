using System.Security.Cryptography;
using System.Text.Json;
using Blaze.Storage.Core.Jobs;

namespace Blaze.Storage.Client.Following;

/// <summary>
/// The names under which equal questions share a plan that nobody has begun. Such a plan looks at the sources after each of them was asked, so the answer is exact for all; one that
/// has begun may have looked before. Several names, because a plan that has begun keeps its own for a moment.
/// </summary>
internal static class SharedPlans
{
    private const int Names = 8;

    public static IReadOnlyList<string> KeysOf(JobSpec spec)
    {
        // Neither who asks nor in which trace changes the answer; where sources may lie does.
        var question = JsonSerializer.SerializeToUtf8Bytes(spec with { Owner = null, Trace = null }, JobJson.Default.JobSpec);
        var hash = Convert.ToHexStringLower(SHA256.HashData(question).AsSpan(0, 16));
        return [.. Enumerable.Range(0, Names).Select(number => $"PLAN-{hash}.{number}")];
    }
}
