namespace EdgeAlarm.Gateway.Recorder;

/// <summary>The data folder cannot be used as it is: in use by another process, not writable, or written by a newer build. The message names the folder and the next step.</summary>
public sealed class DataFolderUnusable(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether trying again later may help. Never by itself: somebody has to act.</summary>
    public static bool IsTransient => false;
}
