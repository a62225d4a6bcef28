using Blaze.Storage.TestKit.Servers;

[assembly: AssemblyFixture(typeof(RedisFixture))]
