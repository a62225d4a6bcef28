namespace Blaze.Storage.Architecture.Tests.Projects;

public sealed class ProjectTests
{
    /// <summary>Which project may reference which. A new edge needs a decision record under docs/adr that says why.</summary>
    private static readonly Dictionary<string, string[]> AllowedEdges = new()
    {
        ["Core"] = [],
        ["Compute"] = ["Core"],
        ["Center"] = ["Core"],
        ["Transfer"] = ["Core"],
        ["Client"] = ["Core", "Center", "Transfer"],
        ["Worker"] = ["Core", "Center", "Compute", "Transfer"],
        ["Api"] = ["Client"],
        ["Cli"] = ["Client", "Worker", "Api", "Adapters.LocalFile", "Adapters.S3", "Adapters.Hdfs", "Adapters.Resilience"],
        // Programs as users write them: with the SDK, and the adapter of the store their functions read.
        ["Samples"] = ["Client", "Adapters.S3"],
        ["Adapters.LocalFile"] = ["Core"],
        ["Adapters.S3"] = ["Core"],
        ["Adapters.Hdfs"] = ["Core"],
        ["Adapters.Resilience"] = ["Core"],
    };

    /// <summary>Packages that one project alone may use.</summary>
    private static readonly Dictionary<string, string> Homes = new()
    {
        ["StackExchange.Redis"] = "Center",
        ["System.CommandLine"] = "Cli",
        ["Spectre.Console"] = "Cli",
        ["Microsoft.AspNetCore.OpenApi"] = "Api",
        ["OpenTelemetry"] = "Cli",
        ["OpenTelemetry.Exporter.OpenTelemetryProtocol"] = "Cli",
        ["AWSSDK.S3"] = "Adapters.S3",
        ["AWSSDK.Core"] = "Adapters.S3",
    };

    [Fact]
    public void All_OfTheRepository_FindsCore() => Assert.Contains(Project.All, project => project.Name == "Core");

    [Fact]
    public void References_OfProducts_AreAllowed()
    {
        var forbidden =
            from project in Project.All
            where !project.IsTest
            let allowed = AllowedEdges.GetValueOrDefault(project.Name)
            from reference in project.References
            where allowed is null || !allowed.Contains(reference)
            select $"{project.Name} -> {reference}";
        Assert.Empty(forbidden);
    }

    [Fact]
    public void Names_OfProducts_AreKnown() =>
        Assert.Empty(Project.All.Where(project => !project.IsTest).Select(project => project.Name).Except(AllowedEdges.Keys));

    [Fact]
    public void References_ToTests_ComeFromTestsOnly()
    {
        var testProjects = Project.All.Where(project => project.IsTest).Select(project => project.Name).ToHashSet();
        Assert.Empty(Project.All.Where(project => !project.IsTest && project.References.Any(testProjects.Contains)).Select(project => project.Name));
    }

    [Fact]
    public void References_ToAdapters_ComeFromTheCommandLineTestsAndSamplesOnly()
    {
        var users =
            from project in Project.All
            where !project.IsTest && project.Name is not ("Cli" or "Samples")
            where project.References.Any(reference => reference.StartsWith("Adapters.", StringComparison.Ordinal))
            select project.Name;
        Assert.Empty(users);
    }

    [Fact]
    public void Packages_WithAHome_AreUsedThereOnly()
    {
        var strays =
            from project in Project.All
            where !project.IsTest
            from package in project.Packages
            where Homes.TryGetValue(package, out var home) && home != project.Name
            select $"{project.Name} uses {package}";
        Assert.Empty(strays);
    }

    [Fact]
    public void Folder_OfEachProject_IsNamedLikeIt()
    {
        var misplaced = Project.All.Where(project => Path.GetFileName(Path.GetDirectoryName(project.File)) != $"Blaze.Storage.{project.Name}");
        Assert.Empty(misplaced.Select(project => project.File));
    }

    [Fact]
    public void Solution_ListsEveryProject()
    {
        var solution = Repository.Text("Blaze.Storage.sln").Replace('\\', '/');
        Assert.Empty(Project.All.Where(project => !solution.Contains($"\"{project.File}\"", StringComparison.Ordinal)).Select(project => project.File));
    }
}
