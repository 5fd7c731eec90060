using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.ConnectionProtocol;

namespace EdgeAlarm.OpcUa.SecureConversation;

/// <summary>A whole message out of a SecureChannel: decrypted, verified, reassembled.</summary>
/// <param name="Type">Open, Message or Close.</param>
/// <param name="RequestId">Which request it is or answers.</param>
/// <param name="Status">Good, or why there is no body: the reason of the sender's abort chunk, or BadRequestTooLarge or
/// BadResponseTooLarge where it exceeded our limits. Only this request has failed; the channel lives on.</param>
/// <param name="Reason">The sender's words with an abort chunk, foreign text; null otherwise.</param>
/// <param name="Body">NodeId of the encoding and the fields; valid until the next chunk is opened. Empty where the status is bad.</param>
public readonly record struct SecureMessage(
    MessageType Type, uint RequestId, StatusCode Status, string? Reason, ReadOnlyMemory<byte> Body);
