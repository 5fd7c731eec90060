namespace EdgeAlarm.Gateway.Outbox;

/// <summary>What the outbox's files hold is not what was written. They are set aside and filled again from the journal.</summary>
/// <param name="message">What is wrong, with the values.</param>
internal sealed class OutboxDoubt(string message) : Exception(message);
