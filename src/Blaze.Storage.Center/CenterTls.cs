using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Blaze.Storage.Center;

/// <summary>Whom a connection to the center trusts.</summary>
internal static class CenterTls
{
    /// <summary>How TLS is spoken with a center.</summary>
    /// <exception cref="CenterException">The file of authorities cannot be used.</exception>
    internal static SslClientAuthenticationOptions Options(CenterAddress address) => new()
    {
        TargetHost = address.Host,
        // The system's own choice may still have versions that nobody should speak.
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        CertificateChainPolicy = Policy(address),
    };

    private static X509ChainPolicy? Policy(CenterAddress address)
    {
        if (address.CertificateAuthorityFile is not { } file)
            return null;
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        // Server authentication: a certificate for other purposes alone proves no server.
        policy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(file);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new CenterException(CenterErrorKind.Invalid, $"The file of certificates for the center, '{file}', cannot be read; name a PEM file that this user may read.", problem);
        }

        return policy.CustomTrustStore.Count > 0 ? policy
            : throw new CenterException(CenterErrorKind.Invalid, $"The file of certificates for the center, '{file}', holds none; name a PEM file with the authorities to trust.");
    }
}
