namespace Blaze.Storage.Adapters.LocalFile.Native;

/// <summary>Linux's error numbers that a message can be more helpful about than the system's own text.</summary>
internal static class Errno
{
    public const int NotPermitted = 1;
    public const int NoEntry = 2;
    public const int NoSuchDeviceOrAddress = 6;
    public const int WouldBlock = 11;
    public const int Access = 13;
    public const int Exists = 17;
    public const int NotDirectory = 20;
    public const int IsDirectory = 21;
    public const int Invalid = 22;
    public const int TooManyFiles = 23;
    public const int TooManyOpenFiles = 24;
    public const int NoSpace = 28;
    public const int ReadOnlyFileSystem = 30;
    public const int NameTooLong = 36;
    public const int NotEmpty = 39;
    public const int Loop = 40;
    public const int NotSupported = 95;
    public const int StaleHandle = 116;
    public const int QuotaExceeded = 122;
}
