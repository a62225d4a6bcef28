namespace Blaze.Storage.Adapters.Hdfs.WebHdfs;

/// <summary>What became of a renaming that was not refused with an error.</summary>
internal enum RenameOutcome
{
    /// <summary>Done, as the options say.</summary>
    Renamed,

    /// <summary>Done by a server that knows no options: if a directory has the new name, the file is in it now.</summary>
    RenamedPlainly,

    /// <summary>Not done by a server that knows no options and does not say why; nothing changed.</summary>
    RefusedPlainly,
}
