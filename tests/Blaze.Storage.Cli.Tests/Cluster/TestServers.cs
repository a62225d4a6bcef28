using Blaze.Storage.Cli.Cluster;

namespace Blaze.Storage.Cli.Tests.Cluster;

/// <summary>The servers a center can run on, by name, so that a theory can list them.</summary>
internal static class TestServers
{
    public const string Garnet = "Garnet";
    public const string Redis = "Redis";

    /// <summary>The server; where it is missing the test is skipped, or fails when servers are required.</summary>
    public static CenterServer Get(string name)
    {
        var file = name == Garnet ? GarnetTool.Find() : ProgramPath.Find("redis-server");
        if (file is null && Environment.GetEnvironmentVariable("BLAZE_REQUIRE_SERVERS") == "1")
            Assert.Fail($"{name} is missing and BLAZE_REQUIRE_SERVERS=1 asks for it.");
        Assert.SkipWhen(file is null, $"{name} is missing.");
        return name == Garnet ? new GarnetCenter(file!) : new RedisCenter(file!);
    }
}
