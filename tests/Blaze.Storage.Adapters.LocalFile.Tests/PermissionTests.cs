using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Blaze.Storage.Adapters.LocalFile.Caching;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.ObjectStores.Sources;

namespace Blaze.Storage.Adapters.LocalFile.Tests;

/// <summary>
/// Permissions do not bind a process that may override them, as root's may. There a test runs itself again, alone and in a
/// process that has given up that right.
/// </summary>
public sealed class PermissionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LocalFileStore _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Read_OfAFileWithoutPermission_IsPermissionDenied() => BoundByPermissionsAsync(async () =>
    {
        var uri = _folder.Uri.Append("secret");
        File.WriteAllText(_folder.Name("secret"), "x");
        File.SetUnixFileMode(_folder.Name("secret"), UnixFileMode.None);
        await DeniedAsync("may not be read", () => _store.OpenAsync(uri, null, Token));
        await DeniedAsync("may not be read", () => _store.CopyIfAbsentAsync(uri, _folder.Uri.Append("b"), Token));
    });

    [Fact]
    public Task Expand_OfADirectoryWithoutPermission_IsPermissionDenied() => BoundByPermissionsAsync(async () =>
    {
        Directory.CreateDirectory(_folder.Name("a/closed"));
        File.WriteAllText(_folder.Name("a/closed/x"), "x");
        File.SetUnixFileMode(_folder.Name("a/closed"), UnixFileMode.None);
        await DeniedAsync("may not be read", () => ExpandAsync("a/closed"));
        await DeniedAsync("may not be read", () => ExpandAsync("a/closed/x"));
        await DeniedAsync("may not be read", () => ExpandAsync("a"));
        await DeniedAsync("may not be read", () => ExpandAsync("a/**/x"));
        File.SetUnixFileMode(_folder.Name("a/closed"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    });

    [Fact]
    public Task Write_WhereNobodyMay_IsPermissionDenied() => BoundByPermissionsAsync(async () =>
    {
        Directory.CreateDirectory(_folder.Name("fixed"));
        File.WriteAllText(_folder.Name("fixed/a"), "x");
        File.SetUnixFileMode(_folder.Name("fixed"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await DeniedAsync("may not be written", () => _store.PutAsync(_folder.Uri.Append("fixed/a"), new byte[1], Token));
        await DeniedAsync("may not be written", () => _store.PutAsync(_folder.Uri.Append("fixed/new/b"), new byte[1], Token));
        await DeniedAsync("may not be written", () => _store.DeleteAsync(_folder.Uri.Append("fixed/a"), Token));
        await using var bounded = new BoundedFolder(_store, _folder.Uri.Append("fixed/cache"));
        await DeniedAsync("may not be written", () => bounded.PutAsync(_folder.Uri.Append("fixed/cache/a"), new byte[1], Token));
        File.SetUnixFileMode(_folder.Name("fixed"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    });

    public void Dispose() => _folder.Dispose();

    private static async Task BoundByPermissionsAsync(Func<Task> test, [CallerMemberName] string name = "")
    {
        if (!OverridesPermissions())
        {
            await test();
            return;
        }

        var assembly = Assembly.GetExecutingAssembly().Location;
        var (exitCode, output) = await ShellCommand.RunAsync(
            "setpriv", "--bounding-set=-dac_override,-dac_read_search", "dotnet", assembly, "-method", $"{typeof(PermissionTests).FullName}.{name}");
        Assert.True(exitCode == 0, output);
        Assert.Contains("Total: 1,", output, StringComparison.Ordinal);
    }

    // CAP_DAC_OVERRIDE is bit 1 and CAP_DAC_READ_SEARCH bit 2 of the effective capabilities.
    private static bool OverridesPermissions()
    {
        var line = File.ReadLines("/proc/self/status").Single(text => text.StartsWith("CapEff:", StringComparison.Ordinal));
        return (ulong.Parse(line["CapEff:".Length..].Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) & 6) != 0;
    }

    private static async Task DeniedAsync(string expected, Func<Task> action)
    {
        var failure = await Assert.ThrowsAsync<ObjectStoreException>(action);
        Assert.Equal(ObjectStoreErrorKind.PermissionDenied, failure.Kind);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    private async Task ExpandAsync(string source) =>
        await new ObjectStoreRegistry(_store).ExpandAsync(SourcePattern.Parse(source, _folder.Path), Token).CountAsync(Token);
}
