using System.Buffers;

namespace Blaze.Storage.Cli.Commands.Files.Copying;

/// <summary>The memory of all copies of a command: so many buffers at once, each of at most a part, whatever is copied.</summary>
internal sealed class PartBuffers(int count) : IDisposable
{
    private readonly SemaphoreSlim _free = new(count);

    /// <summary>A buffer, when one is free. Whoever has one never waits for another.</summary>
    public async Task<Lease> RentAsync(int length, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        return new Lease(this, ArrayPool<byte>.Shared.Rent(length), length);
    }

    /// <inheritdoc/>
    public void Dispose() => _free.Dispose();

    /// <summary>A buffer that goes back when it is disposed.</summary>
    public sealed class Lease(PartBuffers buffers, byte[] rented, int length) : IDisposable
    {
        public Memory<byte> Memory => rented.AsMemory(0, length);

        public void Dispose()
        {
            ArrayPool<byte>.Shared.Return(rented);
            buffers._free.Release();
        }
    }
}
