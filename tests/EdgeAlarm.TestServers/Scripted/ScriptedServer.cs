using System.Net;
using System.Net.Sockets;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.ConnectionProtocol;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.TestServers.Scripted;

/// <summary>
/// An OPC UA server that does what a test tells it, message by message. Left alone it behaves well (<see cref="Plant"/>); a script takes over the requests that it names
/// with <see cref="On{TRequest}"/>, waits for them with <see cref="ExpectAsync{TRequest}"/>, answers late, wrongly or never, and cuts between any two messages. Without
/// security; on a free loopback port. Any thread.
/// </summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    private static readonly TimeSpan ExpectationMax = TimeSpan.FromSeconds(30);
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly List<ScriptedConnection> connections = [];
    private readonly List<Task> running = [];
    private readonly List<ScriptedRequest> received = [];
    private readonly List<string> violations = [];
    private readonly Dictionary<uint, int> expected = [];
    private readonly Dictionary<uint, List<Rule>> rules = [];
    private readonly TimeProvider time;
    private readonly ITimer keepingAlive;
    private readonly Task accepting;
    private int toLose;
    private int cutAfter;
    private long messages;
    private bool refusing;

    /// <summary>Starts.</summary>
    /// <param name="time">The clock of its times and keep-alives.</param>
    /// <param name="keepAliveEvery">How often each subscription that is silent says so, if a Publish request waits.</param>
    public ScriptedServer(TimeProvider time, TimeSpan keepAliveEvery)
    {
        this.time = time;
        listener.Start();
        Url = new Uri(FormattableString.Invariant($"opc.tcp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"));
        Plant = new ScriptedPlant(time, Url);
        accepting = AcceptAsync();
        keepingAlive = time.CreateTimer(_ => KeepAlive(), null, keepAliveEvery, keepAliveEvery);
    }

    /// <summary>Where clients reach it.</summary>
    public Uri Url { get; }

    /// <summary>The well-behaved part; to be changed under <see cref="Do"/>.</summary>
    public ScriptedPlant Plant { get; }

    /// <summary>Whether it answers OpenSecureChannel.</summary>
    public bool AnswersOpen { get; set; } = true;

    /// <summary>Whether it says so when a subscription is silent.</summary>
    public bool KeepsAlive { get; set; } = true;

    /// <summary>Lifetime of its channel tokens.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Changes the bytes of a sealed message before they are sent.</summary>
    public Func<byte[], byte[]> Mangle { get; set; } = static bytes => bytes;

    /// <summary>Changes the bytes of an answer to OpenSecureChannel before they are sent.</summary>
    public Func<byte[], byte[]> MangleOpen { get; set; } = static bytes => bytes;

    /// <summary>Connections accepted so far.</summary>
    public int Connections
    {
        get
        {
            lock (Gate)
            {
                return connections.Count;
            }
        }
    }

    /// <summary>Messages received and sent so far, Hello and OpenSecureChannel among them.</summary>
    public long Messages => Volatile.Read(ref messages);

    /// <summary>What clients did against the protocol.</summary>
    public IReadOnlyList<string> Violations
    {
        get
        {
            lock (Gate)
            {
                return [.. violations];
            }
        }
    }

    internal Lock Gate { get; } = new();

    /// <summary>Changes something at once, between two messages.</summary>
    public void Do(Action<ScriptedPlant> change)
    {
        lock (Gate)
        {
            change(Plant);
            Pump();
        }
    }

    /// <summary>From now on requests of this type are answered so; where several are told, one after the other.</summary>
    /// <param name="reply">The answer; called between two messages.</param>
    /// <param name="times">How many requests.</param>
    public void On<TRequest>(Func<TRequest, ScriptedReply> reply, int times = int.MaxValue)
        where TRequest : class, IServiceMessage<TRequest>
    {
        lock (Gate)
        {
            if (!rules.TryGetValue(TRequest.EncodingId, out var list))
            {
                rules[TRequest.EncodingId] = list = [];
            }

            list.Add(new(request => reply(request.Read<TRequest>()), times));
        }
    }

    /// <summary>Requests of this type are answered politely again.</summary>
    public void Politely<TRequest>()
        where TRequest : class, IServiceMessage<TRequest>
    {
        lock (Gate)
        {
            rules.Remove(TRequest.EncodingId);
        }
    }

    /// <summary>Every request of a type so far.</summary>
    public IReadOnlyList<ScriptedRequest> Received<TRequest>()
        where TRequest : class, IServiceMessage<TRequest>
    {
        lock (Gate)
        {
            return [.. received.Where(request => request.TypeId == TRequest.EncodingId)];
        }
    }

    /// <summary>Waits for the next request of a type that was not expected yet, since the start.</summary>
    /// <exception cref="TimeoutException">It did not come; the message lists what came.</exception>
    public async Task<ScriptedRequest> ExpectAsync<TRequest>()
        where TRequest : class, IServiceMessage<TRequest>
    {
        var since = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(since) < ExpectationMax)
        {
            lock (Gate)
            {
                var index = expected.GetValueOrDefault(TRequest.EncodingId);
                if (received.Where(request => request.TypeId == TRequest.EncodingId).Skip(index).FirstOrDefault() is { } found)
                {
                    expected[TRequest.EncodingId] = index + 1;
                    return found;
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }

        throw new TimeoutException($"no {typeof(TRequest).Name} came; the last requests were {string.Join(", ", received.TakeLast(10).Select(request => request.TypeId))}");
    }

    /// <summary>Answers a request, now or again, on its own connection or under another id.</summary>
    public void Answer(ScriptedRequest request, ScriptedReply reply, uint? requestId = null)
    {
        lock (Gate)
        {
            request.Connection.Send(requestId ?? request.RequestId, reply.Write ?? throw new ArgumentException("that is no message", nameof(reply)));
        }
    }

    /// <summary>A node takes a value, which goes out as soon as a Publish request waits.</summary>
    public void Set(string identifier, double value, StatusCode status = default, long? sourceTicks = null, long? serverTicks = null)
    {
        var now = time.GetUtcNow().UtcTicks;
        Do(plant => plant.Set(identifier, new(Variant.From(value), status, sourceTicks ?? now, serverTicks ?? now)));
    }

    /// <summary>Its clock is notified to those who monitor it; it moves for readers by itself.</summary>
    public void Tick() => Do(plant => plant.Tick());

    /// <summary>So many of the next notification messages are lost on the way: they are kept for Republish, and their Publish requests stay unanswered in good order.</summary>
    public void LoseNext(int count = 1)
    {
        lock (Gate)
        {
            toLose = count;
        }
    }

    /// <summary>Answers the oldest waiting Publish request; waits for one.</summary>
    public async Task PublishAsync(ScriptedReply reply)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(since) < ExpectationMax)
        {
            lock (Gate)
            {
                if (Plant.TakePublish() is { } request)
                {
                    Answer(request, reply);
                    return;
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }

        throw new TimeoutException("no Publish request came");
    }

    /// <summary>A notification message of a subscription, as the answer to a Publish request.</summary>
    public static ScriptedReply Message(uint subscription, uint sequence, params ExtensionObject[] notifications) => ScriptedReply.Of(
        new PublishResponse { SubscriptionId = subscription, NotificationMessage = new() { SequenceNumber = sequence, Notifications = notifications } });

    /// <summary>Resets every connection.</summary>
    public void Cut()
    {
        lock (Gate)
        {
            connections.ForEach(connection => connection.Cut());
        }
    }

    /// <summary>Ends every connection in good order.</summary>
    public void End()
    {
        lock (Gate)
        {
            connections.ForEach(connection => connection.End());
        }
    }

    /// <summary>Says Error on every connection and ends it.</summary>
    public void Error(StatusCode status, string reason)
    {
        lock (Gate)
        {
            foreach (var connection in connections.Where(connection => !connection.HasEnded))
            {
                connection.SendRaw(new ErrorMessage(status, reason).ToBytes());
                connection.End();
            }
        }
    }

    /// <summary>Sends bytes on every connection.</summary>
    public void SendRaw(byte[] bytes)
    {
        lock (Gate)
        {
            foreach (var connection in connections.Where(connection => !connection.HasEnded))
            {
                connection.SendRaw(bytes);
            }
        }
    }

    /// <summary>Ends the connection once, right after its so manieth message from now on, received or sent.</summary>
    public void CutAfter(int count)
    {
        lock (Gate)
        {
            cutAfter = count;
        }
    }

    /// <summary>Whether new connections are reset at once.</summary>
    public void Refuse(bool refuse) => Volatile.Write(ref refusing, refuse);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await keepingAlive.DisposeAsync();
        await stop.CancelAsync();
        listener.Dispose();
        Cut();
        await accepting;
        await Task.WhenAll(running);
        connections.ForEach(connection => connection.Dispose());
        stop.Dispose();
    }

    internal void Count(ScriptedConnection connection)
    {
        Interlocked.Increment(ref messages);
        if (cutAfter > 0 && --cutAfter == 0)
        {
            connection.End();
        }
    }

    internal void Violated(Exception violation)
    {
        lock (Gate)
        {
            violations.Add(violation.Message);
        }
    }

    internal void Closed(ScriptedConnection connection)
    {
        lock (Gate)
        {
            Plant.Closed(connection);
        }
    }

    internal void Serve(ScriptedRequest request)
    {
        received.Add(request);
        var rule = rules.GetValueOrDefault(request.TypeId)?.Find(rule => rule.Times > 0);
        var reply = rule?.Reply(request) ?? ScriptedReply.Polite;
        if (rule is not null)
        {
            rule.Times--;
        }

        if (reply == ScriptedReply.Polite)
        {
            reply = Plant.Serve(request);
        }

        if (reply == ScriptedReply.Cut)
        {
            request.Connection.Cut();
        }
        else if (reply.Write is { } write)
        {
            request.Connection.Send(request.RequestId, write);
        }

        Pump();
    }

    private void Pump()
    {
        foreach (var subscription in Plant.Subscriptions)
        {
            while (subscription.HasValues && Plant.HasPublish(subscription))
            {
                var message = subscription.TakeMessage(time.GetUtcNow().UtcTicks);
                subscription.HasSpoken = true;
                if (toLose > 0)
                {
                    toLose--;
                    continue;
                }

                Send(subscription, message);
            }
        }
    }

    private void KeepAlive()
    {
        lock (Gate)
        {
            foreach (var subscription in Plant.Subscriptions)
            {
                if (KeepsAlive && !subscription.HasSpoken && Plant.HasPublish(subscription))
                {
                    Send(subscription, new() { SequenceNumber = subscription.NextSequence });
                }

                subscription.HasSpoken = false;
            }
        }
    }

    private void Send(ScriptedSubscription subscription, NotificationMessage message)
    {
        if (Plant.TakePublish(subscription) is { } request)
        {
            request.Connection.Send(request.RequestId, encoder => ServiceMessage.Write(
                encoder, new PublishResponse { SubscriptionId = subscription.Id, AvailableSequenceNumbers = [.. subscription.Available], NotificationMessage = message }));
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptSocketAsync(stop.Token);
                if (Volatile.Read(ref refusing))
                {
                    socket.Close(0);
                    continue;
                }

                socket.NoDelay = true;
                lock (Gate)
                {
                    var connection = new ScriptedConnection(socket, connections.Count + 1, this, time);
                    connections.Add(connection);
                    running.Add(connection.RunAsync(stop.Token));
                }
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // disposed of
        }
    }

    private sealed class Rule(Func<ScriptedRequest, ScriptedReply> reply, int times)
    {
        public Func<ScriptedRequest, ScriptedReply> Reply { get; } = reply;

        public int Times { get; set; } = times;
    }
}
