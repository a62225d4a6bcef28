using System.Text.RegularExpressions;

namespace Blaze.Storage.Architecture.Tests.Readme;

/// <summary>A fenced block of a Markdown file.</summary>
/// <param name="Line">The line it starts at, from 1.</param>
/// <param name="Tag">What follows the fence, as <c>sh test</c>.</param>
/// <param name="Text">What is between the fences.</param>
internal sealed partial record CodeBlock(int Line, string Tag, string Text)
{
    public static IReadOnlyList<CodeBlock> In(string markdown) =>
        [.. Fence().Matches(markdown).Select(match => new CodeBlock(
            markdown[..match.Index].Count(c => c == '\n') + 1, match.Groups["tag"].Value.Trim(), match.Groups["text"].Value))];

    [GeneratedRegex(@"^(?<fence>```+)(?<tag>[^\n`]*)\n(?<text>.*?)^\k<fence>[ \t]*$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
