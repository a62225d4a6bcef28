using System.Text;

namespace Blaze.Storage.TestKit.WebHdfs;

/// <summary>
/// The name space of a cluster, in memory: what its name nodes know and its data nodes hold. Every member checks permissions and throws
/// what a name node would.
/// </summary>
internal sealed class FileTree(WebHdfsServerOptions options)
{
    private readonly Lock _lock = new();
    private readonly DirectoryInode _root = new(16385, options.SuperUser, Convert.ToInt32("777", 8), Now());
    private long _lastId = 16385;
    private long _lastBlock;
    private int _nextNode;

    public Inode Find(string user, string path)
    {
        lock (_lock)
            return Walk(user, path) ?? throw HadoopException.NotFound(path);
    }

    public FileInode File(string user, string path, int access)
    {
        lock (_lock)
        {
            if (Walk(user, path) is not { } found)
                throw HadoopException.NotFound(path);
            var file = found as FileInode ?? throw new HadoopException("java.io.FileNotFoundException", $"Path is not a file: {path}");
            Require(user, file, access, path);
            return file;
        }
    }

    /// <summary>The blocks of a file as they are now.</summary>
    public (long Length, IReadOnlyList<StoredBlock> Blocks) Blocks(FileInode file)
    {
        lock (_lock)
            return (file.Length, [.. file.Blocks]);
    }

    public IReadOnlyList<(string Name, Inode Inode)> List(string user, string path, string startAfter, int most, out int remaining)
    {
        lock (_lock)
        {
            remaining = 0;
            var found = Walk(user, path) ?? throw HadoopException.NotFound(path);
            if (found is not DirectoryInode directory)
                return [("", found)];
            Require(user, directory, 4, path);
            var after = Encoding.UTF8.GetBytes(startAfter);
            var rest = directory.Children.SkipWhile(child => startAfter.Length > 0 && Encoding.UTF8.GetBytes(child.Key).AsSpan().SequenceCompareTo(after) <= 0).ToList();
            remaining = Math.Max(0, rest.Count - most);
            return [.. rest.Take(most).Select(child => (child.Key, child.Value))];
        }
    }

    public FileInode Create(string user, string path, bool overwrite, int mode)
    {
        lock (_lock)
        {
            CheckName(path);
            var (parentPath, name) = Split(path);
            var parent = MakeDirectories(user, parentPath, Convert.ToInt32("755", 8));
            if (parent.Children.GetValueOrDefault(name) is { } there)
            {
                if (there is DirectoryInode)
                    throw HadoopException.Exists($"{path} already exists as a directory");
                if (!overwrite)
                    throw HadoopException.Exists($"{path} for client already exists");
                Require(user, there, 2, path);
            }

            Require(user, parent, 2, parentPath);
            var file = new FileInode(++_lastId, user, mode, Now(), options.BlockSize, options.Replicas);
            parent.Children[name] = file;
            parent.Modified = Now();
            return file;
        }
    }

