using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Blaze.Storage.Core.Formats;

namespace Blaze.Storage.Architecture.Tests.Readme;

/// <summary>Runs the README's blocks tagged <c>sh test</c>, each in a folder with a FILE and a ./blaze, so that they stay true.</summary>
public sealed partial class ReadmeTests
{
    private const string Tag = "sh test";
    private const int ApiPort = 8642;
    private const int FileLength = 3_000_000;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Commands_OfTheReadme_Run()
    {
        Assert.SkipUnless(File.Exists(Repository.Path("README.md")), "There is no README.md yet.");
        var blocks = CodeBlock.In(Repository.Text("README.md")).Where(block => block.Tag == Tag).ToList();
        Assert.NotEmpty(blocks);
        Assert.Contains(blocks, block => block.Text.Contains("./blaze ", StringComparison.Ordinal));
        Assert.Contains(blocks, block => block.Text.Contains("hist.npy", StringComparison.Ordinal));
        foreach (var block in blocks)
            await RunAsync(block);
    }

    [Fact]
    public void In_SeveralBlocks_FindsTagsTextsAndLines()
    {
        var blocks = CodeBlock.In("a\n```sh test\none\ntwo\n```\n\n```\nthree\n```\n````md\n```sh test\nno\n```\n````\n");
        Assert.Equal([new(2, "sh test", "one\ntwo\n"), new(7, "", "three\n"), new(10, "md", "```sh test\nno\n```\n")], blocks);
    }

    private static async Task RunAsync(CodeBlock block)
    {
        var folder = Directory.CreateTempSubdirectory("blaze-readme-");
        try
        {
            var port = IsFree(ApiPort) ? ApiPort : AnyPort();
            WriteFileAndLauncher(folder.FullName, port);
            var text = WithoutNumpy(block.Text).Replace($":{ApiPort}", $":{port}", StringComparison.Ordinal);
            var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", text])
            {
                WorkingDirectory = folder.FullName,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.Environment["XDG_RUNTIME_DIR"] = folder.CreateSubdirectory(".run").FullName;
            start.Environment["XDG_CACHE_HOME"] = folder.CreateSubdirectory(".cache").FullName;
            start.Environment.Remove("BLAZE_CENTER");
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            using var deadline = new CancellationTokenSource(Deadline);
            await using var kill = deadline.Token.Register(() => process.Kill(entireProcessTree: true));
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, $"README.md:{block.Line} ended with exit code {process.ExitCode}.\n{block.Text}\n{await output}\n{await errors}");
            if (block.Text.Contains("hist.npy", StringComparison.Ordinal))
                CheckHistogram(await File.ReadAllBytesAsync(Path.Combine(folder.FullName, "hist.npy"), TestContext.Current.CancellationToken));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // What numpy would open: 256 counts, of the bytes of FILE.
    private static void CheckHistogram(byte[] file)
    {
        var header = NpyHeader.Read(file);
        Assert.Equal(("<i8", 256L), (header.Descr, header.ElementCount));
        Assert.Equal(FileLength, MemoryMarshal.Cast<byte, long>(file.AsSpan((int)header.DataOffset)).ToArray().Sum());
    }

    private static string WithoutNumpy(string text)
    {
        using var python = Process.Start(new ProcessStartInfo("python3", ["-c", "import numpy"]) { RedirectStandardError = true })!;
        python.WaitForExit();
        return python.ExitCode == 0 ? text : NumpyLine().Replace(text, "");
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int AnyPort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    // Where somebody else has the usual port, the cluster gets another one.
    private static void WriteFileAndLauncher(string folder, int apiPort)
    {
        var bytes = new byte[FileLength];
        new Random(1).NextBytes(bytes);
        File.WriteAllBytes(Path.Combine(folder, "FILE"), bytes);
        var launcher = Path.Combine(folder, "blaze");
        // The launcher proper would build once more; it has tests of its own.
        var serve = apiPort == ApiPort ? "" : $"[ \"$1\" != up ] || set -- \"$@\" --api-port {apiPort}\n";
        File.WriteAllText(launcher, $"#!/bin/sh\n{serve}exec dotnet exec '{Path.Combine(AppContext.BaseDirectory, "blaze.dll")}' \"$@\"\n");
        Executable.Make(launcher);
    }

    [GeneratedRegex(@" && python3 -c ""import numpy[^\n]*")]
    private static partial Regex NumpyLine();
}
