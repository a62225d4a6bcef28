using System.Text;

namespace Blaze.Storage.Cli.Tests.BadInputs;

/// <summary>Files that are called <c>.npy</c>, most of them wrongly.</summary>
internal static class NpyFiles
{
    private const string Good = "{'descr': '<f8', 'fortran_order': False, 'shape': (4,), }";
    private static readonly byte[] Magic = [0x93, .. "NUMPY"u8];

    /// <summary>Writes them all; each is named after what is wrong with it.</summary>
    public static void WriteTo(string folder)
    {
        foreach (var (name, content) in All())
            File.WriteAllBytes(Path.Combine(folder, name + ".npy"), content);
    }

    private static IEnumerable<(string Name, byte[] Content)> All()
    {
        yield return ("good", File1(Good, 32));
        yield return ("fortran", File1("{'descr': '<f8', 'fortran_order': True, 'shape': (2, 2), }", 32));
        yield return ("scalar", File1("{'descr': '<f8', 'fortran_order': False, 'shape': (), }", 8));
        yield return ("no-elements", File1("{'descr': '<f8', 'fortran_order': False, 'shape': (0, 3), }", 0));
        yield return ("version2", [.. Magic, 2, 0, (byte)Good.Length, 0, 0, 0, .. Encoding.Latin1.GetBytes(Good), .. new byte[32]]);

        yield return ("nothing", []);
        yield return ("half-magic", [.. Magic[..3]]);
        yield return ("only-magic", Magic);
        yield return ("wrong-magic", [.. "PK\u0003\u0004"u8, .. new byte[100]]);
        yield return ("version9", [.. Magic, 9, 0, .. new byte[100]]);
        yield return ("version0", [.. Magic, 0, 0, .. new byte[100]]);
        yield return ("cut-header", File1(Good, 0)[..40]);
        yield return ("long-header", [.. Magic, 1, 0, 0xff, 0xff, .. Encoding.Latin1.GetBytes(Good)]);
        yield return ("endless-header", [.. Magic, 2, 0, 0xff, 0xff, 0xff, 0xff, .. Encoding.Latin1.GetBytes(Good)]);
        yield return ("no-dictionary", File1("[1, 2, 3]", 32));
        yield return ("no-header", File1("", 32));
        yield return ("open-dictionary", File1("{'descr': '<f8', 'fortran_order': False, 'shape': (4,)", 32));
        yield return ("no-descr", File1("{'fortran_order': False, 'shape': (4,), }", 32));
        yield return ("no-shape", File1("{'descr': '<f8', 'fortran_order': False, }", 32));
        yield return ("no-order", File1("{'descr': '<f8', 'shape': (4,), }", 32));
        yield return ("other-key", File1("{'descr': '<f8', 'fortran_order': False, 'shape': (4,), 'x': 1, }", 32));
        yield return ("double-key", File1("{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (4,), }", 32));
        yield return ("odd-order", File1("{'descr': '<f8', 'fortran_order': 2, 'shape': (4,), }", 32));
        yield return ("more-after", File1(Good + "{}", 32));
        yield return ("object", File1("{'descr': '|O', 'fortran_order': False, 'shape': (4,), }", 32));
        yield return ("record", File1("{'descr': [('a', '<f8'), ('b', '<i4')], 'fortran_order': False, 'shape': (2,), }", 24));
        yield return ("text", File1("{'descr': '<U8', 'fortran_order': False, 'shape': (1,), }", 32));
        yield return ("complex", File1("{'descr': '<c16', 'fortran_order': False, 'shape': (2,), }", 32));
        yield return ("half-floats", File1("{'descr': '<f2', 'fortran_order': False, 'shape': (16,), }", 32));
        yield return ("dates", File1("{'descr': '<M8[ns]', 'fortran_order': False, 'shape': (4,), }", 32));
        yield return ("line-in-descr", File1("{'descr': '<f8\n', 'fortran_order': False, 'shape': (4,), }", 32));
        yield return ("negative-shape", File1("{'descr': '<f8', 'fortran_order': False, 'shape': (-4,), }", 32));
        yield return ("number-shape", File1("{'descr': '<f8', 'fortran_order': False, 'shape': (4), }", 32));
        yield return ("text-shape", File1("{'descr': '<f8', 'fortran_order': False, 'shape': ('4',), }", 32));
        yield return ("huge-shape", File1("{'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904, 4), }", 32));
        yield return ("overflowing-size", File1("{'descr': '<f8', 'fortran_order': False, 'shape': (2305843009213693956,), }", 32));
        yield return ("overflowing-axis", File1("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,), }", 32));
        yield return ("many-axes", File1($"{{'descr': '<f8', 'fortran_order': False, 'shape': ({string.Concat(Enumerable.Repeat("1,", 65))}), }}", 8));
        yield return ("too-short", File1(Good, 31));
        yield return ("too-long", File1(Good, 33));
        yield return ("no-data", File1(Good, 0));
        yield return ("bad-utf8", [.. Magic, 3, 0, 2, 0, 0, 0, 0xff, 0xfe, .. new byte[32]]);
        yield return ("zeroes", new byte[200]);
        yield return ("integers", File1("{'descr': '<i4', 'fortran_order': False, 'shape': (8,), }", 32));
        yield return ("big-endian", File1("{'descr': '>f8', 'fortran_order': False, 'shape': (4,), }", 32));
    }

    private static byte[] File1(string header, int dataLength) =>
        [.. Magic, 1, 0, (byte)(header.Length & 0xff), (byte)(header.Length >> 8), .. Encoding.Latin1.GetBytes(header), .. new byte[dataLength]];
}
