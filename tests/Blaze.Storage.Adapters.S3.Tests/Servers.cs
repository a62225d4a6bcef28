using Blaze.Storage.TestKit.Servers;

[assembly: AssemblyFixture(typeof(S3Fixture))]
[assembly: AssemblyFixture(typeof(OtherS3Fixture))]
