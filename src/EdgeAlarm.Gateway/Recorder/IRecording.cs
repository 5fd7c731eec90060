using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>Where the pump records its turns: the journal, or memory while the disk is dead (rule R9). The appending thread, but for <see cref="FlushedPosition"/>.</summary>
internal interface IRecording
{
    /// <summary>Behind the last record.</summary>
    long EndPosition { get; }

    /// <summary>What lies before it may have an effect outside. Any thread.</summary>
    long FlushedPosition { get; }

    /// <summary>Appends an input.</summary>
    /// <returns>Its position.</returns>
    long Append(Input input);

    /// <summary>Appends a message with its samples.</summary>
    /// <returns>Its position.</returns>
    long Append(NotificationReceived message, ReadOnlySpan<Sample> samples);

    /// <summary>Appends an event.</summary>
    void Append(in StoredEvent stored);

    /// <summary>Ends the turn.</summary>
    /// <returns>The position that has to be flushed before the turn may have an effect.</returns>
    long Commit(Commit commit);
}
