using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Blaze.Storage.SystemTests.Telemetry;

/// <summary>The dashboards of this repository.</summary>
internal static partial class Dashboard
{
    /// <summary>The metrics that a dashboard's queries ask for.</summary>
    public static HashSet<string> MetricsOf(string name)
    {
        var file = Path.Combine(Root(), "infra/grafana/dashboards", name);
        var panels = JsonNode.Parse(File.ReadAllText(file))!["panels"]!.AsArray();
        var queries = panels.SelectMany(panel => panel!["targets"]!.AsArray()).Select(target => (string)target!["expr"]!);
        // A selector begins with a name; functions end with a parenthesis, and labels stand between braces or parentheses.
        return [.. queries.SelectMany(query => Metric().Matches(query)).Select(match => match.Value)];
    }

    [GeneratedRegex(@"\b(blaze|http|dotnet)_[a-z_]+\b(?=[\[{)]|\s|$)(?<!http_route)(?<!http_response_status_code)")]
    private static partial Regex Metric();

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Blaze.Storage.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run from within the repository.");
        return folder;
    }
}
