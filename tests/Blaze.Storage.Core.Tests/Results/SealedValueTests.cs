using System.Text;
using Blaze.Storage.Core.Results;
using FsCheck;
using FsCheck.Fluent;

namespace Blaze.Storage.Core.Tests.Results;

public class SealedValueTests
{
    [Fact]
    public void Seal_OfAKnownValue_HasTheChecksumOfKeyAndBody()
    {
        // The check value of CRC-32C is that of "123456789".
        var bytes = SealedValue.Seal("1234", "56789"u8);
        Assert.Equal("56789\n{\"crc32c\":\"e3069283\"}\n", Encoding.ASCII.GetString(bytes));
        Assert.Equal(5 + SealedValue.SealLength, bytes.Length);
    }

    [Fact]
    public void TryUnseal_OfWhatWasSealed_GivesTheBody() => Prop.ForAll<NonNull<string>, byte[]>((key, body) =>
        SealedValue.TryUnseal(key.Get, SealedValue.Seal(key.Get, body), out var found) && found.Span.SequenceEqual(body)).QuickCheckThrowOnFailure();

    [Fact]
    public void TryUnseal_WithAnyBitFlipped_Fails()
    {
        var bytes = SealedValue.Seal("key", "some body"u8);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var damaged = bytes.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(SealedValue.TryUnseal("key", damaged, out _));
        }
    }

    [Fact]
    public void TryUnseal_CutAnywhere_Fails()
    {
        var bytes = SealedValue.Seal("key", new byte[100]);
        for (var length = 0; length < bytes.Length; length++)
            Assert.False(SealedValue.TryUnseal("key", bytes.AsMemory(0, length), out _));
    }

    [Fact]
    public void TryUnseal_UnderAnotherKey_Fails() => Assert.False(SealedValue.TryUnseal("other", SealedValue.Seal("key", "body"u8), out _));
}
