using System.Security.Cryptography;
using System.Text;
using Blaze.Storage.Adapters.LocalFile.Native;
using Blaze.Storage.Core.ObjectStores;
using Microsoft.Win32.SafeHandles;

namespace Blaze.Storage.Adapters.LocalFile.Writing;

/// <summary>
/// A file being written beside its target, under a name listings leave out, until it takes the target's name in one step. Its
/// writer holds a lock on it, so one without a lock was left by a writer that died, whichever container or machine
/// it ran on. Disposing it removes it, unless it was published.
/// </summary>
internal sealed class StagedFile : IDisposable
{
    /// <summary>rw-rw-rw-, less the process's mask.</summary>
    public const uint FileMode = 0x1b6;

    private const int Attempts = 100;
    private const int TokenLength = 16;
    private readonly ResourceUri _target;
    private readonly byte[] _targetPath;
    private bool _published;

    private StagedFile(ResourceUri target, byte[] targetPath, string token, SafeFileHandle handle)
    {
        _target = target;
        _targetPath = targetPath;
        Token = token;
        Path = PathOf(targetPath, token);
        Handle = handle;
    }

    private static ReadOnlySpan<byte> NamePrefix => ".blaze-staged-"u8;

    public SafeFileHandle Handle { get; }

    /// <summary>What tells this file from others that are staged beside it.</summary>
    public string Token { get; }

    public byte[] Path { get; }

    public static bool IsStagedName(ReadOnlySpan<byte> name) => name.StartsWith(NamePrefix);

    /// <summary>Creates the file, and the directories it is in.</summary>
    public static StagedFile Create(ResourceUri target)
    {
        var targetPath = LocalPath.Of(target);
        CheckTarget(target, targetPath);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var token = RandomNumberGenerator.GetHexString(TokenLength, lowercase: true);
            var error = FileCalls.Open(PathOf(targetPath, token), LibC.OpenReadWrite | LibC.OpenCreate | LibC.OpenExclusive, FileMode, out var handle);
            if (error == 0 && FileCalls.Lock(handle) == 0 && FileStatus.Of(handle, out var status) == 0 && status.Links > 0)
                return new StagedFile(target, targetPath, token, handle);

            // A sweep may lock and remove the file before this writer has its lock; then another name is as good.
            handle.Dispose();
            if (error == Errno.NoEntry)
                ThrowUnlessCreated(TargetDirectory.Create(LocalPath.Parent(targetPath)), target);
            else if (error is not (0 or Errno.Exists))
                throw LocalErrors.Writing(error, target);
        }

