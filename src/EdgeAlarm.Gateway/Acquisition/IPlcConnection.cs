namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>
/// One PLC, kept connected for ever: connects, monitors its tags, recovers from every break by itself and tells the sink what it saw and what it missed.
/// Implemented on our OPC UA client; an adapter to another stack could implement it as well.
/// </summary>
public interface IPlcConnection
{
    /// <summary>Runs until cancelled. Operating errors never end it: they become <see cref="IPlcSink.SourceDownAsync"/>, a log line and a later attempt.</summary>
    /// <param name="sink">Who takes what is seen; called from one thread at a time.</param>
    /// <param name="cancellationToken">Ends the connection, with a CloseSession where possible.</param>
    Task RunAsync(IPlcSink sink, CancellationToken cancellationToken);

    /// <summary>The message and all before it are in the journal, flushed: they may be acknowledged to the server with the next Publish request. Any thread.</summary>
    void Flushed(uint subscription, uint sequence);
}
