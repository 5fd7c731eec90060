using System.Net.Sockets;

namespace EdgeAlarm.TestServers;

/// <summary>
/// One direction of a <see cref="KillableProxy"/>: what happens to the bytes on their way. Faults hold for open and new connections until <see cref="Mend"/>; those of
/// a single segment (one read of the sender's socket) happen once. Any thread.
/// </summary>
public sealed class CableDirection
{
    private const int PieceMax = 1400;
    private readonly Lock gate = new();
    private TaskCompletionSource? held;
    private Random? splitting;
    private Random? corrupting;
    private volatile bool swallowing;
    private long delayTicks;
    private int toDrop;
    private int toReplay;
    private int opens;

    internal CableDirection()
    {
    }

    /// <summary>How many segments that begin with an OPC UA OpenSecureChannel message came through: channels opened and tokens renewed.</summary>
    public int Opens => Volatile.Read(ref opens);

    /// <summary>Whether the message of <see cref="DropOneLargerThan"/> was lost.</summary>
    public bool HasDropped => Volatile.Read(ref toDrop) == 0;

    /// <summary>Bytes vanish and the sockets stay open: half of a pulled cable.</summary>
    public void Swallow() => swallowing = true;

    /// <summary>Bytes wait, and come all and in order at <see cref="Mend"/>: a switch that hangs.</summary>
    public void Hold()
    {
        lock (gate)
        {
            held ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Every segment comes so much later, in order.</summary>
    public void Delay(TimeSpan by) => Volatile.Write(ref delayTicks, by.Ticks);

    /// <summary>Segments are cut into pieces of 1 to 1400 bytes, at odd places.</summary>
    /// <param name="seed">Draws the places.</param>
    public void Split(int seed)
    {
        lock (gate)
        {
            splitting = new Random(seed);
        }
    }

    /// <summary>The next segment comes twice: no TCP does that, but somebody in the middle can.</summary>
    public void ReplayNext() => Volatile.Write(ref toReplay, 1);

    /// <summary>One bit of the next segment is flipped.</summary>
    /// <param name="seed">Draws the bit.</param>
    public void CorruptNext(int seed)
    {
        lock (gate)
        {
            corrupting = new Random(seed);
        }
    }

    /// <summary>Loses one message: the next segment that is exactly one OPC UA chunk of type MSG and larger than <paramref name="bytes"/>, so that small ones come through.</summary>
    public void DropOneLargerThan(int bytes) => Volatile.Write(ref toDrop, bytes);

    /// <summary>Ends every fault; what was held comes now, what was swallowed never.</summary>
    public void Mend()
    {
        TaskCompletionSource? release;
        lock (gate)
        {
            (release, held, splitting, corrupting) = (held, null, null, null);
        }

        swallowing = false;
        Volatile.Write(ref delayTicks, 0);
        Volatile.Write(ref toReplay, 0);
        Volatile.Write(ref toDrop, 0);
        release?.TrySetResult();
    }

    internal async Task CopyAsync(Socket from, Socket to, CancellationToken cancellationToken)
    {
        var buffer = new byte[65536];
        while (await from.ReceiveAsync(buffer, cancellationToken) is var count && count > 0)
        {
            await CarryAsync(buffer.AsMemory(0, count), to, cancellationToken);
        }
    }

    private async Task CarryAsync(Memory<byte> segment, Socket to, CancellationToken cancellationToken)
    {
        Task? waiting;
        lock (gate)
        {
            waiting = held?.Task;
        }

        await (waiting ?? Task.CompletedTask).WaitAsync(cancellationToken);
        if (Volatile.Read(ref delayTicks) is > 0 and var ticks)
        {
            await Task.Delay(TimeSpan.FromTicks(ticks), TimeProvider.System, cancellationToken);
        }

        if (swallowing || IsToDrop(segment.Span))
        {
            return;
        }

        if (segment.Span.StartsWith("OPNF"u8))
        {
            Interlocked.Increment(ref opens);
        }

        Corrupt(segment.Span);
        for (var times = 1 + Interlocked.Exchange(ref toReplay, 0); times > 0; times--)
        {
            await SendAsync(segment, to, cancellationToken);
        }
    }

    private async Task SendAsync(ReadOnlyMemory<byte> bytes, Socket to, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            var piece = bytes[..PieceOf(bytes.Length)];
            while (!piece.IsEmpty)
            {
                var sent = await to.SendAsync(piece, cancellationToken);
                (piece, bytes) = (piece[sent..], bytes[sent..]);
            }

            await Task.Yield(); // the receiver reads between two pieces
        }
    }

    private int PieceOf(int length)
    {
        lock (gate)
        {
            return splitting is null ? length : Math.Min(length, splitting.Next(4) == 0 ? splitting.Next(1, 12) : splitting.Next(1, PieceMax));
        }
    }

    private void Corrupt(Span<byte> segment)
    {
        lock (gate)
        {
            if (corrupting is { } random)
            {
                segment[random.Next(segment.Length)] ^= (byte)(1 << random.Next(8));
                corrupting = null;
            }
        }
    }

    private bool IsToDrop(ReadOnlySpan<byte> bytes)
    {
        var larger = Volatile.Read(ref toDrop);
        var isOne = larger > 0 && bytes.Length > larger && bytes.StartsWith("MSGF"u8) && BitConverter.ToInt32(bytes[4..]) == bytes.Length;
        return isOne && Interlocked.CompareExchange(ref toDrop, 0, larger) == larger;
    }
}
