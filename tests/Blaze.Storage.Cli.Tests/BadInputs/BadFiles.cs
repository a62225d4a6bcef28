using System.Diagnostics;
using System.Net.Sockets;
using Blaze.Storage.Adapters.LocalFile;
using Blaze.Storage.Core.ObjectStores;

namespace Blaze.Storage.Cli.Tests.BadInputs;

/// <summary>A folder of files that something is wrong with, and a few with which nothing is.</summary>
internal sealed class BadFiles : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("blaze-test-");
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    /// <summary>The folder's path.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Makes the files.</summary>
    public static async Task<BadFiles> CreateAsync(CancellationToken cancellationToken)
    {
        var files = new BadFiles();
        files.WriteFiles();
        files.Link();
        await files.MakePipesAsync(cancellationToken);
        files._socket.Bind(new UnixDomainSocketEndPoint(files.PathOf("socket")));
        await new LocalFileStore().PutAsync(ResourceUri.FromLocalPath(files.Folder).Append([.. "bytes/a"u8, 0xff]), new byte[64], cancellationToken);
        NpyFiles.WriteTo(files.Folder);
        return files;
    }

    public void Dispose()
    {
        _socket.Dispose();
        // .NET cannot name, and so not remove, a file whose name is not UTF-8.
        using var remove = Process.Start("rm", ["-rf", "--", Folder]);
        remove.WaitForExit();
    }

    private string PathOf(string name) => Path.Combine(Folder, name);

    private void WriteFiles()
    {
        Write("file", 1000);
        Write("odd", 1001);
        Write("large", 300_000);
        Write("empty", 0);
        Write("dir/one", 100);
        Write("dir/two", 100);
        Write("single/one", 100);
        Write("line\nbreak", 100);
        Write("x[1].bin", 100);
        Write("circle/one", 100);
        Write("empties/one", 0);
        Write("empties/two", 0);
        foreach (var directory in (string[])["hollow", "nested/hollow", "pipes", "bytes"])
            Directory.CreateDirectory(PathOf(directory));
    }

    private void Link()
    {
        File.CreateSymbolicLink(PathOf("loop"), "loop");
        File.CreateSymbolicLink(PathOf("loop1"), "loop2");
        File.CreateSymbolicLink(PathOf("loop2"), "loop1");
        File.CreateSymbolicLink(PathOf("dangling"), "nowhere");
        File.CreateSymbolicLink(PathOf("link"), "file");
        Directory.CreateSymbolicLink(PathOf("circle/again"), ".");
    }

    private async Task MakePipesAsync(CancellationToken cancellationToken)
    {
        using var make = Process.Start("mkfifo", [PathOf("pipe"), PathOf("pipes/pipe")]);
        await make.WaitForExitAsync(cancellationToken);
        Assert.Equal(0, make.ExitCode);
    }

    private void Write(string name, int length)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllBytes(PathOf(name), content);
    }
}
