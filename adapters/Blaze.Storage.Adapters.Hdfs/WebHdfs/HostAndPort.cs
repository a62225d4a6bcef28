using System.Globalization;

namespace Blaze.Storage.Adapters.Hdfs.WebHdfs;

/// <summary>Reads <c>host</c> and <c>host:port</c>.</summary>
internal static class HostAndPort
{
    public const int HttpPort = 9870;
    public const int HttpsPort = 9871;

    /// <summary>Splits the text; the port is null where none is named.</summary>
    public static bool TryParse(string text, out string host, out int? port)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        host = colon < 0 ? text : text[..colon];
        port = null;
        if (colon >= 0)
        {
            if (!int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is 0 or > 65535)
                return false;
            port = number;
        }

        return host.Length > 0 && host.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');
    }

    /// <summary>The text with a port, the protocol's own where it names none; null where it is neither form.</summary>
    public static string? WithPort(string text, bool secure) => TryParse(text, out var host, out var port)
        ? string.Create(CultureInfo.InvariantCulture, $"{host}:{port ?? (secure ? HttpsPort : HttpPort)}")
        : null;
}
