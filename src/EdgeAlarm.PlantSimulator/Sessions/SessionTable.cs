using System.Security.Cryptography;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.PlantSimulator.Server;
using EdgeAlarm.PlantSimulator.Subscriptions;

namespace EdgeAlarm.PlantSimulator.Sessions;

/// <summary>The Session service set (OPC 10000-4 §5.7): who may speak, on which channel, for how long.</summary>
internal sealed class SessionTable(ServerIdentity identity, PublishingEngine publishing, PlantServerLimits limits)
{
    private const int NonceBytes = 32;
    private const int TokenBytes = 32;

    private readonly Dictionary<NodeId, ServerSession> _byToken = [];
    private readonly UserLogin _logins = new(identity);
    private uint _nextId;

    internal IReadOnlyCollection<ServerSession> Sessions => _byToken.Values;

    internal long NextDeadline => _byToken.Count == 0 ? long.MaxValue : _byToken.Values.Min(session => session.ExpiresAt);

    /// <summary>Ends what nobody used until its timeout. The subscriptions live on until their own lifetime is over.</summary>
    internal void TurnOnce(long now)
    {
        foreach (var session in _byToken.Values.Where(session => session.ExpiresAt <= now).ToArray())
        {
            End(session, deleteSubscriptions: false, StatusCodes.BadSessionClosed);
        }
    }

    internal CreateSessionResponse Create(ServerChannel channel, CreateSessionRequest request, long now)
    {
        if (!identity.SessionEndpoints().Contains((channel.Policy, channel.Mode)))
        {
            throw new ServiceRefusal(StatusCodes.BadSecurityModeInsufficient);
        }

        MakeRoom();
        if (channel.Policy.IsSecured)
        {
            CheckClient(channel, request);
        }

        var timeout = RevisedSettings.Ticks(request.RequestedSessionTimeoutMs, limits.SessionTimeoutMin, limits.SessionTimeoutMax);
        var id = NodeId.Numeric(1, ++_nextId);
        var token = NodeId.Opaque(1, RandomNumberGenerator.GetBytes(TokenBytes));
        var session = new ServerSession(id, token, channel, RandomNumberGenerator.GetBytes(NonceBytes), timeout, now);
        _byToken.Add(token, session);
        return new CreateSessionResponse
        {
            SessionId = id,
            AuthenticationToken = token,
            RevisedSessionTimeoutMs = (double)timeout / TimeSpan.TicksPerMillisecond,
            ServerNonce = session.ServerNonce,
            ServerCertificate = identity.Own?.Der.ToArray(),
            ServerEndpoints = identity.Describe(),
            ServerSignature = SessionSignature.Sign(channel.Policy, identity.Own, channel.Client, request.ClientNonce ?? []),
        };
    }

    internal ActivateSessionResponse Activate(ServerChannel channel, ActivateSessionRequest request, long now)
    {
        if (!_byToken.TryGetValue(request.Header.AuthenticationToken, out var session))
        {
            throw new ServiceRefusal(StatusCodes.BadSessionIdInvalid);
        }

        var before = session.Channel;
        if (!session.IsActivated && before.Id != channel.Id)
        {
            throw new ServiceRefusal(StatusCodes.BadSessionIdInvalid);
        }

        // another channel may take the session over only with the same security and the same application
        var isSameClient = channel.Policy == before.Policy && channel.Mode == before.Mode
            && session.ClientCertificate.AsSpan().SequenceEqual(channel.Client is null ? default : channel.Client.Der.Span);
        if (!isSameClient)
        {
            throw new ServiceRefusal(StatusCodes.BadSecurityChecksFailed);
        }

        if (!SessionSignature.Verify(channel.Policy, channel.Client, identity.Own, session.ServerNonce, request.ClientSignature))
        {
            throw new ServiceRefusal(StatusCodes.BadApplicationSignatureInvalid);
        }

        var user = _logins.UserOf(session, channel, request);
        if (session.IsActivated && !string.Equals(user, session.User, StringComparison.Ordinal))
        {
            throw new ServiceRefusal(StatusCodes.BadIdentityTokenRejected);
        }

        if (before.Id != channel.Id)
        {
            PublishingEngine.DropRequestsOf(session, before.Id);
        }

        session.Activate(channel, user, RandomNumberGenerator.GetBytes(NonceBytes));
        session.Touch(now);
        return new ActivateSessionResponse { ServerNonce = session.ServerNonce };
    }

    internal CloseSessionResponse Close(ServerSession session, CloseSessionRequest request)
    {
        End(session, request.DeleteSubscriptions, StatusCodes.BadSessionClosed);
        return new CloseSessionResponse();
    }

    /// <summary>The session of a request; any request keeps it alive.</summary>
    /// <exception cref="ServiceRefusal">There is none, it is bound to another channel, or not activated.</exception>
    internal ServerSession Find(ServerChannel channel, RequestHeader header, bool mustBeActivated, long now)
    {
        if (!_byToken.TryGetValue(header.AuthenticationToken, out var session))
        {
            throw new ServiceRefusal(StatusCodes.BadSessionIdInvalid);
        }

        if (session.Channel.Id != channel.Id)
        {
            throw new ServiceRefusal(StatusCodes.BadSecureChannelIdInvalid);
        }

        if (mustBeActivated && !session.IsActivated)
        {
            End(session, deleteSubscriptions: true, StatusCodes.BadSessionNotActivated);
            throw new ServiceRefusal(StatusCodes.BadSessionNotActivated);
        }

        session.Touch(now);
        return session;
    }

    /// <summary>A channel is gone: what waits on it waits no more. The sessions live on.</summary>
    internal void ChannelClosed(uint channelId)
    {
        foreach (var session in _byToken.Values)
        {
            PublishingEngine.DropRequestsOf(session, channelId);
        }
    }

    /// <summary>Where the table is full the oldest session that was never activated goes: whoever cannot log in must not keep out who can (OPC 10000-4 §5.7.2).</summary>
    private void MakeRoom()
    {
        if (_byToken.Count < limits.SessionsMax)
        {
            return;
        }

        var idle = _byToken.Values.Where(session => !session.IsActivated).MinBy(session => session.Id.Number)
            ?? throw new ServiceRefusal(StatusCodes.BadTooManySessions);
        End(idle, deleteSubscriptions: true, StatusCodes.BadSessionClosed);
    }

    private static void CheckClient(ServerChannel channel, CreateSessionRequest request)
    {
        if (request.ClientNonce is not { Length: >= NonceExchange.SessionNonceBytesMin and <= NonceExchange.SessionNonceBytesMax })
        {
            throw new ServiceRefusal(StatusCodes.BadNonceInvalid);
        }

        if (channel.Client is not { } client || request.ClientCertificate is not { } certificate || !client.IsSameLeaf(certificate))
        {
            throw new ServiceRefusal(StatusCodes.BadSecurityChecksFailed);
        }

        if (!string.Equals(client.ApplicationUri, request.ClientDescription.ApplicationUri, StringComparison.Ordinal))
        {
            throw new ServiceRefusal(StatusCodes.BadCertificateUriInvalid);
        }
    }

    private void End(ServerSession session, bool deleteSubscriptions, StatusCode reason)
    {
        _byToken.Remove(session.AuthenticationToken);
        publishing.Disown(session, deleteSubscriptions, reason);
    }
}
