using System.Runtime.CompilerServices;
using Blaze.Storage.Cli.Pictures;

namespace Blaze.Storage.Cli.Tests.Pictures;

/// <summary>Pictures as text files beside the tests. With BLAZE_WRITE_PICTURES=1 they are written instead of compared, to be looked at.</summary>
internal static class GoldenPictures
{
    public static void Check(string name, Picture picture, PictureStyle style)
    {
        var text = picture.ToText() + "\n";
        Assert.All(text.TrimEnd('\n').Split('\n'), line => Assert.True(line.Length <= style.Width, $"{name}: '{line}' is longer than {style.Width}"));
        var path = Path.Combine(Folder(), name + ".txt");
        if (Environment.GetEnvironmentVariable("BLAZE_WRITE_PICTURES") == "1")
            File.WriteAllText(path, text);
        Assert.Equal(File.ReadAllText(path), text);
    }

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Golden");
}
