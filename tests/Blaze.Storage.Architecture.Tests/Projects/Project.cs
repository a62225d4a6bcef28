using System.Xml.Linq;

namespace Blaze.Storage.Architecture.Tests.Projects;

/// <summary>What a project file says of itself.</summary>
/// <param name="File">Its path from the root.</param>
/// <param name="Name">The project's name without <c>Blaze.Storage.</c>.</param>
/// <param name="References">The names of the projects it references, likewise shortened.</param>
/// <param name="Packages">The packages it names itself.</param>
internal sealed record Project(string File, string Name, IReadOnlyList<string> References, IReadOnlyList<string> Packages)
{
    private const string Prefix = "Blaze.Storage.";

    public static IReadOnlyList<Project> All { get; } =
        [.. Repository.Files("*.csproj", "src", "adapters", "samples", "tests", "infra").Select(Read)];

    public bool IsTest => File.StartsWith("tests/", StringComparison.Ordinal);

    private static Project Read(string file)
    {
        var xml = XDocument.Parse(Repository.Text(file));
        return new Project(
            file,
            Shorten(file),
            [.. Included(xml, "ProjectReference").Select(Shorten)],
            [.. Included(xml, "PackageReference")]);
    }

    private static IEnumerable<string> Included(XDocument xml, string item) =>
        xml.Descendants(item).Select(element => element.Attribute("Include")?.Value).OfType<string>();

    private static string Shorten(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file.Replace('\\', '/'));
        return name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
    }
}
