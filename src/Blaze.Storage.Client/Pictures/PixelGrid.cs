namespace Blaze.Storage.Client.Pictures;

/// <summary>A picture of pixels. What falls outside it is not drawn.</summary>
internal sealed class PixelGrid
{
    private readonly byte[] _pixels;

    public PixelGrid(int width, int height, Rgb background)
    {
        Width = width;
        Height = height;
        _pixels = new byte[3 * width * height];
        Fill(0, 0, width, height, background);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>A row's pixels, red, green and blue of each.</summary>
    public ReadOnlySpan<byte> Row(int row) => _pixels.AsSpan(3 * Width * row, 3 * Width);

    /// <summary>Fills a rectangle.</summary>
    public void Fill(int left, int top, int width, int height, Rgb colour)
    {
        var right = Math.Min(left + width, Width);
        for (var row = Math.Max(top, 0); row < Math.Min(top + height, Height); row++)
        {
            for (var column = Math.Max(left, 0); column < right; column++)
            {
                var at = 3 * ((row * Width) + column);
                (_pixels[at], _pixels[at + 1], _pixels[at + 2]) = (colour.Red, colour.Green, colour.Blue);
            }
        }
    }
}
