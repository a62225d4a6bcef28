using System.Text.Json;
using System.Text.Json.Serialization;
using Blaze.Storage.Core;

namespace Blaze.Storage.Cli.Composition.Settings;

/// <summary>
/// The options file: what is named there holds unless the environment says otherwise. It holds no secrets, only where some lie.
/// </summary>
/// <param name="S3">About <c>s3://</c>.</param>
/// <param name="Hdfs">About <c>hdfs://</c>, <c>webhdfs://</c> and <c>swebhdfs://</c>.</param>
/// <param name="Worker">About this machine's workers.</param>
internal sealed record OptionsFile(S3Section? S3 = null, HdfsSection? Hdfs = null, WorkerSection? Worker = null)
{
    /// <summary>The environment variable that names the file.</summary>
    public const string Variable = "BLAZE_OPTIONS";

    /// <summary>Reads the file the environment names, else the user's own where there is one, else an empty one.</summary>
    /// <exception cref="BlazeException">It is missing although it was named, cannot be read, or holds something unknown.</exception>
    public static OptionsFile Read(Func<string, string?> variable)
    {
        var named = variable(Variable);
        var path = string.IsNullOrEmpty(named) ? DefaultPath(variable) : named;
        if (path is null || (string.IsNullOrEmpty(named) && !File.Exists(path)))
            return new OptionsFile();
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), OptionsFileJson.Default.OptionsFile) ?? new OptionsFile();
        }
        catch (JsonException problem)
        {
            throw new BlazeException($"The options file '{path}' cannot be used: {Reason(problem)}; correct it, or name another one in {Variable}.", problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new BlazeException($"The options file '{path}' cannot be read: {problem.Message.TrimEnd('.')}; correct {Variable}, or the file's permissions.", problem);
        }
    }

    private static string? DefaultPath(Func<string, string?> variable)
    {
        var home = variable("HOME");
        var folder = variable("XDG_CONFIG_HOME") is { Length: > 0 } configured ? configured : string.IsNullOrEmpty(home) ? null : Path.Combine(home, ".config");
        return folder is null ? null : Path.Combine(folder, "blaze", "options.json");
    }

    // The library's message ends with the path, line and byte of the mistake, and begins with names of types.
    private static string Reason(JsonException problem)
    {
        var place = string.IsNullOrEmpty(problem.Path) || problem.Path == "$" ? "" : $" at {problem.Path.TrimStart('$', '.')}";
        return problem.Message.Contains("could not be mapped", StringComparison.Ordinal)
            ? $"it holds an option that does not exist{place}"
            : $"line {problem.LineNumber + 1}{place} is not what belongs there";
    }
}

/// <summary>What the options file says about S3.</summary>
/// <param name="Endpoint">The URL of the store, for other stores than Amazon's.</param>
/// <param name="Region">The region.</param>
/// <param name="PathStyle">Whether buckets are named in the path instead of the host.</param>
/// <param name="CaFile">A file of certificates (PEM) to trust besides the system's.</param>
internal sealed record S3Section(string? Endpoint = null, string? Region = null, bool? PathStyle = null, string? CaFile = null);

/// <summary>What the options file says about HDFS.</summary>
/// <param name="NameServices">Name nodes (host or host:port) by the logical name that stands for them in a location.</param>
/// <param name="User">The user to be, where the cluster takes a caller's word for it.</param>
/// <param name="DelegationTokenFile">A file whose one line is a delegation token.</param>
/// <param name="Kerberos">Whether to log in with Kerberos (SPNEGO), by this process's ticket.</param>
/// <param name="CaFile">A file of certificates (PEM) to trust besides the system's.</param>
/// <param name="LocalAddress">The address connections to data nodes come from.</param>
internal sealed record HdfsSection(
    IReadOnlyDictionary<string, string[]>? NameServices = null,
    string? User = null,
    string? DelegationTokenFile = null,
    bool? Kerberos = null,
    string? CaFile = null,
    string? LocalAddress = null);

/// <summary>What the options file says about workers.</summary>
/// <param name="Resources">What they have for calls that take of it, such as <c>gpu=2,memory=8Gi</c>.</param>
internal sealed record WorkerSection(string? Resources = null);

/// <summary>The file's JSON: camel case, comments and commas at ends allowed, unknown names refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(OptionsFile))]
internal sealed partial class OptionsFileJson : JsonSerializerContext;
