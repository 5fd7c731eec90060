namespace EdgeAlarm.Gateway.Uplink;

/// <summary>
/// Decides which event of the present epoch is sent next, and when to go back. It knows no MQTT and no clock: every call is given the time, and
/// <see cref="Deadline"/> says when <see cref="Tick"/> has to be called. Calls in any order; one thread.
/// <list type="bullet">
/// <item>Nothing is skipped: the next event is the one after the last sent, or the one after the receipt.</item>
/// <item>At most <c>UnconfirmedMax</c> events are sent beyond the receipt.</item>
/// <item>A PUBACK proves nothing here; without progress of the receipt everything behind it is sent again, at growing intervals, for ever.</item>
/// </list>
/// </summary>
internal sealed class SendCursor
{
    private readonly int _unconfirmedMax;
    private readonly TimeSpan _receiptWait;
    private readonly TimeSpan _stallAfter;
    private readonly TimeSpan _stallAfterMax;
    private TimeSpan _stallNow;
    private TimeSpan _sendingFrom;
    private TimeSpan _progressAt;

    internal SendCursor(int unconfirmedMax, TimeSpan receiptWait, TimeSpan stallAfter, TimeSpan stallAfterMax)
    {
        (_unconfirmedMax, _receiptWait, _stallAfter, _stallAfterMax) = (unconfirmedMax, receiptWait, stallAfter, stallAfterMax);
        _stallNow = stallAfter;
    }

    internal SendPhase Phase { get; private set; }

    /// <summary>The epoch that is being drained.</summary>
    internal Guid Epoch { get; private set; }

    /// <summary>Receipted through this seq.</summary>
    internal long Through { get; private set; }

    /// <summary>The seq to send next.</summary>
    internal long Next { get; private set; } = 1;

    /// <summary>Events sent and not receipted.</summary>
    internal long Unconfirmed => Next - 1 - Through;

    /// <summary>Times it went back.</summary>
    internal long Rewinds { get; private set; }

    /// <summary>Since when something sent has been waiting for a receipt; null if nothing is.</summary>
    internal TimeSpan? WaitingSince { get; private set; }

    /// <summary>How many events may be sent now, from <see cref="Next"/> on.</summary>
    internal long Room => Phase == SendPhase.Sending ? Math.Max(0, _unconfirmedMax - Unconfirmed) : 0;

    /// <summary>When <see cref="Tick"/> has something to do; null if nothing is due.</summary>
    internal TimeSpan? Deadline => Phase switch
    {
        SendPhase.Disconnected => null,
        SendPhase.AwaitingReceipt => _sendingFrom,
        SendPhase.Sending => Unconfirmed > 0 ? _progressAt + _stallNow : null,
    };

    /// <summary>Turns to an epoch: the next older one is finished, or the first is known.</summary>
    internal void Begin(TimeSpan now, Guid epoch, long through)
    {
        (Epoch, Through, Next, _progressAt, _stallNow, WaitingSince) = (epoch, through, through + 1, now, _stallAfter, null);
    }

    /// <summary>A connection stands.</summary>
    internal void Connected(TimeSpan now)
    {
        Phase = _receiptWait > TimeSpan.Zero ? SendPhase.AwaitingReceipt : SendPhase.Sending;
        _sendingFrom = now + _receiptWait;
        GoBack(now);
    }

    /// <summary>The connection broke: what was in flight may or may not have arrived.</summary>
    internal void Disconnected(TimeSpan now)
    {
        Phase = SendPhase.Disconnected;
        GoBack(now);
    }

    /// <summary>A receipt of this epoch came; a lower one brings no progress. Returns whether it did.</summary>
    internal bool Receipted(TimeSpan now, long through)
    {
        if (Phase == SendPhase.AwaitingReceipt)
        {
            Phase = SendPhase.Sending;
        }

        if (through <= Through)
        {
            return false;
        }

        Through = through;
        Next = Math.Max(Next, through + 1);
        (_progressAt, _stallNow) = (now, _stallAfter);
        WaitingSince = Unconfirmed > 0 ? now : null;
        return true;
    }

    /// <summary>The events up to and including this one were sent.</summary>
    internal void Sent(TimeSpan now, long seq)
    {
        if (seq < Next)
        {
            return;
        }

        if (Unconfirmed == 0)
        {
            _progressAt = now;
        }

        WaitingSince ??= now;
        Next = seq + 1;
    }

    /// <summary>What lies before this seq is neither here nor in the journal any more.</summary>
    internal void SkipTo(long seq)
    {
        if (seq > Next && Next == Through + 1)
        {
            (Through, Next) = (seq - 1, seq);
        }
    }

    /// <summary>This event was put in another's place: send it again, and what follows.</summary>
    internal void ResumeAt(long seq) => Next = Math.Clamp(seq, Through + 1, Next);

    /// <summary>Time has passed. Returns whether the cursor went back.</summary>
    internal bool Tick(TimeSpan now)
    {
        if (Deadline is not { } deadline || now < deadline)
        {
            return false;
        }

        if (Phase == SendPhase.AwaitingReceipt)
        {
            Phase = SendPhase.Sending;
            return false;
        }

        GoBack(now);
        Rewinds++;
        _stallNow = _stallNow + _stallNow < _stallAfterMax ? _stallNow + _stallNow : _stallAfterMax;
        return true;
    }

    private void GoBack(TimeSpan now)
    {
        Next = Through + 1;
        _progressAt = now;
    }
}
