using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Services;

/// <summary>Activates a session for a user, or moves it to another SecureChannel (OPC 10000-4 §5.7.3).</summary>
public sealed record ActivateSessionRequest : IServiceRequest<ActivateSessionRequest, ActivateSessionResponse>
{
    /// <inheritdoc />
    public static ushort EncodingId => 467;

    /// <inheritdoc />
    public static int EncodedSizeMin => 56;

    /// <summary>The header of the request.</summary>
    public RequestHeader Header { get; init; } = new();

    /// <summary>The client's signature over the server's certificate and last nonce.</summary>
    public SignatureData ClientSignature { get; init; } = new();

    /// <summary>Empty today.</summary>
    public SignedSoftwareCertificate[] ClientSoftwareCertificates { get; init; } = [];

    /// <summary>Wanted languages, best first.</summary>
    public string?[] LocaleIds { get; init; } = [];

    /// <summary>Who the user is: an AnonymousIdentityToken, UserNameIdentityToken or X509IdentityToken.</summary>
    public ExtensionObject UserIdentityToken { get; init; }

    /// <summary>The signature of a certificate user, else empty.</summary>
    public SignatureData UserTokenSignature { get; init; } = new();

    /// <inheritdoc />
    public static ActivateSessionRequest Decode(ref BinaryDecoder decoder) => new()
    {
        Header = RequestHeader.Decode(ref decoder),
        ClientSignature = SignatureData.Decode(ref decoder),
        ClientSoftwareCertificates = decoder.ReadStructures<SignedSoftwareCertificate>(),
        LocaleIds = decoder.ReadStrings(),
        UserIdentityToken = decoder.ReadExtensionObject(),
        UserTokenSignature = SignatureData.Decode(ref decoder),
    };

    /// <inheritdoc />
    public void Encode(BinaryEncoder encoder)
    {
        Header.Encode(encoder);
        ClientSignature.Encode(encoder);
        encoder.WriteStructures(ClientSoftwareCertificates);
        encoder.WriteStrings(LocaleIds);
        encoder.WriteExtensionObject(UserIdentityToken);
        UserTokenSignature.Encode(encoder);
    }

    /// <inheritdoc />
    public ActivateSessionRequest WithHeader(RequestHeader header) => this with { Header = header };
}
