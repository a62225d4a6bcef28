using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace Blaze.Storage.Cli.Tests.Deployment;

/// <summary>The files of this repository that orchestrators read.</summary>
internal static class Manifests
{
    public static string Root { get; } = FindRoot();

    /// <summary>The services of compose.yaml.</summary>
    public static JsonObject Compose { get; } = Read("compose.yaml").Single();

    /// <summary>The objects of Kubernetes in the base and all components.</summary>
    public static IReadOnlyList<JsonObject> Kubernetes { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, "infra/k8s"), "*.yaml", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != "kustomization.yaml").Order(StringComparer.Ordinal)
            .SelectMany(file => Read(Path.GetRelativePath(Root, file))),
    ];

    /// <summary>The objects of a kind.</summary>
    public static IEnumerable<JsonObject> OfKind(params string[] kinds) => Kubernetes.Where(each => kinds.Contains(each.Text("kind")));

    /// <summary>Whatever runs pods.</summary>
    public static IEnumerable<JsonObject> Workloads => OfKind("Deployment", "StatefulSet");

    public static IReadOnlyList<JsonObject> Read(string file)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(Path.Combine(Root, file))));
        return [.. yaml.Documents.Select(document => (JsonObject)Convert(document.RootNode)!)];
    }

    /// <summary>What lies at a path of names, or null.</summary>
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            node = (node as JsonObject)?[name];
        return node;
    }

    public static string? Text(this JsonNode? node, params ReadOnlySpan<string> names) => node.At(names)?.ToString();

    /// <summary>The elements of a list, or none.</summary>
    public static IEnumerable<JsonNode> Each(this JsonNode? node, params ReadOnlySpan<string> names) => node.At(names) is JsonArray list ? list.Select(each => each!) : [];

    /// <summary>The command line of a container.</summary>
    public static string[] Words(this JsonNode container, string name) => [.. container.Each(name).Select(word => word.ToString())];

    private static JsonNode? Convert(YamlNode node) => node switch
    {
        YamlMappingNode mapping => Convert(mapping),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Select(Convert)]),
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: "true" or "false" } flag => JsonValue.Create(flag.Value == "true"),
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain } scalar when long.TryParse(scalar.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => null,
    };

    // Merge keys are read as YAML 1.1 means them: what is said here goes before what is merged.
    private static JsonObject Convert(YamlMappingNode mapping)
    {
        var result = new JsonObject();
        foreach (var (key, value) in mapping.Children.OrderBy(child => child.Key.ToString() == "<<" ? 0 : 1))
        {
            if (key.ToString() != "<<")
                result[key.ToString()] = Convert(value);
            else
                foreach (var (name, merged) in Convert((YamlMappingNode)value))
                    result[name] = merged?.DeepClone();
        }

        return result;
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Blaze.Storage.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run from within the repository.");
        return folder;
    }
}
