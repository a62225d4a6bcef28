using System.Globalization;
using System.Text;

namespace Blaze.Storage.Center.Scripts;

/// <summary>
/// Puts scripts together. A line <c>--- @include name</c> stands for <c>includes/name.lua</c>, once per script however often it is named.
/// A line <c>--- @rarely name</c> stands for a function that is defined only when <c>blaze.rest()</c> is called, with all others of that
/// kind: every call of a script defines its functions anew, and most calls need few of them.
/// </summary>
/// <param name="read">The text of a file by its path under the folder of scripts, or null.</param>
internal sealed class CenterScriptLoader(Func<string, string?> read)
{
    private const string Always = "--- @include ";
    private const string Rarely = "--- @rarely ";

    /// <summary>Loads <c>name-n.lua</c>, n being the number of its keys.</summary>
    /// <exception cref="InvalidDataException">A file is missing, or files include each other in a circle; the message says how one got there.</exception>
    internal CenterScript Load(string file)
    {
        var dash = file.LastIndexOf('-');
        if (dash < 0 || !int.TryParse(file.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var keyCount))
            throw new InvalidDataException($"The script '{file}' does not say after a dash how many keys it takes.");
        var (always, rarely) = (new Part(), new Part());
        Append(always, file, [file], [Always]);
        rarely.Met.UnionWith(always.Met);
        // What is needed rarely may need anything.
        foreach (var path in always.Left)
            AppendOnce(rarely, path, [Always, Rarely]);
        return new CenterScript(file[..dash], keyCount, rarely.Text.Length == 0 ? always.Text.ToString() : WithRest(always, rarely.Text.ToString()));
    }

    // Behind what is always there, before the script's own lines.
    private static string WithRest(Part always, string rest) => always.Text.ToString().Insert(
        always.BehindIncludes, $"function blaze.rest()\nif blaze.isWhole then return end\nblaze.isWhole = true\n{rest}end\n");

    private void Append(Part part, string file, List<string> path, string[] directives)
    {
        var content = read(file + ".lua") ?? throw new InvalidDataException($"The script {string.Join(" > ", path)} does not exist.");
        foreach (var line in content.ReplaceLineEndings("\n").Split('\n'))
        {
            var directive = Array.Find([Always, Rarely], known => line.StartsWith(known, StringComparison.Ordinal));
            if (directive is null)
            {
                part.Text.Append(line).Append('\n');
                continue;
            }

            List<string> longer = [.. path, "includes/" + line[directive.Length..].Trim()];
            if (directives.Contains(directive))
                AppendOnce(part, longer, directives);
            else
                part.Left.Add(longer);
            part.BehindIncludes = part.Text.Length;
        }
    }

    private void AppendOnce(Part part, List<string> path, string[] directives)
    {
        if (path.IndexOf(path[^1]) < path.Count - 1)
            throw new InvalidDataException($"Scripts include each other in a circle: {string.Join(" > ", path)}.");
        if (part.Met.Add(path[^1]))
            Append(part, path[^1], path, directives);
    }

    private sealed class Part
    {
        public StringBuilder Text { get; } = new();

        public HashSet<string> Met { get; } = [];

        /// <summary>The ways to files that are named and not here.</summary>
        public List<List<string>> Left { get; } = [];

        /// <summary>Where the text behind the last line that names a file begins.</summary>
        public int BehindIncludes { get; set; }
    }
}
