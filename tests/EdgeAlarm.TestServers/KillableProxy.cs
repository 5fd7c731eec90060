using System.Net;
using System.Net.Sockets;

namespace EdgeAlarm.TestServers;

/// <summary>
/// A TCP proxy on a loopback port whose connections can be cut, frozen and refused, and whose directions can lose, hold, delay, split, repeat and damage bytes: the
/// cable between gateway and PLC.
/// </summary>
public sealed class KillableProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new();
    private readonly List<(Socket Socket, Task Pump)> connections = [];
    private readonly int target;
    private readonly Task accepting;
    private bool refusing;
    private int accepted;

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

    /// <summary>The server's bytes on their way to the client.</summary>
    public CableDirection ToClient { get; } = new();

    /// <summary>The client's bytes on their way to the server.</summary>
    public CableDirection ToServer { get; } = new();

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

    /// <summary>Ends every connection towards the client in good order, as a server does that is stopped: the client reads to the end and sees FIN.</summary>
    public void CutInOrder()
    {
        lock (gate)
        {
            foreach (var (socket, _) in connections)
            {
                try
                {
                    socket.Shutdown(SocketShutdown.Send);
                }
                catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
                {
                    // it is gone already
                }
            }
        }
    }

    /// <summary>Resets every connection and each new one until <see cref="Mend"/>.</summary>
    public void Break()
    {
        Volatile.Write(ref refusing, true);
        Cut();
    }

    /// <summary>Swallows everything in both directions without closing the connections: a pulled cable.</summary>
    public void Swallow()
    {
        ToClient.Swallow();
        ToServer.Swallow();
    }

    /// <summary>Lets everything through again.</summary>
    public void Mend()
    {
        ToClient.Mend();
        ToServer.Mend();
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
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // the proxy was disposed of
        }
    }

    private async Task PumpAsync(Socket near, Socket far)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, target, ending.Token);
            var copies = new[] { ToServer.CopyAsync(near, far, ending.Token), ToClient.CopyAsync(far, near, ending.Token) };
            await Task.WhenAny(copies);
            await ending.CancelAsync();
            await Task.WhenAll(copies).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
}
