using System.Globalization;
using System.Text;

namespace Blaze.Storage.Center.Scripts;

/// <summary>
/// Puts scripts together: a line <c>--- @include name</c> stands for <c>includes/name.lua</c>, once per script however often it
/// is named.
/// </summary>
internal sealed class CenterScriptLoader
{
    private const string Directive = "--- @include ";
    private readonly Func<string, string?> _read;

    /// <param name="read">The text of a file by its path under the folder of scripts, or null.</param>
    internal CenterScriptLoader(Func<string, string?> read) => _read = read;

    /// <summary>Loads <c>name-n.lua</c>, n being the number of its keys.</summary>
    /// <exception cref="InvalidDataException">A file is missing, or files include each other in a circle; the message says how one got there.</exception>
    internal CenterScript Load(string file)
    {
        var dash = file.LastIndexOf('-');
        if (dash < 0 || !int.TryParse(file.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var keyCount))
            throw new InvalidDataException($"The script '{file}' does not say after a dash how many keys it takes.");
        var text = new StringBuilder();
        Append(text, file, [file], []);
        return new CenterScript(file[..dash], keyCount, text.ToString());
    }

    private void Append(StringBuilder text, string file, List<string> path, HashSet<string> included)
    {
        var content = _read(file + ".lua") ?? throw new InvalidDataException($"The script {string.Join(" > ", path)} does not exist.");
        foreach (var line in content.ReplaceLineEndings("\n").Split('\n'))
        {
            if (!line.StartsWith(Directive, StringComparison.Ordinal))
            {
                text.Append(line).Append('\n');
                continue;
            }

            var name = "includes/" + line[Directive.Length..].Trim();
            if (path.Contains(name))
                throw new InvalidDataException($"Scripts include each other in a circle: {string.Join(" > ", path)} > {name}.");
            if (included.Add(name))
                Append(text, name, [.. path, name], included);
        }
    }
}
