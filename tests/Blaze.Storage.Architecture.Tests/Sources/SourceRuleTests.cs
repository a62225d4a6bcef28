using System.Text.RegularExpressions;

namespace Blaze.Storage.Architecture.Tests.Sources;

public sealed partial class SourceRuleTests
{
    private const int MostLines = 400;

    private static readonly IReadOnlyList<SourceFile> Product = SourceFile.Below("src", "adapters", "samples");
    private static readonly IReadOnlyList<SourceFile> Tests = SourceFile.Below("tests");

    [Fact]
    public void Product_HasSources() => Assert.NotEmpty(Product);

    [Fact]
    public void ProductFiles_AreShortEnoughToRead() =>
        Assert.Empty(Product.Where(file => file.LineCount > MostLines).Select(file => $"{file.Path}: {file.LineCount} lines"));

    [Fact]
    public void Code_IsFinished()
    {
        Assert.Empty(Product.Concat(Tests).SelectMany(file => file.Find(Unfinished())));
        var noted =
            from file in Product.Concat(Tests)
            where !file.Path.StartsWith("tests/Blaze.Storage.Architecture.Tests/Sources/", StringComparison.Ordinal)
            where NoteToSelf().IsMatch(file.Text)
            select file.Path;
        Assert.Empty(noted);
    }

    [Fact]
    public void Catches_SwallowNothingWithoutAReason() =>
        Assert.Empty(Product.Concat(Tests).SelectMany(file => EmptyCatch().Matches(file.Text).Select(_ => file.Path)));

    [Fact]
    public void Tests_WaitForEventsInsteadOfSleeping() => Assert.Empty(Tests.SelectMany(file => file.Find(Sleep())));

    [Fact]
    public void Product_TakesTheTimeFromATimeProvider() => Assert.Empty(Product.SelectMany(file => file.Find(WallClock())));

    [Fact]
    public void Core_MakesUpNoNames() =>
        Assert.Empty(SourceFile.Below("src/Blaze.Storage.Core").SelectMany(file => file.Find(RandomName())));

    [Fact]
    public void Namespaces_AreTheFolders()
    {
        var misnamed =
            from file in Product.Concat(Tests)
            let declared = Namespace().Match(file.Code).Groups["name"].Value
            let folder = Path.GetDirectoryName(file.Path)!
            let expected = folder[(folder.IndexOf('/', StringComparison.Ordinal) + 1)..].Replace('/', '.')
            where declared.Length > 0 && declared != expected
            select $"{file.Path}: {declared}, not {expected}";
        Assert.Empty(misnamed);
    }

    [GeneratedRegex(@"\bNotImplementedException\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex NoteToSelf();

    [GeneratedRegex(@"\bcatch\b\s*(\([^()]*\))?\s*(when\s*\((?>[^()]+|\((?<depth>)|\)(?<-depth>))*(?(depth)(?!))\))?\s*\{\s*\}")]
    private static partial Regex EmptyCatch();

    [GeneratedRegex(@"\bThread\.Sleep\b|\bTask\.Delay\b|\bSpinWait\.SpinUntil\b")]
    private static partial Regex Sleep();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(UtcNow|Now|Today)\b")]
    private static partial Regex WallClock();

    [GeneratedRegex(@"\bGuid\.NewGuid\b")]
    private static partial Regex RandomName();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
