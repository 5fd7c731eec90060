using System.Security.Cryptography;
using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Security;

/// <summary>Our nonces and the rules for the peer's, for the life of one channel or one session: a peer whose random numbers are
/// missing, constant or ours has no security to offer. OPC 10000-4 §5.6.2, §5.7.2. For one caller at a time.</summary>
public sealed class NonceExchange
{
    /// <summary>Shortest nonce of a session.</summary>
    public const int SessionNonceBytesMin = 32;

    /// <summary>Longest nonce of a session.</summary>
    public const int SessionNonceBytesMax = 128;

    private const int RememberedMax = 16;
    private readonly Queue<byte[]> _seen = new();

    /// <summary>The nonce made last; empty before the first.</summary>
    public byte[] Own { get; private set; } = [];

    /// <summary>The peer's nonce accepted last; empty before the first.</summary>
    public byte[] Peer { get; private set; } = [];

    /// <summary>Makes a new nonce of our own.</summary>
    /// <param name="bytes">Length; 32 for sessions, <see cref="SecurityPolicy.NonceBytes"/> for channels.</param>
    /// <returns>Cryptographically random bytes, also kept as <see cref="Own"/>.</returns>
    public byte[] CreateOwn(int bytes = SessionNonceBytesMin) => Own = RandomNumberGenerator.GetBytes(bytes);

    /// <summary>Checks and keeps the peer's nonce of a session: 32 to 128 bytes.</summary>
    /// <param name="nonce">From CreateSession or ActivateSession; null counts as empty.</param>
    /// <exception cref="SecurityViolation">BadNonceInvalid: wrong length, all zero, ours, or one of the last sixteen.</exception>
    public void AcceptForSession(byte[]? nonce) => Accept(nonce ?? [], SessionNonceBytesMin, SessionNonceBytesMax);

    /// <summary>Checks and keeps the peer's nonce of OpenSecureChannel.</summary>
    /// <param name="nonce">From the request or the response; null counts as empty.</param>
    /// <param name="bytes">The one allowed length, <see cref="SecurityPolicy.NonceBytes"/>.</param>
    /// <exception cref="SecurityViolation">BadNonceInvalid: wrong length, all zero, ours, or one of the last sixteen.</exception>
    public void AcceptForChannel(byte[]? nonce, int bytes) => Accept(nonce ?? [], bytes, bytes);

    private void Accept(byte[] nonce, int least, int most)
    {
        if (nonce.Length < least || nonce.Length > most)
        {
            throw Invalid($"has {nonce.Length} bytes where {least} to {most} are allowed");
        }

        if (!nonce.AsSpan().ContainsAnyExcept((byte)0))
        {
            throw Invalid("is all zero");
        }

        if (nonce.AsSpan().SequenceEqual(Own) || _seen.Any(s => s.AsSpan().SequenceEqual(nonce)))
        {
            throw Invalid("was used before");
        }

        if (_seen.Count == RememberedMax)
        {
            _seen.Dequeue();
        }

        _seen.Enqueue(nonce);
        Peer = nonce;
    }

    private static SecurityViolation Invalid(string what) => new(StatusCodes.BadNonceInvalid, $"The peer's nonce {what}");
}
