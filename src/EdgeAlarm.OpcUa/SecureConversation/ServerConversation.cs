using System.Buffers;
using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.ConnectionProtocol;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.OpcUa.SecureConversation;

/// <summary>The server's side of a SecureChannel. The client names policy, mode and certificate; the options say what is accepted.
/// OPC 10000-4 §5.6.2, OPC 10000-6 §6.7.</summary>
/// <param name="options">What is accepted.</param>
/// <param name="limits">What Hello and Acknowledge made of our limits.</param>
/// <param name="time">The clock that token lifetimes are counted by.</param>
public sealed class ServerConversation(ServerConversationOptions options, TransportLimits limits, TimeProvider time)
    : ChannelConversation(limits, time, StatusCodes.BadRequestTooLarge, StatusCodes.BadResponseTooLarge)
{
    private uint _pendingRequestId;

    /// <summary>The OpenSecureChannel request that waits for <see cref="SealOpenResponse"/>; null where none does.</summary>
    public OpenSecureChannelRequest? Requested { get; private set; }

    private ApplicationCertificate? Own => Policy.IsSecured ? options.Own : null;

    /// <summary>Answers <see cref="Requested"/>: makes the token, and for the first request the channel.</summary>
    /// <param name="channelId">Id of the channel, unique in the server and not 0; of a renewal it has to be the channel's.</param>
    /// <param name="lifetime">Revised life of the token, 1 ms or more.</param>
    /// <param name="header">Header of the response.</param>
    /// <param name="output">Receives the chunk.</param>
    /// <returns>Good; BadInvalidState where no request waits; BadResponseTooLarge where the certificates do not fit the negotiated chunk.</returns>
    public StatusCode SealOpenResponse(uint channelId, TimeSpan lifetime, ResponseHeader header, IBufferWriter<byte> output)
    {
        lock (Gate)
        {
            if (Requested is null || channelId == 0 || (ChannelId != 0 && channelId != ChannelId))
            {
                return StatusCodes.BadInvalidState;
            }

            var lifetimeMs = (uint)Math.Clamp(lifetime.TotalMilliseconds, 1, uint.MaxValue);
            var body = new BinaryEncoder();
            ServiceMessage.Write(body, new OpenSecureChannelResponse
            {
                Header = header,
                SecurityToken = new ChannelSecurityToken
                {
                    ChannelId = channelId,
                    TokenId = TokenId + 1,
                    CreatedAtTicks = Time.GetUtcNow().UtcTicks,
                    RevisedLifetimeMs = lifetimeMs,
                },
                ServerNonce = Policy.IsSecured ? Nonces.CreateOwn(Policy.NonceBytes) : null,
            });
            var chunk = AsymmetricChunk.Seal(Policy, Own, Peer, channelId, Sequence.Next(), _pendingRequestId, body.WrittenSpan);
            if (chunk.Length > Limits.SendChunkBytes)
            {
                return StatusCodes.BadResponseTooLarge;
            }

            // A client renews only with the answer to its last renewal in hand, so it has the token that may still be unused.
            SendWithNewest_NeedsLock();
            ChannelId = channelId;
            Mode = Requested.SecurityMode;
            Install_NeedsLock(TokenId + 1, TimeSpan.FromMilliseconds(lifetimeMs), sendAtOnce: false);
            Requested = null;
            output.Write(chunk);
            return StatusCodes.Good;
        }
    }

    private protected override void DisposePeer() => Peer?.Dispose();

    private protected override SecureMessage OpenAsymmetric_NeedsLock(ReadOnlySpan<byte> chunk)
    {
        var header = AsymmetricChunk.ReadHeader(chunk);
        if (header.ChannelId != ChannelId)
        {
            throw new SecurityViolation(
                StatusCodes.BadSecureChannelIdInvalid, $"An OpenSecureChannel request for SecureChannel {header.ChannelId} arrived on {ChannelId}");
        }

        if (ChannelId == 0)
        {
            AcceptPeer(header);
        }
        else if (!string.Equals(header.PolicyUri, Policy.Uri, StringComparison.Ordinal) || !(Peer?.IsSameLeaf(header.SenderCertificate) ?? true))
        {
            throw new SecurityViolation(StatusCodes.BadSecurityChecksFailed, "A renewal came with another policy or certificate than the channel has");
        }

        if (Own is { } own && !header.ReceiverThumbprint.AsSpan().SequenceEqual(own.Thumbprint.Span))
        {
            throw new SecurityViolation(StatusCodes.BadCertificateInvalid, "An OpenSecureChannel request was made for another server's certificate");
        }

        var body = AsymmetricChunk.Open(chunk, header.Length, Policy, Own, Peer, out var sequenceNumber, out _pendingRequestId);
        Sequence.Receive(sequenceNumber, Policy.IsSecured);
        var request = ServiceMessage.Read<OpenSecureChannelRequest>(body, DecodingLimits.Default);
        CheckRequest(request);
        Requested = request;
        return new SecureMessage(MessageType.Open, _pendingRequestId, StatusCodes.Good, null, body);
    }

    private void AcceptPeer(AsymmetricHeader header)
    {
        if (!SecurityPolicy.TryFind(header.PolicyUri, out var policy)
            || !options.Endpoints.Any(e => e.Policy == policy)
            || (policy.IsSecured && options.Own is null))
        {
            throw new SecurityViolation(StatusCodes.BadSecurityPolicyRejected, "A client asked for a security policy that is not offered");
        }

        Peer?.Dispose();
        Peer = null;
        Policy = policy;
        if (!policy.IsSecured)
        {
            return;
        }

        Peer = PeerCertificate.Parse(header.SenderCertificate);
        var verdict = options.Validate(Peer, policy);
        if (!verdict.IsAccepted)
        {
            throw new SecurityViolation(verdict.Status, verdict.Words);
        }
    }

    private void CheckRequest(OpenSecureChannelRequest request)
    {
        if (!Policy.Allows(request.SecurityMode)
            || !options.Endpoints.Contains((Policy, request.SecurityMode))
            || (ChannelId != 0 && request.SecurityMode != Mode))
        {
            throw new SecurityViolation(StatusCodes.BadSecurityModeRejected, $"A client asked for the mode {(int)request.SecurityMode}, which is not offered");
        }

        var due = ChannelId == 0 ? SecurityTokenRequestType.Issue : SecurityTokenRequestType.Renew;
        if (request.RequestType != due || Requested is not null)
        {
            throw new SecurityViolation(StatusCodes.BadRequestTypeInvalid, $"A client asked for {request.RequestType} where {due} was due");
        }

        if (Policy.IsSecured)
        {
            Nonces.AcceptForChannel(request.ClientNonce, Policy.NonceBytes);
        }
    }
}