    public void Append(FileInode file, ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            if (file.Blocks.Count > 0 && file.Blocks[^1] is var last && last.Bytes.Length < options.BlockSize)
            {
                var more = Math.Min(bytes.Length, options.BlockSize - last.Bytes.Length);
                file.Blocks[^1] = last with { Bytes = [.. last.Bytes, .. bytes[..more]] };
                bytes = bytes[more..];
            }

            for (; !bytes.IsEmpty; bytes = bytes[Math.Min(options.BlockSize, bytes.Length)..])
                file.Blocks.Add(new StoredBlock(++_lastBlock, bytes[..Math.Min(options.BlockSize, bytes.Length)].ToArray(), NextNodes()));
            file.Modified = Now();
        }
    }

    public bool MakeDirectory(string user, string path, int mode)
    {
        lock (_lock)
        {
            CheckName(path);
            MakeDirectories(user, path, mode);
            return true;
        }
    }

    public bool Delete(string user, string path, bool recursive)
    {
        lock (_lock)
        {
            if (path == "/" || Walk(user, path) is not { } found)
                return false;
            if (found is DirectoryInode { Children.Count: > 0 } && !recursive)
                throw new HadoopException("org.apache.hadoop.fs.PathIsNotEmptyDirectoryException", $"`{path} is non empty': Directory is not empty");
            var (parentPath, name) = Split(path);
            var parent = (DirectoryInode)Walk(user, parentPath)!;
            Require(user, parent, 2, parentPath);
            parent.Modified = Now();
            return parent.Children.Remove(name);
        }
    }

    /// <summary>The renaming without options: false where it cannot be done, into the target where that is a directory.</summary>
    public bool RenamePlainly(string user, string source, string target)
    {
        lock (_lock)
        {
            CheckName(target);
            if (Walk(user, target) is DirectoryInode)
                target = $"{target}/{Split(source).Name}";
            if (Walk(user, source) is null || Walk(user, target) is not null || Walk(user, Split(target).Parent) is not DirectoryInode)
                return false;
            Move(user, source, target);
            return true;
        }
    }

    /// <summary>The renaming with options.</summary>
    public void Rename(string user, string source, string target, bool overwrite)
    {
        lock (_lock)
        {
            CheckName(target);
            var moved = Walk(user, source) ?? throw new HadoopException("java.io.FileNotFoundException", $"rename source {source} is not found.");
            if (source == target)
                throw HadoopException.Exists($"The source {source} and destination {target} are the same");
            var there = Walk(user, target);
            if (there is not null && there is DirectoryInode != moved is DirectoryInode)
                throw HadoopException.InputOutput($"Source {source} and destination {target} must both be directories");
            if (there is not null && !overwrite)
                throw HadoopException.Exists($"rename destination {target} already exists");
            if (there is DirectoryInode { Children.Count: > 0 })
                throw HadoopException.InputOutput($"rename destination directory is not empty: {target}");
            if (Walk(user, Split(target).Parent) is not { } parent)
                throw new HadoopException("java.io.FileNotFoundException", $"rename destination parent {target} not found.");
            if (parent is not DirectoryInode)
                throw HadoopException.ParentIsFile(Split(target).Parent);
            Move(user, source, target);
        }
    }

    public void Concat(string user, string path, IReadOnlyList<string> sources)
    {
        lock (_lock)
        {
            var target = (FileInode)Walk(user, path)!;
            var (parentPath, _) = Split(path);
            var parts = new List<FileInode>();
            foreach (var source in sources)
            {
                if (Split(source).Parent != parentPath)
                    throw Refused($"Source file {source} is not in the same directory with the target {path}");
                if (Walk(user, source) is not FileInode part)
                    throw HadoopException.NotFound(source);
                if (part == target || parts.Contains(part))
                    throw Refused("concat: the src file is the same with the target file or given twice");
                if (part.Length == 0)
                    throw Refused($"concat: source file {source} is invalid or empty or underConstruction");
                parts.Add(part);
            }

            if (target.Length == 0)
                throw Refused($"concat: target file {path} is empty");
            target.Blocks.AddRange(parts.SelectMany(part => part.Blocks));
            target.Modified = Now();
            var parent = (DirectoryInode)Walk(user, parentPath)!;
            foreach (var source in sources)
                parent.Children.Remove(Split(source).Name);
        }

        static HadoopException Refused(string message) => new("org.apache.hadoop.HadoopIllegalArgumentException", message);
    }

    public void SetMode(string path, int mode)
    {
        lock (_lock)
            Walk(options.SuperUser, path)!.Mode = mode;
    }

    public void SetModified(string path, long time)
    {
        lock (_lock)
            Walk(options.SuperUser, path)!.Modified = time;
    }

    public static void CheckName(string path)
    {
        foreach (var segment in path.Split('/').Skip(1))
        {
            if ((segment.Length == 0 && path != "/") || segment is "." or ".." || segment.Contains(':', StringComparison.Ordinal))
                throw HadoopException.InvalidPath(path);
            if (Encoding.UTF8.GetByteCount(segment) > 255)
                throw HadoopException.TooLong(segment);
        }
    }

    private static long Now() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    private static (string Parent, string Name) Split(string path)
    {
        var slash = path.LastIndexOf('/');
        return (slash == 0 ? "/" : path[..slash], path[(slash + 1)..]);
    }

    private Inode? Walk(string user, string path)
    {
        Inode? at = _root;
        var walked = "";
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (at is not DirectoryInode directory)
                throw HadoopException.ParentIsFile(walked);
            Require(user, directory, 1, walked.Length == 0 ? "/" : walked);
            at = directory.Children.GetValueOrDefault(name);
            if (at is null)
                return null;
            walked += "/" + name;
        }

        return at;
    }

    private DirectoryInode MakeDirectories(string user, string path, int mode)
    {
        var at = _root;
        var walked = "";
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            Require(user, at, 1, walked.Length == 0 ? "/" : walked);
            if (at.Children.GetValueOrDefault(name) is not { } child)
            {
                Require(user, at, 2, walked.Length == 0 ? "/" : walked);
                child = new DirectoryInode(++_lastId, user, mode, Now());
                at.Children[name] = child;
            }

            walked += "/" + name;
            at = child as DirectoryInode ?? throw HadoopException.ParentIsFile(walked);
        }

        return at;
    }

    private void Move(string user, string source, string target)
    {
        var from = (DirectoryInode)Walk(user, Split(source).Parent)!;
        var to = (DirectoryInode)Walk(user, Split(target).Parent)!;
        Require(user, from, 2, Split(source).Parent);
        Require(user, to, 2, Split(target).Parent);
        from.Children.Remove(Split(source).Name, out var moved);
        to.Children[Split(target).Name] = moved!;
        from.Modified = to.Modified = Now();
    }

    private void Require(string user, Inode inode, int access, string path)
    {
        if (user != options.SuperUser && !inode.Allows(user, access))
            throw HadoopException.Denied(user, access switch { 4 => "READ", 2 => "WRITE", _ => "EXECUTE" }, path, inode.Detail);
    }

    private int[] NextNodes()
    {
        var first = _nextNode++ % options.DataNodes.Count;
        return [.. Enumerable.Range(0, Math.Min(options.Replicas, options.DataNodes.Count)).Select(index => (first + index) % options.DataNodes.Count)];
    }
}
