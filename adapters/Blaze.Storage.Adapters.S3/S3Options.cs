using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Blaze.Storage.Core;

namespace Blaze.Storage.Adapters.S3;

/// <summary>How to reach a service that speaks S3. Everything may be left out where the service is AWS and the environment says the rest.</summary>
public sealed record S3Options
{
    /// <summary>Smallest <see cref="ReadSize"/>: 64 KiB.</summary>
    public const int SmallestReadSize = 64 * 1024;

    /// <summary>Largest <see cref="ReadSize"/>: 256 MiB.</summary>
    public const int LargestReadSize = 256 * 1024 * 1024;

    private static readonly TimeSpan LongestTime = TimeSpan.FromHours(1);

    /// <summary>The service, <c>http://</c> or <c>https://</c> with no path; null for AWS in <see cref="Region"/>.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>The region requests are signed for; null for the one the environment or the profile names, and with an endpoint else <c>us-east-1</c>.</summary>
    public string? Region { get; init; }

    /// <summary>Whether the bucket is named in the path (<c>host/bucket/key</c>) instead of the host name. Most services but AWS want that.</summary>
    public bool PathStyle { get; init; }

    /// <summary>A PEM file with the only authorities trusted for https; null for those the system trusts.</summary>
    public string? CertificateAuthorityFile { get; init; }

    /// <summary>With <see cref="SecretKey"/>, who asks; null for the SDK's own search: environment, profile, web identity, container, instance.</summary>
    public string? AccessKey { get; init; }

    /// <summary>The secret of <see cref="AccessKey"/>. Never logged, and part of no message.</summary>
    public string? SecretKey { get; init; }

    /// <summary>The session token of temporary keys.</summary>
    public string? SessionToken { get; init; }

    /// <summary>How long making a connection may take; 10 s, at most an hour.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a request may go without a byte sent or received; 30 s, at most an hour. Completions and
    /// copies, in which the service works alone, get ten times that. Such a failure is Transient.
    /// </summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many bytes are best read with one request; 8 MiB, from 64 KiB to 256 MiB.</summary>
    public int ReadSize { get; init; } = 8 * 1024 * 1024;

    /// <summary>The most requests under way at once, and so the most connections; 64, at least 1.</summary>
    public int RequestLimit { get; init; } = 64;

    /// <summary>These options, checked.</summary>
    /// <exception cref="BlazeException">A sentence that says what is wrong and what to do.</exception>
    public S3Options Validated()
    {
        CheckEndpoint();
        if (Region is not null && (Region.Length == 0 || !Region.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')))
            throw new BlazeException($"The S3 region '{Region}' is not valid; give a name such as us-east-1.");
        CheckKeys();
        if (CertificateAuthorityFile is not null)
            _ = ReadAuthorities(CertificateAuthorityFile);
        CheckTime("connect timeout", ConnectTimeout);
        CheckTime("idle timeout", IdleTimeout);
        if (ReadSize is < SmallestReadSize or > LargestReadSize)
            throw new BlazeException($"The S3 read size is {ReadSize} bytes; give one from 64 KiB to 256 MiB.");
        if (RequestLimit < 1)
            throw new BlazeException($"The S3 request limit is {RequestLimit}; give 1 or more.");
        return this;
    }

    /// <summary>The options without keys.</summary>
    public override string ToString() => $"S3 at {Endpoint?.ToString() ?? "AWS"}, region {Region ?? "of the environment"}";

    internal static X509Certificate2Collection ReadAuthorities(string file)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new BlazeException($"The S3 certificate authority file '{file}' cannot be read; name a PEM file that this user may read.", failure);
        }

        return authorities.Count > 0
            ? authorities
            : throw new BlazeException($"The S3 certificate authority file '{file}' holds no certificate; name a PEM file with the authorities to trust.");
    }

    private void CheckEndpoint()
    {
        if (Endpoint is null)
            return;
        // A user name in it might be a secret, so the text is not shown.
        if (Endpoint.IsAbsoluteUri && Endpoint.UserInfo.Length > 0)
            throw new BlazeException("The S3 endpoint holds a user name; give the keys by the environment or a profile instead.");
        if (!Endpoint.IsAbsoluteUri || Endpoint.Scheme is not ("http" or "https"))
            throw new BlazeException($"The S3 endpoint '{Endpoint}' is not an http:// or https:// address; give one such as https://s3.example.org.");
        if (Endpoint.PathAndQuery is not ("/" or "") || Endpoint.Fragment.Length > 0)
            throw new BlazeException($"The S3 endpoint '{Endpoint}' has a path or query; give scheme, host and port alone.");
    }

    private void CheckKeys()
    {
        if (string.IsNullOrEmpty(AccessKey) != string.IsNullOrEmpty(SecretKey))
            throw new BlazeException("Of the S3 access key and secret key only one is given; give both, or none to use the environment, a profile or the machine's role.");
        if (!string.IsNullOrEmpty(SessionToken) && string.IsNullOrEmpty(AccessKey))
            throw new BlazeException("An S3 session token is given without keys; give the access key and secret key that belong to it.");
    }

    private static void CheckTime(string name, TimeSpan time)
    {
        if (time <= TimeSpan.Zero || time > LongestTime)
            throw new BlazeException($"The S3 {name} is {time.TotalSeconds} s; give more than 0 and at most an hour.");
    }
}
