using System.Reflection;
using System.Text.RegularExpressions;
using Blaze.Storage.Center.Keyspace;
using Blaze.Storage.Center.Scripts;
using Blaze.Storage.Center.Tasks;

namespace Blaze.Storage.Center.Tests.Scripts;

/// <summary>What every script promises by its name and its header holds for its text.</summary>
public sealed partial class ScriptContractTests
{
    private const string IncludesFolder = "includes/";

    // Files of values instead of a function.
    private static readonly string[] Tables = ["slots", "gathered", "status"];
    private static readonly string[] HeaderParts = ["Purpose", "KEYS", "ARGV", "Output", "Idempotency", "Events"];
    private static readonly Dictionary<string, string> Files = ReadAll();

    public static TheoryData<string> Names => [.. Files.Keys.Where(file => !file.StartsWith(IncludesFolder, StringComparison.Ordinal)).Order()];

    public static TheoryData<string> Includes => [.. Files.Keys.Where(file => file.StartsWith(IncludesFolder, StringComparison.Ordinal)).Order()];

    [Theory]
    [MemberData(nameof(Names))]
    public void KeyCount_OfName_IsTheHighestSlotUsedAndDocumented(string file)
    {
        var script = Load(file);
        var used = SlotUse().Matches(WithoutComments(script.Text)).Select(match => int.Parse(match.Groups[1].Value)).ToHashSet();
        var documented = Numbered().Matches(HeaderOf(file)["KEYS"]).Select(match => int.Parse(match.Groups[1].Value));
        Assert.Equal(Enumerable.Range(1, script.KeyCount), documented);
        Assert.Equal(Enumerable.Range(1, script.KeyCount), used.Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Header_OfEveryScript_HasAllPartsInOrder(string file)
    {
        var header = HeaderOf(file);
        Assert.Equal(HeaderParts, header.Keys);
        Assert.All(header.Values, part => Assert.NotEmpty(part.Trim()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Output_OfEveryScript_NamesStatusesThatExist(string file)
    {
        var known = Enum.GetNames<ScriptStatus>().ToHashSet();
        var named = StatusName().Matches(HeaderOf(file)["Output"]).Select(match => Pascal(match.Value)).ToList();
        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains(name, known));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Statuses_UsedInTheBody_AreNamedInTheHeader(string file)
    {
        var output = HeaderOf(file)["Output"];
        var body = Files[file];
        Assert.All(StatusUse().Matches(body).Select(match => match.Groups[1].Value), name => Assert.Contains(name, output, StringComparison.Ordinal));
    }

    [Fact]
    public void StatusTable_OfTheScripts_IsTheEnum()
    {
        var table = StatusEntry().Matches(Files["includes/status"]).ToDictionary(match => Pascal(match.Groups[1].Value), match => int.Parse(match.Groups[2].Value));
        Assert.Equal(Enum.GetValues<ScriptStatus>().ToDictionary(status => status.ToString(), status => (int)status).OrderBy(one => one.Value), table.OrderBy(one => one.Value));
    }

    [Fact]
    public void SlotNames_OfTheScripts_AreTheKeyspace()
    {
        var slots = Slot().Matches(Files["includes/slots"]).OrderBy(match => int.Parse(match.Groups[2].Value)).Select(match => match.Groups[1].Value);
        Assert.Equal(new ShardKeys("n", 0).All.Select(key => key.ToString()), slots.Select(name => $"blaze:{{n/0}}:{name}"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Functions_Called_AreIncludedAndNoIncludeIsIdle(string file)
    {
        var text = WithoutComments(Load(file).Text);
        var defined = Definition().Matches(text).Select(match => match.Groups[1].Value).ToHashSet();
        var called = Call().Matches(text).Select(match => match.Groups[1].Value).Except(["status", "rest"]).ToHashSet();
        Assert.Empty(called.Except(defined));
        var named = Include().Matches(Files[file]).Select(match => match.Groups[2].Value).Except(Tables);
        var calledHere = Call().Matches(WithoutComments(Files[file])).Select(match => match.Groups[1].Value).ToHashSet();
        Assert.Empty(named.Except(calledHere));
    }

    [Theory]
    [MemberData(nameof(Includes))]
    public void Include_DefinesTheFunctionOfItsNameAndIncludesWhatItCalls(string file)
    {
        var text = Files[file];
        var name = file[IncludesFolder.Length..];
        var defined = Definition().Matches(text).Select(match => match.Groups[1].Value).ToList();
        if (Tables.Contains(name))
        {
            Assert.Equal(name == "slots" ? ["rest"] : [], defined);
            return;
        }

        Assert.Equal([name], defined);
        var named = Include().Matches(text).Select(match => match.Groups[2].Value).ToHashSet();
        var called = Call().Matches(WithoutComments(text)).Select(match => match.Groups[1].Value).Where(one => one != name).ToHashSet();
        Assert.Empty(called.Except(named).Except(["status", "rest"]));
        Assert.Empty(named.Except(called).Except(Tables));
    }

    [Fact]
    public void RarelyIncluded_IsDefinedWhereItIsCalled() => Assert.All(Files.Where(file => file.Key != "includes/slots"), file =>
        Assert.Equal(
            Include().Matches(file.Value).Any(match => match.Groups[1].Value == "rarely"),
            WithoutComments(file.Value).Contains("blaze.rest()", StringComparison.Ordinal)));

    [Fact]
    public void Gathered_InEveryFileThatUsesIt_IsIncluded()
    {
        var names = Gathered().Matches(WithoutComments(Files["includes/gathered"])).Select(match => match.Value).Except(["blaze.gathers"]).ToList();
        Assert.Contains("blaze.dirty", names);
        var users = Files.Where(file => file.Key != "includes/gathered" && Gathered().Matches(WithoutComments(file.Value)).Any(match => names.Contains(match.Value)));
        Assert.All(users, file => Assert.Contains("--- @include gathered\n", file.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Includes_AreAllUsed()
    {
        var used = Files.Values.SelectMany(text => Include().Matches(text)).Select(match => IncludesFolder + match.Groups[2].Value).ToHashSet();
        Assert.Empty(Files.Keys.Where(file => file.StartsWith(IncludesFolder, StringComparison.Ordinal)).Except(used));
    }

    [Fact]
    public void Scripts_KnownToTheProgram_AreTheFiles()
    {
        var loaded = typeof(CenterScripts).GetFields(BindingFlags.Static | BindingFlags.NonPublic)
            .Select(field => field.GetValue(null)).OfType<CenterScript>().Select(script => $"{script.Name}-{script.KeyCount}");
        Assert.Equal(Names.Select(name => name.Data), loaded.Order());
    }

    [Fact]
    public void ProtocolPage_NamesEveryScriptStatusAndKey()
    {
        var page = File.ReadAllText(PagePath());
        Assert.All(Names.Select(name => name.Data), name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
        Assert.All(StatusEntry().Matches(Files["includes/status"]), match =>
            Assert.Contains($"| {match.Groups[2].Value.Replace('-', '\u2212')} | {match.Groups[1].Value} |", page, StringComparison.Ordinal));
        Assert.All(Slot().Matches(Files["includes/slots"]), match =>
            Assert.Contains($"| {match.Groups[2].Value} | `{match.Groups[1].Value}` |", page, StringComparison.Ordinal));
        Assert.Contains($"version {CenterConnection.ProtocolVersion}\n", page, StringComparison.Ordinal);
    }

    private static string PagePath()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Blaze.Storage.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        return Path.Combine(folder.FullName, "docs", "protocol.md");
    }

    private static CenterScript Load(string file) => new CenterScriptLoader(path => Files.GetValueOrDefault(path[..^".lua".Length])).Load(file);

    private static Dictionary<string, string> ReadAll()
    {
        var assembly = typeof(CenterScripts).Assembly;
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(CenterScripts.ResourcePrefix, StringComparison.Ordinal)).ToDictionary(
            name => name[CenterScripts.ResourcePrefix.Length..^".lua".Length],
            name => new StreamReader(assembly.GetManifestResourceStream(name)!).ReadToEnd());
    }

    private static Dictionary<string, string> HeaderOf(string file)
    {
        var parts = new Dictionary<string, string>();
        var part = "";
        foreach (var line in Files[file].Split('\n').TakeWhile(line => line.StartsWith("-- ", StringComparison.Ordinal)))
        {
            var start = PartStart().Match(line);
            if (start.Success)
                parts[part = start.Groups[1].Value] = start.Groups[2].Value;
            else
                parts[part] += " " + line[2..];
        }

        return parts;
    }

    private static string WithoutComments(string text) => string.Join('\n', text.Split('\n').Select(line => line.Split("--")[0]));

    private static string Pascal(string name) => string.Concat(name.Split('_').Select(word => word[..1] + word[1..].ToLowerInvariant()));

    [GeneratedRegex(@"KEYS\[(\d+)\]")]
    private static partial Regex SlotUse();

    [GeneratedRegex(@"(?:^|, )\s*(\d+) ")]
    private static partial Regex Numbered();

    [GeneratedRegex(@"\b[A-Z]{4,}(_[A-Z]+)*\b")]
    private static partial Regex StatusName();

    [GeneratedRegex(@"blaze\.status\.([A-Z_]+)")]
    private static partial Regex StatusUse();

    [GeneratedRegex(@"^  ([A-Z_]+) = (-?\d+),$", RegexOptions.Multiline)]
    private static partial Regex StatusEntry();

    [GeneratedRegex(@"^  (\w+) = KEYS\[(\d+)\],$", RegexOptions.Multiline)]
    private static partial Regex Slot();

    [GeneratedRegex(@"^function blaze\.(\w+)\(", RegexOptions.Multiline)]
    private static partial Regex Definition();

    [GeneratedRegex(@"\bblaze\.(\w+)\(")]
    private static partial Regex Call();

    [GeneratedRegex(@"^--- @(include|rarely) (\w+)$", RegexOptions.Multiline)]
    private static partial Regex Include();

    [GeneratedRegex(@"\bblaze\.\w+\b")]
    private static partial Regex Gathered();

    [GeneratedRegex("^-- ([A-Z][A-Za-z]+): (.*)$")]
    private static partial Regex PartStart();
}
