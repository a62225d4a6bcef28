using System.Globalization;
using System.Text.Json;

namespace Blaze.Storage.Cli.Cluster;

/// <summary>
/// The folder where this user's cluster is recorded: <c>$XDG_RUNTIME_DIR/blaze</c>, else <c>/tmp/blaze-UID</c>. Only the user
/// can look into it, since the record holds the center's password.
/// </summary>
internal sealed class RunFolder
{
    private const int WouldBlock = 11;
    private const int PrivatePermissions = 0x1C0;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _path;

    private RunFolder(string path) => _path = path;

    /// <summary>The file that describes the running cluster.</summary>
    public string RecordFile => Path.Combine(_path, "cluster.json");

    /// <summary>Where a detached cluster writes.</summary>
    public string LogFile => Path.Combine(_path, "cluster.log");

    private string LockFile => Path.Combine(_path, "cluster.lock");

    /// <summary>Makes sure the folder is there and private.</summary>
    /// <exception cref="ClusterException">It is not ours, or can't be made.</exception>
    public static RunFolder Open() => OpenAt(DefaultPath());

    /// <summary>The folder if it is there and ours; null otherwise, since then no cluster of ours can be recorded in it.</summary>
    public static RunFolder? Find() => FindAt(DefaultPath());

    internal static RunFolder? FindAt(string path) => IsOurs(path, out _) ? OpenAt(path) : null;

    internal static RunFolder OpenAt(string path)
    {
        try
        {
            Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ClusterException($"The folder {path}, where a running cluster is recorded, can't be made: {failure.Message.TrimEnd('.')}.", failure);
        }
        if (!IsOurs(path, out var permissions))
            throw new ClusterException($"{path} is not a folder of yours, so no cluster is recorded or looked up there; remove it or set XDG_RUNTIME_DIR to a folder of your own.");
        if (permissions != PrivatePermissions)
            File.SetUnixFileMode(path, OwnerOnly | UnixFileMode.UserExecute);
        return new RunFolder(path);
    }

    /// <summary>The lock a cluster holds as long as it lives; null while another one holds it. The kernel frees it with the process.</summary>
    public FileStream? TryLock()
    {
        try
        {
            return new FileStream(LockFile, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                UnixCreateMode = OwnerOnly,
            });
        }
        catch (IOException failure) when (failure.HResult == WouldBlock)
        {
            return null;
        }
    }

    /// <summary>Records a cluster; a reader sees the whole record or none.</summary>
    public void Write(ClusterRecord record)
    {
        var draft = RecordFile + ".new";
        File.Delete(draft);
        using (var file = new FileStream(draft, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
            JsonSerializer.Serialize(file, record, ClusterRecordJson.Default.ClusterRecord);
        File.Move(draft, RecordFile, overwrite: true);
    }

    /// <summary>Forgets the recorded cluster.</summary>
    public void Remove() => File.Delete(RecordFile);

    /// <summary>The cluster that runs; null where none does. What a killed cluster left is removed on the way.</summary>
    public ClusterRecord? FindRunning()
    {
        if (!File.Exists(RecordFile))
            return null;
        if (Read() is { } record && record.Process.IsRunning)
            return record;
        // While the lock is held, a new cluster may be writing its own record just now.
        using var ours = TryLock();
        if (ours is not null)
            Remove();
        return null;
    }

    private static bool IsOurs(string path, out int permissions)
    {
        var folder = NativeMethods.Folder(path);
        permissions = folder?.Permissions ?? 0;
        return folder?.Owner == NativeMethods.EffectiveUser();
    }

    private ClusterRecord? Read()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(RecordFile), ClusterRecordJson.Default.ClusterRecord);
        }
        catch (Exception failure) when (failure is JsonException or FileNotFoundException)
        {
            return null;
        }
    }

    private static string DefaultPath()
    {
        var runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        return Path.IsPathFullyQualified(runtime ?? "") && Directory.Exists(runtime)
            ? Path.Combine(runtime, "blaze")
            : string.Create(CultureInfo.InvariantCulture, $"/tmp/blaze-{NativeMethods.EffectiveUser()}");
    }
}
