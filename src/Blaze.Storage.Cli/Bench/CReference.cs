using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Blaze.Storage.Cli.Bench;

/// <summary>
/// The loops of the C files here, compiled on this machine when they are needed and loaded into this process, so that both sides of a
/// comparison run on the same buffers, one after the other.
/// </summary>
internal sealed class CReference : IDisposable
{
    private static readonly string[] Sources = ["kernels.c", "hist_file.c"];

    private readonly string _folder;
    private readonly nint _library;

    private CReference(string folder, nint library)
    {
        _folder = folder;
        _library = library;
    }

    /// <summary>The form of every function in them.</summary>
    /// <param name="first">The buffer.</param>
    /// <param name="second">The second buffer, for the difference.</param>
    /// <param name="length">Bytes per buffer.</param>
    /// <param name="times">How often to go over it.</param>
    /// <param name="result">Where the result goes; 64 Ki words are always enough.</param>
    public delegate void Loop(nint first, nint second, long length, long times, nint result);

    /// <summary>Compiles and loads the loops.</summary>
    /// <param name="note">Where there are none: one sentence that says why.</param>
    public static CReference? TryCreate(out string? note)
    {
        var folder = Directory.CreateTempSubdirectory("blaze-bench-").FullName;
        var library = Path.Combine(folder, "kernels.so");
        try
        {
            note = Compile(folder, library);
            if (note is null)
                return new CReference(folder, NativeLibrary.Load(library));
        }
        catch (Win32Exception)
        {
            note = "There is no C loop to compare with, because gcc cannot be started: install it to see the ratio.";
        }
        catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException)
        {
            note = "There is no C loop to compare with, because what gcc made cannot be loaded into this process.";
        }

        Directory.Delete(folder, recursive: true);
        return null;
    }

    /// <summary>Finds a function; valid until this object is disposed.</summary>
    public Loop Find(string name) => Marshal.GetDelegateForFunctionPointer<Loop>(NativeLibrary.GetExport(_library, name));

    /// <summary>Unloads the loops and removes what was compiled.</summary>
    public void Dispose()
    {
        NativeLibrary.Free(_library);
        Directory.Delete(_folder, recursive: true);
    }

    private static string? Compile(string folder, string library)
    {
        foreach (var source in Sources)
        {
            using var file = File.Create(Path.Combine(folder, source));
            using var embedded = typeof(CReference).Assembly.GetManifestResourceStream(source)!;
            embedded.CopyTo(file);
        }

        string[] arguments =
            ["-O3", "-march=native", "-pthread", "-shared", "-fPIC", .. Sources.Select(source => Path.Combine(folder, source)), "-lm", "-o", library];
        using var gcc = Process.Start(new ProcessStartInfo("gcc", arguments) { RedirectStandardError = true, RedirectStandardInput = true })!;
        gcc.StandardInput.Close();
        var complaints = gcc.StandardError.ReadToEnd();
        gcc.WaitForExit();
        return gcc.ExitCode == 0 ? null : $"There is no C loop to compare with, because gcc failed: {complaints.Split('\n')[0]}.";
    }
}
