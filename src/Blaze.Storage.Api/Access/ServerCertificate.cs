using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Blaze.Storage.Api.Access;

/// <summary>The certificate that the server proves itself with, as the files have it now.</summary>
internal sealed class ServerCertificate
{
    private const int MostBytes = 1 << 20;
    private readonly Reloaded<SslStreamCertificateContext> _context;

    /// <summary>Reads the certificate.</summary>
    /// <exception cref="ApiException">It cannot be used.</exception>
    public ServerCertificate(string certificate, string? key, TimeProvider time, ILogger logger) =>
        _context = new Reloaded<SslStreamCertificateContext>("certificate and its key", () => Load(certificate, key ?? certificate), Make, time, logger);

    /// <summary>The certificate with those of its issuers.</summary>
    public SslStreamCertificateContext Current => _context.Current;

    private static IReadOnlyList<(string File, byte[] Bytes)> Load(params IReadOnlyList<string> files)
    {
        var file = files[0];
        try
        {
            var loaded = new List<(string, byte[])>();
            foreach (var name in files)
            {
                file = name;
                loaded.Add((name, new FileInfo(name).Length <= MostBytes ? File.ReadAllBytes(name) : throw new IOException("it is too large")));
            }

            return loaded;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ApiException($"The certificate cannot be read from '{file}': {problem.Message.TrimEnd('.')}; correct the path, or the file's permissions.", problem);
        }
    }

    private static SslStreamCertificateContext Make(IReadOnlyList<(string File, byte[] Bytes)> files)
    {
        var text = Encoding.UTF8.GetString(files[0].Bytes);
        try
        {
            var certificate = X509Certificate2.CreateFromPem(text, Encoding.UTF8.GetString(files[1].Bytes));
            var issuers = new X509Certificate2Collection();
            issuers.ImportFromPem(text);
            // Who connects decides whom to trust; nothing is fetched from elsewhere to complete the chain.
            return SslStreamCertificateContext.Create(certificate, issuers, offline: true);
        }
        catch (Exception problem) when (problem is CryptographicException or ArgumentException)
        {
            throw new ApiException($"'{files[0].File}' and '{files[1].File}' are no certificate and its key in PEM form, the key not encrypted: {problem.Message.TrimEnd('.')}.", problem);
        }
    }
}
