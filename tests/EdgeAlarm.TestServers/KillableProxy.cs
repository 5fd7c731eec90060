using System.Net;
using System.Net.Sockets;

namespace EdgeAlarm.TestServers;

/// <summary>A TCP proxy on a loopback port whose connections can be cut, frozen and refused: the cable between gateway and PLC.</summary>
public sealed class KillableProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new();
    private readonly List<(Socket Socket, Task Pump)> connections = [];
    private readonly int target;
    private readonly Task accepting;
    private bool refusing;
    private volatile bool swallowing;
    private int accepted;
    private int toDrop;

    /// <summary>Starts.</summary>
    /// <param name="target">Port on 127.0.0.1 that it stands in front of.</param>
    public KillableProxy(int target)
    {
        this.target = target;
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        accepting = AcceptAsync();
    }

    /// <summary>The port of the proxy.</summary>
    public int Port { get; }

    /// <summary>How many connections were accepted so far, refused ones not counted.</summary>
    public int Accepted => Volatile.Read(ref accepted);

    /// <summary>Resets every connection.</summary>
    public void Cut()
    {
        lock (gate)
        {
            foreach (var (socket, _) in connections)
            {
                socket.Close(0);
            }
        }
    }

    /// <summary>Resets every connection and each new one until <see cref="Mend"/>.</summary>
    public void Break()
    {
        Volatile.Write(ref refusing, true);
        Cut();
    }

    /// <summary>Swallows everything on the open connections without closing them: a pulled cable.</summary>
    public void Swallow() => swallowing = true;

    /// <summary>
    /// Loses one message on its way to the client: the next read of the server's answers that is exactly one OPC UA chunk of type MSG and larger than
    /// <paramref name="bytes"/>, so that answers to small questions come through.
    /// </summary>
    public void DropOneLargerThan(int bytes) => Volatile.Write(ref toDrop, bytes);

    /// <summary>Whether the message of <see cref="DropOneLargerThan"/> was lost.</summary>
    public bool HasDropped => Volatile.Read(ref toDrop) == 0;

    /// <summary>Lets connections through again.</summary>
    public void Mend()
    {
        swallowing = false;
        Volatile.Write(ref refusing, false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        Cut();
        await accepting;
        Task[] pumps;
        lock (gate)
        {
            pumps = [.. connections.Select(connection => connection.Pump)];
        }

        await Task.WhenAll(pumps);
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var near = await listener.AcceptSocketAsync(stop.Token);
                if (Volatile.Read(ref refusing))
                {
                    near.Close(0);
                    continue;
                }

                Interlocked.Increment(ref accepted);
                var far = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                near.NoDelay = true;
                lock (gate)
                {
                    connections.Add((near, PumpAsync(near, far)));
                }
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // the proxy was disposed of
        }
    }

    private async Task PumpAsync(Socket near, Socket far)
    {
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, target, stop.Token);
            await Task.WhenAny(CopyAsync(near, far, toClient: false), CopyAsync(far, near, toClient: true));
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // one side is gone: so is the other
        }
        finally
        {
            near.Close(0);
            far.Close(0);
        }
    }

    private async Task CopyAsync(Socket from, Socket to, bool toClient)
    {
        var buffer = new byte[65536];
        try
        {
            while (await from.ReceiveAsync(buffer, stop.Token) is var count && count > 0)
            {
                if (!swallowing && !(toClient && IsToDrop(buffer.AsSpan(0, count))))
                {
                    await to.SendAsync(buffer.AsMemory(0, count), stop.Token);
                }
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // reported by closing both sides
        }
    }

    private bool IsToDrop(ReadOnlySpan<byte> bytes)
    {
        var larger = Volatile.Read(ref toDrop);
        var isOne = larger > 0 && bytes.Length > larger && bytes.StartsWith("MSGF"u8) && BitConverter.ToInt32(bytes[4..]) == bytes.Length;
        return isOne && Interlocked.CompareExchange(ref toDrop, 0, larger) == larger;
    }
}
