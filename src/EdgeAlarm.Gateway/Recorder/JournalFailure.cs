namespace EdgeAlarm.Gateway.Recorder;

/// <summary>
/// The journal can no longer make anything durable: a write or a flush failed or took too long. A gateway that runs goes on in memory (rule R9); one that starts does not
/// start. Never retried on the same file: after a failed flush nobody knows what is on the disk.
/// </summary>
public sealed class JournalFailure(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether trying again later may help. Never: it takes a restart.</summary>
    public static bool IsTransient => false;
}