        throw LocalErrors.Of(ObjectStoreErrorKind.Other, target, "cannot be written: its directory is removed again and again while it is");
    }

    /// <summary>Opens a file that a writer left or that outlived it.</summary>
    /// <exception cref="ObjectStoreException">NotFound; Other where its writer is still there.</exception>
    public static StagedFile Resume(ResourceUri target, string token)
    {
        var targetPath = LocalPath.Of(target);
        if (token.Length != TokenLength || !token.All(char.IsAsciiHexDigitLower))
            throw ObjectStoreException.NotFound(target);
        CheckTarget(target, targetPath);
        if (FileStatus.Of(PathOf(targetPath, token), followLinks: false, out var named) != 0 || !named.IsRegular)
            throw ObjectStoreException.NotFound(target);
        var error = FileCalls.Open(PathOf(targetPath, token), LibC.OpenReadWrite | LibC.OpenNonBlocking, 0, out var handle);
        try
        {
            if (error != 0)
                throw LocalErrors.Reading(error, target);
            error = FileCalls.Lock(handle);
            if (error == Errno.WouldBlock)
                throw LocalErrors.Of(ObjectStoreErrorKind.Other, target, "is being written by another process; wait until it has ended");
            if (error != 0)
                throw LocalErrors.Writing(error, target);

            // No name is left where a sweep was faster; two are where it was published already.
            if (FileStatus.Of(handle, out var status) != 0 || status.Links != 1)
                throw ObjectStoreException.NotFound(target);
            return new StagedFile(target, targetPath, token, handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    public void Write(long offset, ReadOnlySpan<byte> content)
    {
        try
        {
            RandomAccess.Write(Handle, content, offset);
        }
        catch (IOException failure)
        {
            throw LocalErrors.Writing(failure, _target);
        }
    }

    /// <summary>Waits until the disk has what was written.</summary>
    public void Flush() => Check(FileCalls.Flush(Handle));

    /// <summary>Drops what lies behind a length.</summary>
    public void Cut(long length)
    {
        try
        {
            if (RandomAccess.GetLength(Handle) > length)
                RandomAccess.SetLength(Handle, length);
        }
        catch (IOException failure)
        {
            throw LocalErrors.Writing(failure, _target);
        }
    }

    /// <summary>Lets go of the file and leaves it where it is.</summary>
    public void Leave() => Handle.Dispose();

    /// <summary>Gives the file its target's name and tells its version.</summary>
    public async Task<ResourceInfo> PublishAsync(PutMode mode, bool flushToDisk, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Check(FileCalls.Stamp(Handle));
        if (flushToDisk)
            Check(FileCalls.Flush(Handle));
        Check(FileStatus.Of(Handle, out var status));
        if (mode.IsCreate)
            PublishNew();
        else if (mode.ExpectedVersion is { } version)
            await PublishOverAsync(version, timeProvider, cancellationToken).ConfigureAwait(false);
        else
            PublishOver();
        if (flushToDisk)
            FlushDirectory();
        return new ResourceInfo(_target, status.Length, status.Version);
    }

    public void Dispose()
    {
        // A name that cannot be removed now is swept later.
        if (!_published)
            _ = FileCalls.Unlink(Path);
        Handle.Dispose();
    }

    private static byte[] PathOf(ReadOnlySpan<byte> targetPath, string token) =>
        LocalPath.Join(LocalPath.Parent(targetPath), [.. NamePrefix, .. Encoding.ASCII.GetBytes(token)]);

    private static void CheckTarget(ResourceUri target, byte[] path)
    {
        var error = FileStatus.Of(path, followLinks: true, out var status);
        if (error == 0 && !status.IsRegular)
            throw LocalErrors.NotRegular(status, target);
        if (error is Errno.NameTooLong)
            throw LocalErrors.Writing(error, target);
    }

    private static void ThrowUnlessCreated(int error, ResourceUri target)
    {
        if (error is not (0 or Errno.Exists or Errno.NoEntry))
            throw LocalErrors.Writing(error, target);
    }

    private void PublishOver()
    {
        Check(FileCalls.Rename(Path, _targetPath));
        _published = true;
    }

    // A link never replaces; the staged name goes when this is disposed.
    private void PublishNew()
    {
        var error = FileCalls.Link(Path, _targetPath);
        if (error is Errno.NotPermitted or Errno.NotSupported)
            throw LocalErrors.Of(ObjectStoreErrorKind.Unsupported, _target, "cannot be created without overwriting: its file system has no hard links");
        Check(error);
    }

    // The lock on the file that is to be replaced lets one updater at a time compare and replace; a lock on a file that has
    // lost the name meanwhile protects nothing.
    private async Task PublishOverAsync(string version, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        while (!_published)
        {
            using var current = await LockTargetAsync(timeProvider, cancellationToken).ConfigureAwait(false);
            Check(FileStatus.Of(current, out var locked));
            var error = FileStatus.Of(_targetPath, followLinks: true, out var named);
            if (error == Errno.NoEntry || (error == 0 && named.Version != version))
                throw ObjectStoreException.Changed(_target);
            Check(error);
            if ((named.Device, named.Inode) == (locked.Device, locked.Inode))
                PublishOver();
        }
    }

    private async Task<SafeFileHandle> LockTargetAsync(TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var error = FileCalls.Open(_targetPath, LibC.OpenReadOnly | LibC.OpenNonBlocking | LibC.OpenNoTerminal, 0, out var current);
        try
        {
            if (error == Errno.NoEntry)
                throw ObjectStoreException.Changed(_target);
            Check(error);
            while (FileCalls.Lock(current) is var locked && locked != 0)
            {
                if (locked != Errno.WouldBlock)
                    Check(locked);
                await Task.Delay(TimeSpan.FromMilliseconds(1), timeProvider, cancellationToken).ConfigureAwait(false);
            }

            return current;
        }
        catch
        {
            current.Dispose();
            throw;
        }
    }

    private void FlushDirectory()
    {
        var error = FileCalls.Open(LocalPath.Parent(_targetPath), LibC.OpenReadOnly, 0, out var directory);
        using (directory)
        {
            Check(error);
            Check(FileCalls.Flush(directory));
        }
    }

    private void Check(int error)
    {
        if (error != 0)
            throw LocalErrors.Writing(error, _target);
    }
}
