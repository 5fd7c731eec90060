namespace EdgeAlarm.Historian.Storage;

/// <summary>The store did not do what it was asked; nothing of the transaction is in effect, or it is and a repetition will be seen as duplicate.</summary>
/// <param name="message">Which store, what happened, and the next step.</param>
/// <param name="isTransient">See <see cref="IsTransient"/>.</param>
/// <param name="inner">What the database said.</param>
public sealed class EventStoreException(string message, bool isTransient, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>True: the store is away or hindered, the same batch may pass later. False: it refuses these very rows, and would again.</summary>
    public bool IsTransient { get; } = isTransient;
}
