using System.Buffers;
using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.ConnectionProtocol;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.OpcUa.SecureConversation;

/// <summary>The client's side of a SecureChannel. Policy and mode are demanded, never negotiated. OPC 10000-4 §5.6.2, OPC 10000-6 §6.7.</summary>
public sealed class ClientConversation : ChannelConversation
{
    private readonly ApplicationCertificate? _own;
    private uint? _pendingRequestId;

    /// <summary>Makes a channel that is not open yet.</summary>
    /// <param name="policy">The configured policy.</param>
    /// <param name="mode">The configured mode.</param>
    /// <param name="own">Our certificate; null only with the policy None.</param>
    /// <param name="server">The server's certificate, already validated; null only with the policy None. Lent for the life of this object.</param>
    /// <param name="limits">What Hello and Acknowledge made of our limits.</param>
    /// <param name="time">The clock that token lifetimes are counted by.</param>
    /// <exception cref="ArgumentException">Mode and certificates do not go with the policy.</exception>
    public ClientConversation(
        SecurityPolicy policy,
        MessageSecurityMode mode,
        ApplicationCertificate? own,
        PeerCertificate? server,
        TransportLimits limits,
        TimeProvider time)
        : base(limits, time, StatusCodes.BadResponseTooLarge, StatusCodes.BadRequestTooLarge)
    {
        if (!policy.Allows(mode) || (policy.IsSecured && (own is null || server is null)))
        {
            throw new ArgumentException($"The policy {policy} does not go with the mode {mode} or needs a certificate that is missing.", nameof(mode));
        }

        (Policy, Mode) = (policy, mode);
        (_own, Peer) = policy.IsSecured ? (own, server) : (null, null);
    }

    /// <summary>True between <see cref="SealOpenRequest"/> and the response to it.</summary>
    public bool IsOpening => _pendingRequestId is not null;

    /// <summary>Seals OpenSecureChannel: the first call opens the channel, later ones renew its token.</summary>
    /// <param name="requestId">Not 0.</param>
    /// <param name="lifetime">Wanted life of the token; the server revises it.</param>
    /// <param name="header">Header of the request; its authentication token stays null.</param>
    /// <param name="output">Receives the chunk.</param>
    /// <returns>Good; BadInvalidState while another one is not answered: its keys are not known yet, so it has to be waited for or the
    /// channel given up; BadRequestTooLarge where the certificates do not fit the negotiated chunk.</returns>
    public StatusCode SealOpenRequest(uint requestId, TimeSpan lifetime, RequestHeader header, IBufferWriter<byte> output)
    {
        lock (Gate)
        {
            if (IsOpening)
            {
                return StatusCodes.BadInvalidState;
            }

            var body = new BinaryEncoder();
            ServiceMessage.Write(body, new OpenSecureChannelRequest
            {
                Header = header,
                RequestType = ChannelId == 0 ? SecurityTokenRequestType.Issue : SecurityTokenRequestType.Renew,
                SecurityMode = Mode,
                ClientNonce = Policy.IsSecured ? Nonces.CreateOwn(Policy.NonceBytes) : null,
                RequestedLifetimeMs = (uint)Math.Clamp(lifetime.TotalMilliseconds, 1, uint.MaxValue),
            });
            var chunk = AsymmetricChunk.Seal(Policy, _own, Peer, ChannelId, Sequence.Next(), requestId, body.WrittenSpan);
            if (chunk.Length > Limits.SendChunkBytes)
            {
                return StatusCodes.BadRequestTooLarge;
            }

            _pendingRequestId = requestId;
            output.Write(chunk);
            return StatusCodes.Good;
        }
    }

    private protected override void DisposePeer()
    {
    }

    private protected override SecureMessage OpenAsymmetric_NeedsLock(ReadOnlySpan<byte> chunk)
    {
        var header = AsymmetricChunk.ReadHeader(chunk);
        if (!string.Equals(header.PolicyUri, Policy.Uri, StringComparison.Ordinal))
        {
            throw new SecurityViolation(StatusCodes.BadSecurityPolicyRejected, $"The server answered with another policy than {Policy}");
        }

        if (Policy.IsSecured
            && (!Peer!.IsSameLeaf(header.SenderCertificate) || !header.ReceiverThumbprint.AsSpan().SequenceEqual(_own!.Thumbprint.Span)))
        {
            throw new SecurityViolation(StatusCodes.BadCertificateInvalid, "The server answered with another certificate than the one it was asked by");
        }

        var body = AsymmetricChunk.Open(chunk, header.Length, Policy, _own, Peer, out var sequenceNumber, out var requestId);
        Sequence.Receive(sequenceNumber, Policy.IsSecured);
        if (requestId != _pendingRequestId)
        {
            throw new SecurityViolation(StatusCodes.BadSecurityChecksFailed, "An OpenSecureChannel response arrived that nobody asked for");
        }

        _pendingRequestId = null;
        if (ServiceMessage.ReadResponse<OpenSecureChannelResponse>(body, DecodingLimits.Default, out var result) is { } response
            && !result.ServiceResult.IsBad)
        {
            Accept_NeedsLock(header.ChannelId, response);
        }

        return new SecureMessage(MessageType.Open, requestId, StatusCodes.Good, null, body);
    }

    private void Accept_NeedsLock(uint headerChannelId, OpenSecureChannelResponse response)
    {
        var token = response.SecurityToken;
        if (token.ChannelId == 0 || token.ChannelId != headerChannelId || (ChannelId != 0 && token.ChannelId != ChannelId))
        {
            throw new SecurityViolation(StatusCodes.BadSecureChannelIdInvalid, $"The server answered for SecureChannel {token.ChannelId} on {ChannelId}");
        }

        if (token.RevisedLifetimeMs == 0 || token.TokenId == TokenId)
        {
            throw new SecurityViolation(
                StatusCodes.BadSecureChannelTokenUnknown,
                $"The server's token {token.TokenId} with {token.RevisedLifetimeMs} ms is none that could be used after {TokenId}");
        }

        if (Policy.IsSecured)
        {
            Nonces.AcceptForChannel(response.ServerNonce, Policy.NonceBytes);
        }

        ChannelId = token.ChannelId;
        Install_NeedsLock(token.TokenId, TimeSpan.FromMilliseconds(token.RevisedLifetimeMs), sendAtOnce: true);
    }
}
