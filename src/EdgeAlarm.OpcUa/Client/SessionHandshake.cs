using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.OpcUa.Client;

/// <summary>CreateSession and ActivateSession with every proof they ask for (OPC 10000-4 §5.7.2, §5.7.3).</summary>
internal sealed class SessionHandshake(UaClientOptions options, UaEndpoint endpoint, TimeProvider time)
{
    private readonly NonceExchange _nonces = new();
    private byte[] _serverNonce = [];

    /// <summary>The bearer secret of the session. Never logged.</summary>
    public NodeId AuthenticationToken { get; private set; }

    /// <summary>What the server granted for silence.</summary>
    public TimeSpan RevisedTimeout { get; private set; }

    /// <summary>Creates a session and checks who answered.</summary>
    public async Task CreateAsync(UaChannel channel, CancellationToken cancellationToken)
    {
        var request = new CreateSessionRequest
        {
            Header = Header(),
            ClientDescription = new()
            {
                ApplicationUri = endpoint.Own?.ApplicationUri ?? options.ApplicationUri,
                ProductUri = "urn:edgealarm",
                ApplicationName = new LocalizedText(null, "EdgeAlarm"),
                ApplicationType = ApplicationType.Client,
            },
            EndpointUrl = options.EndpointUrl.OriginalString,
            SessionName = options.SessionName,
            ClientNonce = _nonces.CreateOwn(),
            ClientCertificate = options.Policy.IsSecured ? endpoint.Own?.Der.ToArray() : null,
            RequestedSessionTimeoutMs = options.SessionTimeout.TotalMilliseconds,
        };
        var response = (await channel.CallAsync<CreateSessionRequest, CreateSessionResponse>(request, cancellationToken)).Message;
        Check(response);
        AuthenticationToken = response.AuthenticationToken;
        RevisedTimeout = TimeSpan.FromMilliseconds(Math.Clamp(response.RevisedSessionTimeoutMs, 0, int.MaxValue));
    }

    /// <summary>Logs in, or moves the session to a new channel.</summary>
    public async Task ActivateAsync(UaChannel channel, CancellationToken cancellationToken)
    {
        var request = new ActivateSessionRequest
        {
            Header = Header(),
            ClientSignature = SessionSignature.Sign(options.Policy, endpoint.Own, endpoint.ServerCertificate, _serverNonce),
            LocaleIds = [],
            UserIdentityToken = IdentityToken(),
            UserTokenSignature = options.User.Certificate is { } user
                ? SessionSignature.Sign(endpoint.TokenSecurity, user, endpoint.ServerCertificate, _serverNonce)
                : new SignatureData(),
        };
        try
        {
            var response = (await channel.CallAsync<ActivateSessionRequest, ActivateSessionResponse>(request, cancellationToken)).Message;
            TakeNonce(response.ServerNonce);
        }
        catch (UaClientException refused) when (refused.Failure is UaFailure.Identity)
        {
            throw new UaClientException(UaFailure.Identity, refused.Status,
                $"{options.EndpointUrl} refused to log in {options.User} ({refused.Status}): {NextStep()}", refused);
        }
    }

    private void Check(CreateSessionResponse response)
    {
        if (!options.Policy.IsSecured)
        {
            TakeNonce(response.ServerNonce);
            return;
        }
        if (!endpoint.ServerCertificate!.IsSameLeaf(response.ServerCertificate))
        {
            throw Insecure(StatusCodes.BadCertificateInvalid, "CreateSession was answered with another certificate than the channel's");
        }
        if (!SessionSignature.Verify(options.Policy, endpoint.ServerCertificate, endpoint.Own, _nonces.Own, response.ServerSignature))
        {
            throw Insecure(StatusCodes.BadApplicationSignatureInvalid, "the server did not prove that it owns its certificate's key");
        }
        TakeNonce(response.ServerNonce);
        if (!EndpointSelection.AreSame(endpoint.Offered, response.ServerEndpoints))
        {
            throw Insecure(StatusCodes.BadSecurityChecksFailed,
                "the endpoints of CreateSession differ from those of discovery: somebody on the network may have changed them, or the server was reconfigured in this moment");
        }
    }

    private void TakeNonce(byte[]? nonce)
    {
        // a user's signature over a nonce that is missing or known could be played again
        if (options.Policy.IsSecured || options.User.Certificate is not null)
        {
            try
            {
                _nonces.AcceptForSession(nonce);
            }
            catch (SecurityViolation violation)
            {
                throw Insecure(violation.Status, violation.Message);
            }
        }
        _serverNonce = nonce ?? [];
    }

    private ExtensionObject IdentityToken()
    {
        var (policyId, security) = (endpoint.Token.PolicyId, endpoint.TokenSecurity);
        if (options.User.Certificate is { } user)
        {
            return ExtensionObject.From(new X509IdentityToken { PolicyId = policyId, CertificateData = user.Der.ToArray() });
        }
        return options.User.Name is { } name
            ? ExtensionObject.From(new UserNameIdentityToken
            {
                PolicyId = policyId,
                UserName = name,
                Password = PasswordSecret.Encrypt(security, endpoint.ServerCertificate, options.User.Password ?? "", _serverNonce),
                EncryptionAlgorithm = security.IsSecured ? security.AsymmetricEncryptionUri : null,
            })
            : ExtensionObject.From(new AnonymousIdentityToken { PolicyId = policyId });
    }

    private string NextStep() => options.User.TokenType switch
    {
        UserTokenType.Certificate => "trust this certificate as a user's at the server, and check the user's rights there",
        UserTokenType.UserName => "check the user name and the password file of this source, and the user's rights at the server",
        UserTokenType.Anonymous or UserTokenType.IssuedToken => "configure a user for this source",
    };

    private RequestHeader Header() => new()
    {
        AuthenticationToken = AuthenticationToken,
        TimestampTicks = time.GetUtcNow().UtcTicks,
        TimeoutHintMs = (uint)options.RequestTimeout.TotalMilliseconds,
    };

    private UaClientException Insecure(StatusCode status, string what) => new(UaFailure.Security, status, $"{options.EndpointUrl}: {what}");
}
