using Blaze.Storage.TestKit.Servers;

namespace Blaze.Storage.Adapters.S3.Tests;

internal static class TestOptions
{
    public static S3Options Of(S3Server server) => new()
    {
        Endpoint = server.Endpoint,
        Region = "us-east-1",
        PathStyle = true,
        AccessKey = server.AccessKey,
        SecretKey = server.SecretKey,
    };
}
