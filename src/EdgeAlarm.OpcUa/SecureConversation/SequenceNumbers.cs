using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Security;

namespace EdgeAlarm.OpcUa.SecureConversation;

/// <summary>The sequence numbers of one SecureChannel, both directions: one more for every chunk, OPN, MSG and CLO alike, going on
/// across renewals. OPC 10000-6 §6.7.2.4, in the form of the RSA policies and None.</summary>
/// <remarks>A received number must be one more than the last: a chunk that somebody removed from a signed channel shows only here, and without it the rest of its
/// message would be delivered as the whole. Servers are in use that skip; where nothing is signed their skips are accepted and counted.</remarks>
internal sealed class SequenceNumbers
{
    private const uint WrapFrom = uint.MaxValue - 1024;
    private const uint WrapTo = 1024;

    private uint _lastSent;
    private uint _lastReceived;
    private bool _anyReceived;
    private bool _wrapped;

    /// <summary>Makes the numbers of a new channel.</summary>
    /// <param name="lastSent">Number before the first one that is sent.</param>
    public SequenceNumbers(uint lastSent = 0) => _lastSent = lastSent;

    /// <summary>Times the peer skipped one or more numbers.</summary>
    public long Skips { get; private set; }

    /// <summary>Gives the number of the next chunk to send.</summary>
    /// <returns>One more than the last; after 4,294,967,295 comes 1.</returns>
    public uint Next() => _lastSent = _lastSent == uint.MaxValue ? 1 : _lastSent + 1;

    /// <summary>Checks the number of a chunk whose signature has been verified.</summary>
    /// <param name="number">The number received.</param>
    /// <param name="isSigned">Whether the channel is signed.</param>
    /// <exception cref="SecurityViolation">BadSequenceNumberInvalid: not greater than the last one, so a chunk was replayed or reordered; or, in a signed channel, more
    /// than one greater, so one was removed.</exception>
    public void Receive(uint number, bool isSigned)
    {
        if (_anyReceived)
        {
            var wraps = !_wrapped && _lastReceived > WrapFrom && number < WrapTo;
            if (!wraps && number <= _lastReceived)
            {
                throw new SecurityViolation(
                    StatusCodes.BadSequenceNumberInvalid, $"Chunk number {number} arrived after {_lastReceived}: replayed or out of order");
            }

            if (!wraps && number != _lastReceived + 1)
            {
                Skips++;
                if (isSigned)
                {
                    throw new SecurityViolation(
                        StatusCodes.BadSequenceNumberInvalid, $"Chunk number {number} arrived after {_lastReceived}: what stood between them was removed");
                }
            }

            _wrapped |= wraps;
        }

        _anyReceived = true;
        _lastReceived = number;
    }

    /// <summary>A new token allows one more wrap: under other keys no chunk from before it can be replayed.</summary>
    public void TokenRenewed() => _wrapped = false;
}
