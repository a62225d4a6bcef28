using System.Text.RegularExpressions;

namespace Blaze.Storage.Cli.Cluster;

/// <summary>
/// The last lines a child wrote, for the message that says why it failed: those with words, without colours. Safe for several writers.
/// </summary>
internal sealed partial class LastLines(int capacity)
{
    private readonly Queue<string> _lines = new(capacity);

    public void Add(string line)
    {
        var plain = Colours().Replace(line, "").Trim();
        if (!plain.Any(char.IsLetterOrDigit))
            return;
        lock (_lines)
        {
            if (_lines.Count == capacity)
                _lines.Dequeue();
            _lines.Enqueue(plain);
        }
    }

    /// <summary>The newest line, or nothing.</summary>
    public string Last
    {
        get
        {
            lock (_lines)
                return _lines.LastOrDefault() ?? "";
        }
    }

    public bool Contains(string text)
    {
        lock (_lines)
            return _lines.Any(line => line.Contains(text, StringComparison.OrdinalIgnoreCase));
    }

    public override string ToString()
    {
        lock (_lines)
            return _lines.Count == 0 ? "it printed nothing" : "it printed: " + string.Join(" | ", _lines);
    }

    [GeneratedRegex(@"\e\[[0-9;]*m")]
    private static partial Regex Colours();
}
