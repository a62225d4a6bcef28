using System.Text.RegularExpressions;

namespace Blaze.Storage.Architecture.Tests.Sources;

/// <summary>A C# file, with and without what the compiler does not run.</summary>
internal sealed partial record SourceFile(string Path, string Text)
{
    /// <summary>The text with comments and the insides of strings blanked, so that a rule does not stumble over prose.</summary>
    public string Code { get; } = Prose().Replace(Text, match => match.Groups["keep"].Success ? match.Value : Blank(match.Value));

    public int LineCount => Text.Split('\n').Length - (Text.EndsWith('\n') ? 1 : 0);

    /// <summary>Every C# file below the folders.</summary>
    public static IReadOnlyList<SourceFile> Below(params string[] folders) =>
        [.. Repository.Files("*.cs", folders).Select(file => new SourceFile(file, Repository.Text(file)))];

    /// <summary>Where a pattern matches the code: file and line.</summary>
    public IEnumerable<string> Find(Regex pattern) =>
        pattern.Matches(Code).Select(match => $"{Path}:{Code[..match.Index].Count(c => c == '\n') + 1}");

    // Line ends stay, so that line numbers do.
    private static string Blank(string text) => Line().Replace(text, " ");

    [GeneratedRegex("""
        (?<keep>'(?:\\.|[^'\\\r\n])+')
        |//[^\r\n]*
        |/\*.*?\*/
        |(?<quotes>"{3,}).*?\k<quotes>
        |@\$?"(?:""|[^"])*"
        |\$?"(?:\\.|[^"\\\r\n])*"
        """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Prose();

    [GeneratedRegex("[^\r\n]+")]
    private static partial Regex Line();
}
