using System.Text.Json.Nodes;

namespace Blaze.Storage.TestKit.WebHdfs;

/// <summary>An exception as a node reports it: the Java class, and the HTTP status its kind has.</summary>
/// <param name="javaClass">The full name of the class.</param>
/// <param name="message">Its message.</param>
public sealed class HadoopException(string javaClass, string message) : Exception(message)
{
    private const string Hdfs = "org.apache.hadoop.hdfs.";

    /// <summary>The full name of the class.</summary>
    public string JavaClass => javaClass;

    /// <summary>The class's own name.</summary>
    public string Name => javaClass[(javaClass.LastIndexOfAny(['.', '$']) + 1)..];

    /// <summary>The status that the documentation gives its kind.</summary>
    public int Status => Name switch
    {
        "IllegalArgumentException" or "HadoopIllegalArgumentException" or "UnsupportedOperationException" => 400,
        "SecurityException" => 401,
        "FileNotFoundException" => 404,
        "RuntimeException" or "NullPointerException" => 500,
        _ => 403,
    };

    /// <summary>The body of the answer.</summary>
    public JsonObject Json => new()
    {
        ["RemoteException"] = new JsonObject { ["exception"] = Name, ["javaClassName"] = javaClass, ["message"] = Message },
    };

    public static HadoopException NotFound(string path) => new("java.io.FileNotFoundException", $"File does not exist: {path}");

    public static HadoopException Denied(string user, string access, string path, string detail) =>
        new("org.apache.hadoop.security.AccessControlException", $"Permission denied: user={user}, access={access}, inode=\"{path}\":{detail}");

    public static HadoopException Exists(string message) => new("org.apache.hadoop.fs.FileAlreadyExistsException", message);

    public static HadoopException Illegal(string message) => new("java.lang.IllegalArgumentException", message);

    public static HadoopException Unsupported(string message) => new("java.lang.UnsupportedOperationException", message);

    public static HadoopException InputOutput(string message) => new("java.io.IOException", message);

    public static HadoopException Security(string message) => new("java.lang.SecurityException", message);

    public static HadoopException Runtime(string message) => new("java.lang.RuntimeException", message);

    public static HadoopException ParentIsFile(string path) => new("org.apache.hadoop.fs.ParentNotDirectoryException", $"{path} (is not a directory)");

    public static HadoopException InvalidPath(string path) => new("org.apache.hadoop.fs.InvalidPathException", $"Invalid path name Invalid file name: {path}");

    public static HadoopException Standby() => new("org.apache.hadoop.ipc.StandbyException", "Operation category READ is not supported in state standby");

    public static HadoopException Retriable() => new("org.apache.hadoop.ipc.RetriableException", "NameNode still not started");

    public static HadoopException SafeMode(string operation, string path) =>
        new(Hdfs + "server.namenode.SafeModeException", $"Cannot {operation} {path}. Name node is in safe mode.");

    public static HadoopException BeingCreated(string path) =>
        new(Hdfs + "protocol.AlreadyBeingCreatedException", $"Failed to create file {path} because this file lease is currently owned by another client.");

    public static HadoopException SpaceQuota(string path) =>
        new(Hdfs + "protocol.DSQuotaExceededException", $"The DiskSpace quota of {path} is exceeded: quota = 1 B = 1 B but diskspace consumed = 2 B = 2 B");

    public static HadoopException TooLong(string name) =>
        new(Hdfs + "protocol.FSLimitException$PathComponentTooLongException", $"The maximum path component name limit of {name} is exceeded: limit=255 length={name.Length}");
}
