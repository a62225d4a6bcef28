using System.Text.Json;

namespace Blaze.Storage.Cli.Cluster;

/// <summary>Finds the Garnet that <c>dotnet tool restore</c> put into the package folder.</summary>
internal static class GarnetTool
{
    private const string Package = "garnet-server";

    /// <summary>The path of GarnetServer.dll in the pinned version, or null where it was not restored.</summary>
    public static string? Find() => Find(Path.Combine(AppContext.BaseDirectory, "dotnet-tools.json"), PackageFolder());

    /// <summary>The same with the tool manifest and the package folder named.</summary>
    internal static string? Find(string manifest, string packages)
    {
        if (PinnedVersion(manifest) is not { } version)
            return null;
        var tools = Path.Combine(packages, Package, version, "tools");
        return Directory.Exists(tools)
            ? Directory.EnumerateDirectories(tools)
                .Order(StringComparer.Ordinal)
                .Select(framework => Path.Combine(framework, "any", "GarnetServer.dll"))
                .LastOrDefault(File.Exists)
            : null;
    }

    private static string? PinnedVersion(string manifest)
    {
        if (!File.Exists(manifest))
            return null;
        using var document = JsonDocument.Parse(File.ReadAllBytes(manifest));
        return document.RootElement.TryGetProperty("tools", out var tools)
            && tools.TryGetProperty(Package, out var tool)
            && tool.TryGetProperty("version", out var version)
            ? version.GetString()
            : null;
    }

    private static string PackageFolder() =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } named
            ? named
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
