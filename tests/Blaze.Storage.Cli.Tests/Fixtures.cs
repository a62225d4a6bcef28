using Blaze.Storage.TestKit.Servers;

[assembly: AssemblyFixture(typeof(S3Fixture))]
