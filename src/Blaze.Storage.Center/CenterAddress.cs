using System.Globalization;

namespace Blaze.Storage.Center;

/// <summary>
/// Where a center is: <c>redis://[:password@]host[:port][/namespace]</c>, or <c>rediss://</c> for TLS, then perhaps with <c>?ca=FILE</c>, the path (percent-encoded) of
/// a PEM file with the certificates to trust instead of the system's.
/// </summary>
public sealed record CenterAddress
{
    /// <summary>The port where none is given.</summary>
    public const int DefaultPort = 6379;

    /// <summary>The namespace where none is given.</summary>
    public const string DefaultNamespace = "default";

    private const int MaxNamespaceLength = 64;
    private const string AuthorityParameter = "?ca=";

    /// <summary>Host name or IP address, without brackets.</summary>
    public required string Host { get; init; }

    /// <summary>TCP port.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>Separates clusters on one server: letters, digits, <c>-</c>, <c>_</c>, <c>.</c>; at most 64.</summary>
    public string Namespace { get; init; } = DefaultNamespace;

    /// <summary>The password; null for none.</summary>
    public string? Password { get; init; }

    /// <summary>Whether the connection is encrypted.</summary>
    public bool UseTls { get; init; }

    /// <summary>A PEM file with the authorities to trust for TLS; null for those the system trusts.</summary>
    public string? CertificateAuthorityFile { get; init; }

    /// <summary>Reads an address.</summary>
    /// <exception cref="CenterException">It is malformed (<see cref="CenterErrorKind.Invalid"/>); the message does not repeat the password.</exception>
    public static CenterAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("redis" or "rediss"))
            throw Malformed("it must look like redis://[:password@]host:port/namespace, or rediss:// for TLS");
        if (uri.Host.Length == 0)
            throw Malformed("it names no host");
        if (uri.Fragment.Length > 0)
            throw Malformed("nothing may follow the namespace");
        return new CenterAddress
        {
            Host = uri.IdnHost,
            Port = uri.Port is -1 or 0 ? DefaultPort : uri.Port,
            Namespace = NamespaceOf(Uri.UnescapeDataString(uri.AbsolutePath)),
            Password = PasswordOf(uri.UserInfo),
            UseTls = uri.Scheme == "rediss",
            CertificateAuthorityFile = AuthorityOf(uri),
        };
    }

    /// <summary>The address with the password, for handing it on to another process only.</summary>
    public string ToUriWithPassword() => Format(Password is null ? "" : $":{Uri.EscapeDataString(Password)}@");

    /// <summary>The address without the password.</summary>
    public override string ToString() => Format("");

    private string Format(string credentials)
    {
        var host = Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
        var authority = CertificateAuthorityFile is null ? "" : AuthorityParameter + Uri.EscapeDataString(CertificateAuthorityFile);
        return string.Create(CultureInfo.InvariantCulture, $"{(UseTls ? "rediss" : "redis")}://{credentials}{host}:{Port}/{Namespace}{authority}");
    }

    private static string? AuthorityOf(Uri uri)
    {
        if (uri.Query.Length == 0)
            return null;
        if (uri.Scheme != "rediss" || !uri.Query.StartsWith(AuthorityParameter, StringComparison.Ordinal) || uri.Query.Length == AuthorityParameter.Length || uri.Query.Contains('&', StringComparison.Ordinal))
            throw Malformed("nothing may follow the namespace but, with rediss://, ?ca= and the path of a file of certificates");
        return Uri.UnescapeDataString(uri.Query[AuthorityParameter.Length..]);
    }

    private static string? PasswordOf(string userInfo)
    {
        if (userInfo.Length == 0)
            return null;
        if (userInfo[0] != ':')
            throw Malformed("a password is written with a colon before it and no user, as in redis://:password@host");
        return userInfo.Length == 1 ? null : Uri.UnescapeDataString(userInfo[1..]);
    }

    private static string NamespaceOf(string path)
    {
        var name = path.Trim('/');
        if (name.Length == 0)
            return DefaultNamespace;
        if (name.Length > MaxNamespaceLength || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            throw Malformed("a namespace is at most 64 letters, digits, '-', '_' or '.'");
        return name;
    }

    private static CenterException Malformed(string reason) =>
        new(CenterErrorKind.Invalid, $"The address of the center is malformed: {reason}.");
}
