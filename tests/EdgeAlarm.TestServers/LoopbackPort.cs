using System.Net;
using System.Net.Sockets;

namespace EdgeAlarm.TestServers;

/// <summary>Free TCP ports on 127.0.0.1.</summary>
public static class LoopbackPort
{
    /// <summary>A port that was free a moment ago; another process may take it before its user binds, so servers try again with a new one.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Whether somebody accepts connections there.</summary>
    public static async Task<bool> AnswersAsync(int port, CancellationToken cancellationToken = default)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Waits until somebody accepts connections there; at most ten seconds.</summary>
    public static async Task UntilAnswersAsync(int port, CancellationToken cancellationToken = default)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await AnswersAsync(port, cancellationToken) && TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(10))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }
    }
}
