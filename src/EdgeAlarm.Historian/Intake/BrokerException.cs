namespace EdgeAlarm.Historian.Intake;

/// <summary>The broker cannot be reached, refuses us, or is gone. Always worth another attempt.</summary>
/// <param name="message">Host, port, reason and next step.</param>
/// <param name="inner">What the client said.</param>
internal sealed class BrokerException(string message, Exception? inner = null) : Exception(message, inner);
