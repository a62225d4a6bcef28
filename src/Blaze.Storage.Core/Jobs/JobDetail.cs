using Blaze.Storage.Core.Keys;
using Blaze.Storage.Core.Operations;

namespace Blaze.Storage.Core.Jobs;

/// <summary>What planning found out about a job; absent until the job was planned.</summary>
/// <param name="Op">The operation's name.</param>
/// <param name="Parameters">All parameters, those read from a file's header included.</param>
/// <param name="Sources">The resources found, in the order their values are merged.</param>
/// <param name="Start">The first byte asked for.</param>
/// <param name="End">The end (exclusive): as asked, else that of the longest source.</param>
public sealed record JobDetail(
    string Op,
    IReadOnlyDictionary<string, string> Parameters,
    IReadOnlyList<JobSource> Sources,
    long Start,
    long End);

/// <summary>One resource of a job.</summary>
/// <param name="Uri">Its canonical URI.</param>
/// <param name="Hash">The hash of the version the job reads (<see cref="ResourceHash"/>).</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Start">The first byte of it that the job covers (after a file's header, for a format that has one).</param>
/// <param name="End">The end, exclusive.</param>
public sealed record JobSource(string Uri, string Hash, long Length, long Start, long End);
