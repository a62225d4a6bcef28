using Blaze.Storage.Adapters.Hdfs;
using Blaze.Storage.Adapters.S3;
using Blaze.Storage.Core;

namespace Blaze.Storage.Cli.Composition.Settings;

/// <summary>How this process reaches its remote stores: by the environment and the options file, checked before anything starts.</summary>
/// <param name="S3">For <c>s3://</c>.</param>
/// <param name="Hdfs">For <c>hdfs://</c>, <c>webhdfs://</c> and <c>swebhdfs://</c>.</param>
internal sealed record StoreSettings(S3Options S3, HdfsOptions Hdfs)
{
    /// <summary>Reads the settings of this process.</summary>
    /// <exception cref="BlazeException">There are mistakes; the message has a sentence for each.</exception>
    public static StoreSettings OfProcess() => Read(Environment.GetEnvironmentVariable);

    /// <inheritdoc cref="OfProcess"/>
    /// <param name="variable">The environment.</param>
    internal static StoreSettings Read(Func<string, string?> variable)
    {
        var file = OptionsFile.Read(variable);
        var reader = new SettingsReader(variable);
        var s3 = ReadS3(reader, file.S3 ?? new S3Section());
        var hdfs = ReadHdfs(reader, file.Hdfs ?? new HdfsSection());
        // The adapters' own checks speak of what the environment could not get wrong alone.
        var settings = new StoreSettings(reader.Checked(s3.Validated) ?? s3, reader.Checked(hdfs.Validated) ?? hdfs);
        reader.ThrowIfMistaken();
        return settings;
    }

    // Keys are left to the SDK's own search: environment, profile, web identity, container, instance.
    private static S3Options ReadS3(SettingsReader reader, S3Section file) => new()
    {
        Endpoint = reader.Url("The S3 endpoint (AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL)", reader.Text(file.Endpoint, "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")),
        Region = reader.Text(file.Region, "AWS_REGION", "AWS_DEFAULT_REGION"),
        PathStyle = reader.Flag("BLAZE_S3_PATH_STYLE", file.PathStyle),
        CertificateAuthorityFile = reader.ExistingFile("BLAZE_S3_CA_FILE", reader.Text(file.CaFile, "BLAZE_S3_CA_FILE")),
    };

    private static HdfsOptions ReadHdfs(SettingsReader reader, HdfsSection file) => new()
    {
        NameServices = NameServicesOf(reader, file),
        User = reader.Text(file.User, "BLAZE_HDFS_USER", "HADOOP_USER_NAME"),
        DelegationToken = reader.Text(null, "BLAZE_HDFS_DELEGATION_TOKEN")
            ?? reader.Secret("BLAZE_HDFS_DELEGATION_TOKEN_FILE", reader.Text(file.DelegationTokenFile, "BLAZE_HDFS_DELEGATION_TOKEN_FILE")),
        Kerberos = reader.Flag("BLAZE_HDFS_KERBEROS", file.Kerberos),
        CaBundle = reader.ExistingFile("BLAZE_HDFS_CA_FILE", reader.Text(file.CaFile, "BLAZE_HDFS_CA_FILE")),
        LocalAddress = reader.Address("BLAZE_HDFS_LOCAL_ADDRESS", reader.Text(file.LocalAddress, "BLAZE_HDFS_LOCAL_ADDRESS"))?.ToString(),
    };

    // prod=nn1:9870,nn2:9870;test=nn3
    private static Dictionary<string, IReadOnlyList<string>> NameServicesOf(SettingsReader reader, HdfsSection file)
    {
        var services = (file.NameServices ?? new Dictionary<string, string[]>()).ToDictionary(service => service.Key, service => (IReadOnlyList<string>)service.Value);
        foreach (var part in (reader.Text(null, "BLAZE_HDFS_NAMENODES") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part.Split('=', 2) is [{ Length: > 0 } name, { Length: > 0 } nodes])
                services[name] = nodes.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            else
                reader.Mistake($"BLAZE_HDFS_NAMENODES holds '{part}'; write name=host:port,host:port and separate clusters by semicolons.");
        }

        return services;
    }
}
