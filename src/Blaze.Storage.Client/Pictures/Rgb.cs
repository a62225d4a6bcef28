namespace Blaze.Storage.Client.Pictures;

/// <summary>A colour, 8 bits a channel.</summary>
public readonly record struct Rgb(byte Red, byte Green, byte Blue)
{
    /// <summary>For labels and frames.</summary>
    public static Rgb Quiet { get; } = new(128, 128, 128);

    /// <summary>The colour at <paramref name="share"/> (0 … 1) of the way to <paramref name="other"/>.</summary>
    public Rgb Towards(Rgb other, double share) =>
        new(Between(Red, other.Red, share), Between(Green, other.Green, share), Between(Blue, other.Blue, share));

    private static byte Between(byte from, byte to, double share) => (byte)Math.Round(from + ((to - from) * share));
}
