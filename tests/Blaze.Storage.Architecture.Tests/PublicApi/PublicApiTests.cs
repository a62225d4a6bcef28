using System.Reflection;

namespace Blaze.Storage.Architecture.Tests.PublicApi;

/// <summary>
/// Each library's public API is written down beside this test, so that a change of it shows in a review. To accept a change:
/// <c>BLAZE_WRITE_API=1 ./test Architecture</c>.
/// </summary>
public sealed class PublicApiTests
{
    private const string Folder = "tests/Blaze.Storage.Architecture.Tests/PublicApi";

    public static TheoryData<string> Libraries { get; } =
        [.. Projects.Project.All.Where(project => !project.IsTest && project.Name is not ("Cli" or "Samples")).Select(project => $"Blaze.Storage.{project.Name}")];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Api_OfLibrary_IsTheOneWrittenDown(string library)
    {
        var file = $"{Folder}/{library}.txt";
        var actual = ApiText.Of(Assembly.Load(library));
        if (Environment.GetEnvironmentVariable("BLAZE_WRITE_API") == "1")
            File.WriteAllText(Repository.Path(file), actual);
        Assert.True(File.Exists(Repository.Path(file)), $"{file} is missing; write it with BLAZE_WRITE_API=1 ./test Architecture.");
        var written = Repository.Text(file).Split('\n');
        var now = actual.Split('\n');
        var changes = written.Except(now).Select(line => "- " + line).Concat(now.Except(written).Select(line => "+ " + line)).ToList();
        Assert.True(changes.Count == 0, $"The public API of {library} changed; if that is meant, run BLAZE_WRITE_API=1 ./test Architecture.\n{string.Join('\n', changes)}");
    }

    [Fact]
    public void Files_ForLibrariesThatAreGone_AreRemoved()
    {
        var stale = Repository.Files("*.txt", Folder).Select(Path.GetFileNameWithoutExtension).Except(Libraries.Select(row => (string?)row.Data));
        Assert.Empty(stale);
    }
}
