namespace EdgeAlarm.OpcUa.SecureConversation;

/// <summary>The clear part of an OPN chunk, as claimed by its sender. OPC 10000-6 §6.7.2.3.</summary>
/// <param name="ChannelId">SecureChannelId.</param>
/// <param name="PolicyUri">SecurityPolicyUri.</param>
/// <param name="SenderCertificate">DER of the sender's certificate, perhaps a chain; empty for the policy None.</param>
/// <param name="ReceiverThumbprint">SHA-1 of the receiver's certificate; empty for the policy None.</param>
/// <param name="Length">Bytes of the chunk up to the encrypted part.</param>
internal sealed record AsymmetricHeader(
    uint ChannelId, string PolicyUri, byte[] SenderCertificate, byte[] ReceiverThumbprint, int Length);
