namespace Blaze.Storage.Worker.Functions;

/// <summary>Gets what was stored for shipped functions, from wherever it is kept.</summary>
/// <param name="name">The id of a function's code (32 digits) or the hash of an assembly (64 digits).</param>
/// <param name="cancellationToken">Gives up.</param>
/// <returns>The bytes, or null (or none) where nothing is stored under that name. They need not be trusted: they are checked.</returns>
public delegate ValueTask<ReadOnlyMemory<byte>?> CodeSource(string name, CancellationToken cancellationToken);
