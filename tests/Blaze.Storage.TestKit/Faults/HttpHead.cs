using System.Globalization;
using System.Text;

namespace Blaze.Storage.TestKit.Faults;

/// <summary>The lines before the body of an HTTP message, as bytes and as text.</summary>
internal sealed record HttpHead(byte[] Bytes, string Text)
{
    private const int Largest = 1 << 20;

    public string FirstLine => Text[..Text.IndexOf('\r', StringComparison.Ordinal)];

    public bool IsInterim => FirstLine.Split(' ') is [_, ['1', ..], ..];

    public bool IsChunked => Header("Transfer-Encoding")?.Contains("chunked", StringComparison.OrdinalIgnoreCase) == true;

    public bool WaitsForContinue => Header("Expect") is not null;

    public long BodyLength => Header("Content-Length") is { } length ? long.Parse(length, CultureInfo.InvariantCulture) : 0;

    /// <summary>Takes bytes until an empty line; null where there are none.</summary>
    public static async Task<HttpHead?> ReadAsync(ByteSource source, CancellationToken cancellationToken)
    {
        var bytes = new List<byte>();
        while (bytes.Count < Largest)
        {
            if (await source.NextAsync(cancellationToken) is not { } value)
                return null;
            bytes.Add(value);
            if (value == '\n' && bytes.Count >= 4 && bytes[^4] == '\r' && bytes[^3] == '\n' && bytes[^2] == '\r')
                return new HttpHead([.. bytes], Encoding.Latin1.GetString([.. bytes]));
        }

        throw new InvalidDataException("The head of a message does not end.");
    }

    private string? Header(string name)
    {
        foreach (var line in Text.Split("\r\n").Skip(1))
        {
            if (line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
                return line[(name.Length + 1)..].Trim();
        }

        return null;
    }
}
