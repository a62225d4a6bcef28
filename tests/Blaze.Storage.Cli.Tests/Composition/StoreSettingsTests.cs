using Blaze.Storage.Cli.Composition.Settings;
using Blaze.Storage.Cli.Tests.Cluster;
using Blaze.Storage.Core;

namespace Blaze.Storage.Cli.Tests.Composition;

public sealed class StoreSettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _variables = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_NothingSet_LeavesEverythingToTheDefaults()
    {
        var settings = Read();

        Assert.Null(settings.S3.Endpoint);
        Assert.False(settings.S3.PathStyle);
        Assert.Empty(settings.Hdfs.NameServices);
        Assert.Null(settings.Hdfs.User);
    }

    [Fact]
    public void Read_Environment_SetsWhatItNames()
    {
        _variables["AWS_ENDPOINT_URL"] = "http://other:1";
        _variables["AWS_ENDPOINT_URL_S3"] = "http://127.0.0.1:9000";
        _variables["AWS_REGION"] = "eu-north-1";
        _variables["BLAZE_S3_PATH_STYLE"] = "true";
        _variables["BLAZE_HDFS_NAMENODES"] = "prod=nn1:9870,nn2:9870; test=nn3";
        _variables["HADOOP_USER_NAME"] = "ann";

        var settings = Read();

        Assert.Equal(new Uri("http://127.0.0.1:9000"), settings.S3.Endpoint);
        Assert.Equal(("eu-north-1", true), (settings.S3.Region, settings.S3.PathStyle));
        Assert.Equal(["nn1:9870", "nn2:9870"], settings.Hdfs.NameServices["prod"]);
        Assert.Equal(["nn3"], settings.Hdfs.NameServices["test"]);
        Assert.Equal("ann", settings.Hdfs.User);
    }

    [Fact]
    public void Read_FileAndEnvironment_TheEnvironmentWins()
    {
        File("""{ "s3": { "endpoint": "http://file:1", "region": "r1", "pathStyle": true }, "hdfs": { "nameServices": { "prod": ["a:1"] }, "user": "bob" } } // said""");
        _variables["AWS_REGION"] = "r2";
        _variables["BLAZE_S3_PATH_STYLE"] = "false";

        var settings = Read();

        Assert.Equal((new Uri("http://file:1"), "r2", false), (settings.S3.Endpoint, settings.S3.Region, settings.S3.PathStyle));
        Assert.Equal(["a:1"], settings.Hdfs.NameServices["prod"]);
        Assert.Equal("bob", settings.Hdfs.User);
    }

    [Fact]
    public void Read_FileInTheConfigurationFolder_IsFound()
    {
        _variables["XDG_CONFIG_HOME"] = _folder.Path;
        Directory.CreateDirectory(Path.Combine(_folder.Path, "blaze"));
        System.IO.File.WriteAllText(Path.Combine(_folder.Path, "blaze", "options.json"), """{ "s3": { "region": "r9" } }""");

        Assert.Equal("r9", Read().S3.Region);
    }

    [Fact]
    public void Read_SeveralMistakes_SaysASentenceForEach()
    {
        _variables["AWS_ENDPOINT_URL_S3"] = "ftp://user:hidden@host";
        _variables["BLAZE_S3_PATH_STYLE"] = "perhaps";
        _variables["BLAZE_HDFS_NAMENODES"] = "prod";
        _variables["BLAZE_HDFS_LOCAL_ADDRESS"] = "here";

        var problem = Assert.Throws<BlazeException>(() => Read());

        Assert.Contains("AWS_ENDPOINT_URL_S3", problem.Message, StringComparison.Ordinal);
        Assert.Contains("'perhaps'", problem.Message, StringComparison.Ordinal);
        Assert.Contains("BLAZE_HDFS_NAMENODES", problem.Message, StringComparison.Ordinal);
        Assert.Contains("'here'", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", problem.Message, StringComparison.Ordinal);
        Assert.Equal(4, problem.Message.Split(". ").Length);
    }

    [Theory]
    [InlineData("""{ "s3": { "endpont": "http://a" } }""", "does not exist at s3")]
    [InlineData("""{ "s3": { "pathStyle": "yes" } }""", "s3.pathStyle")]
    [InlineData("{", "line 1")]
    public void Read_FileWithAMistake_SaysWhere(string text, string expected)
    {
        File(text);

        var problem = Assert.Throws<BlazeException>(() => Read());

        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
        Assert.Contains(_variables[OptionsFile.Variable], problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NamedFileMissing_IsRefused()
    {
        _variables[OptionsFile.Variable] = Path.Combine(_folder.Path, "none.json");

        Assert.Contains("none.json", Assert.Throws<BlazeException>(() => Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TokenFile_TakesItsLineAndShowsItNowhere()
    {
        var path = Path.Combine(_folder.Path, "token");
        System.IO.File.WriteAllText(path, "QUJDRA\n");
        _variables["BLAZE_HDFS_DELEGATION_TOKEN_FILE"] = path;

        var settings = Read();

        Assert.Equal("QUJDRA", settings.Hdfs.DelegationToken);
        Assert.DoesNotContain("QUJDRA", settings.ToString(), StringComparison.Ordinal);
    }

    private void File(string text)
    {
        var path = Path.Combine(_folder.Path, "options.json");
        System.IO.File.WriteAllText(path, text);
        _variables[OptionsFile.Variable] = path;
    }

    private StoreSettings Read() => StoreSettings.Read(_variables.GetValueOrDefault);
}
