using System.Reflection;

namespace Blaze.Storage.Center.Scripts;

/// <summary>The scripts of the protocol, embedded in this assembly.</summary>
internal static class CenterScripts
{
    internal const string ResourcePrefix = "lua/";
    private static readonly CenterScriptLoader Loader = new(Read);

    internal static readonly CenterScript OpenCenter = Loader.Load("openCenter-1");
    internal static readonly CenterScript SubmitJob = Loader.Load("submitJob-23");
    internal static readonly CenterScript Step = Loader.Load("step-23");
    internal static readonly CenterScript AddTasks = Loader.Load("addTasks-23");
    internal static readonly CenterScript ContinueTask = Loader.Load("continueTask-23");
    internal static readonly CenterScript FailTask = Loader.Load("failTask-23");
    internal static readonly CenterScript RecomputeTask = Loader.Load("recomputeTask-23");
    internal static readonly CenterScript ReleaseTasks = Loader.Load("releaseTasks-23");
    internal static readonly CenterScript RenewLeases = Loader.Load("renewLeases-23");
    internal static readonly CenterScript CancelJob = Loader.Load("cancelJob-23");
    internal static readonly CenterScript RetryTask = Loader.Load("retryTask-23");
    internal static readonly CenterScript OpenSession = Loader.Load("openSession-23");
    internal static readonly CenterScript RenewSession = Loader.Load("renewSession-23");
    internal static readonly CenterScript CloseSession = Loader.Load("closeSession-23");
    internal static readonly CenterScript SubmitTasks = Loader.Load("submitTasks-23");
    internal static readonly CenterScript PutValues = Loader.Load("putValues-23");
    internal static readonly CenterScript NoteCopies = Loader.Load("noteCopies-23");
    internal static readonly CenterScript LeaveTasks = Loader.Load("leaveTasks-23");
    internal static readonly CenterScript CancelTasks = Loader.Load("cancelTasks-23");
    internal static readonly CenterScript WatchDemands = Loader.Load("watchDemands-23");
    internal static readonly CenterScript Sweep = Loader.Load("sweep-23");
    internal static readonly CenterScript LookAtQueue = Loader.Load("lookAtQueue-23");
    internal static readonly CenterScript NoteValues = Loader.Load("noteValues-2");
    internal static readonly CenterScript TouchValues = Loader.Load("touchValues-2");
    internal static readonly CenterScript EvictValues = Loader.Load("evictValues-2");
    internal static readonly CenterScript ForgetValues = Loader.Load("forgetValues-2");
    internal static readonly CenterScript AddIndexed = Loader.Load("addIndexed-2");
    internal static readonly CenterScript RemoveIndexed = Loader.Load("removeIndexed-2");

    private static string? Read(string path)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(ResourcePrefix + path);
        if (stream is null)
            return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
