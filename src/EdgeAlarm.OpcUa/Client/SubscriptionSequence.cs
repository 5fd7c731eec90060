namespace EdgeAlarm.OpcUa.Client;

/// <summary>
/// The order of a subscription's notification messages (OPC 10000-4 §7.26): numbers run from 1, wrap from 4,294,967,295 to 1 and are never 0. A keep-alive names the
/// number that comes next without consuming it. Messages that overtook others are held until those come, are republished or are given up. Not thread safe.
/// </summary>
/// <typeparam name="TMessage">What is held; opaque here.</typeparam>
/// <param name="next">The first number expected, at least 1.</param>
/// <param name="heldMax">How many messages wait at most before the missing ones count as lost on the way; 1 to 100.</param>
public sealed class SubscriptionSequence<TMessage>(uint next, int heldMax)
{
    private const uint Numbers = uint.MaxValue; // 1 .. uint.MaxValue
    private readonly Dictionary<uint, TMessage> _held = [];
    private uint _announced = next; // every number before this one exists at the server
    private bool _begun;
    private bool _maySkip;
    private bool _skipped;

    /// <summary>The number of the next message to deliver.</summary>
    public uint Expected { get; private set; } = next;

    /// <summary>Whether a message was delivered.</summary>
    public bool HasBegun => _begun;

    /// <summary>How many messages wait for earlier ones.</summary>
    public int Held => _held.Count;

    /// <summary>Whether numbers are known to be sent but did not come.</summary>
    public bool HasHole => _announced != Expected;

    /// <summary>Whether so many messages wait that the missing ones will not come by themselves.</summary>
    public bool IsOverdue => _held.Count >= heldMax;

    /// <summary>How many numbers are missing before the first held message, or before what the last keep-alive named.</summary>
    public uint Missing => Distance(Expected, NextHeldOrAnnounced());

    /// <summary>
    /// The subscription was moved to another session: some servers spend a number on telling the old one, so that the next message, or keep-alive, may come one number late
    /// without a loss that the items have to be made anew for. More than one, or a later message, is a loss as ever.
    /// </summary>
    public void Transferred() => _maySkip = true;

    /// <summary>Whether the last offer skipped that number; once. The caller records the gap: nobody can say that it carried nothing.</summary>
    public bool TakeSkipped()
    {
        var skipped = _skipped;
        _skipped = false;
        return skipped;
    }

    /// <summary>Takes a message with data.</summary>
    public SequenceVerdict Offer(uint sequence, TMessage message)
    {
        SkipAfterTransfer(sequence);
        if (!_begun && sequence != 0 && IsBefore(sequence, Expected))
        {
            // a server that does not begin at 1: dropping what it says until the numbers wrap would lose all of it
            Expected = _announced = sequence;
        }
        if (sequence == 0 || IsBefore(sequence, Expected))
        {
            return SequenceVerdict.Known;
        }
        if (sequence == Expected)
        {
            _begun = true;
            Advance();
            return SequenceVerdict.Deliver;
        }
        Announce(After(sequence));
        return _held.TryAdd(sequence, message) ? SequenceVerdict.Held : SequenceVerdict.Known;
    }

    /// <summary>Whether a message was delivered, or given up.</summary>
    public bool IsDelivered(uint sequence) => IsBefore(sequence, Expected);

    /// <summary>The server says that it has sent a message: it, and every one before it, exists.</summary>
    public void Sent(uint sequence)
    {
        if (sequence != 0 && !IsBefore(sequence, Expected))
        {
            Announce(After(sequence));
        }
    }

    /// <summary>Takes a keep-alive: every number before the one it names was sent. Nothing is consumed.</summary>
    public void OfferKeepAlive(uint next)
    {
        SkipAfterTransfer(next);
        if (next != 0 && !IsBefore(next, Expected))
        {
            Announce(next);
        }
    }

    /// <summary>Takes a held message whose turn has come.</summary>
    public bool TryTakeNext(out uint sequence, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out TMessage message)
    {
        sequence = Expected;
        if (!_held.Remove(Expected, out message))
        {
            return false;
        }
        _begun = true;
        Advance();
        return true;
    }

    /// <summary>Looks at the held message whose turn has come.</summary>
    public bool TryPeekNext([System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out TMessage message) => _held.TryGetValue(Expected, out message);

    /// <summary>The message of <see cref="Expected"/> cannot be had any more: go on behind it. The caller records the gap.</summary>
    /// <exception cref="InvalidOperationException">Nothing is missing.</exception>
    public void GiveUpExpected()
    {
        if (Missing == 0)
        {
            throw new InvalidOperationException("No message is missing.");
        }
        Advance();
    }

    /// <summary>None of the missing messages is to be had: go on behind them all. The caller records the gap.</summary>
    public void GiveUpMissing()
    {
        Expected = NextHeldOrAnnounced();
        Announce(Expected);
    }

    private void SkipAfterTransfer(uint sequence)
    {
        if (_maySkip && !HasHole && sequence == After(Expected))
        {
            Advance();
            _skipped = true;
        }
        _maySkip = false;
    }

    private static uint After(uint sequence) => sequence == uint.MaxValue ? 1 : sequence + 1;

    private static bool IsBefore(uint left, uint right) => left != right && Distance(left, right) < Numbers / 2;

    private static uint Distance(uint from, uint to) => to >= from ? to - from : Numbers - (from - to);

    private uint NextHeldOrAnnounced()
    {
        var nearest = _announced;
        foreach (var sequence in _held.Keys)
        {
            if (IsBefore(sequence, nearest))
            {
                nearest = sequence;
            }
        }
        return nearest;
    }

    private void Advance()
    {
        Expected = After(Expected);
        Announce(Expected);
    }

    private void Announce(uint next)
    {
        if (IsBefore(_announced, next))
        {
            _announced = next;
        }
    }
}
