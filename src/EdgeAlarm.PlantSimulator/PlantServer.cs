using System.Net;
using System.Net.Sockets;
using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.SecureConversation;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.PlantSimulator.Plant;
using EdgeAlarm.PlantSimulator.Scenarios;
using EdgeAlarm.PlantSimulator.Server;
using EdgeAlarm.PlantSimulator.Sessions;
using Microsoft.Extensions.Logging;

namespace EdgeAlarm.PlantSimulator;

/// <summary>
/// A PLC that is not there: a small tank farm behind a real OPC UA server on real sockets, driven by a scenario, with a log of everything
/// it set and with faults on command. The plant starts with <see cref="RunAsync"/>. Namespace of the tags: <c>urn:edgealarm:plant</c>,
/// nodes such as <c>nsu=urn:edgealarm:plant;s=LT101</c>.
/// </summary>
public sealed class PlantServer : IDisposable
{
    private static readonly TimeSpan TurnMax = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan TurnMin = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan FlushInterval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly PlantServerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Socket _listener;
    private readonly ValueLog? _log;
    private readonly SimulatedPlant _plant;
    private readonly PlantClock _clock;
    private readonly PlantServerCore _core;
    private readonly ServerIdentity _identity;
    private readonly ServerConversationOptions _conversation;
    private readonly Dictionary<uint, ServerConnection> _connections = [];
    private readonly BinaryEncoder _encoder = new(64 * 1024);
    private uint _nextChannelId;
    private long _cutsSeen;
    private long _flushedAt;
    private bool _started;

    /// <summary>Opens the port and the value log; the plant stands still until <see cref="RunAsync"/>.</summary>
    /// <param name="options">What is simulated.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where it tells what it does.</param>
    /// <exception cref="PlantServerException">It cannot start; the message tells every reason.</exception>
    public PlantServer(PlantServerOptions options, TimeProvider time, ILogger<PlantServer> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _time, _logger) = (options, time, logger);
        LeftToOthers = ServerSetup.Check(options).LeftToOthers;
        var applicationUri = $"urn:edgealarm:simulator:{options.Source}";
        var store = options.CertificateFolder is { } folder ? new CertificateStore(folder) : null;
        var own = ServerSetup.OwnCertificate(options, store, applicationUri, time.GetUtcNow());
        _listener = ServerSetup.Listen(options);
        try
        {
            _log = ServerSetup.OpenLog(options.ValueLog);
        }
        catch (PlantServerException)
        {
            _listener.Dispose();
            own?.Dispose();
            throw;
        }

        EndpointUrl = new Uri($"opc.tcp://{options.HostName}:{((IPEndPoint)_listener.LocalEndPoint!).Port}");
        _identity = new ServerIdentity
        {
            ApplicationUri = applicationUri,
            EndpointUrl = EndpointUrl.OriginalString,
            Own = own,
            AllowsNone = options.AllowsNone,
            AllowsAnonymous = options.AllowsAnonymous,
            Users = options.Users,
            UserCertificates = options.UserCertificateFolder is { } users ? new CertificateValidator(new CertificateStore(users), time) : null,
        };
        _conversation = ServerSetup.Conversation(options, _identity, store, time);
        _plant = new SimulatedPlant(options.LoadTags, options.LoadInterval, options.Scenario, options.Speed, _log);
        _clock = new PlantClock(time);
        _core = new PlantServerCore(_plant, _identity, options.Limits, _clock.Now);
    }

    /// <summary>Where clients reach it, with the port that was really taken.</summary>
    public Uri EndpointUrl { get; }

    /// <summary>DER of its certificate, for a client's trusted folder; empty without security.</summary>
    public ReadOnlyMemory<byte> Certificate => _identity.Own?.Der ?? ReadOnlyMemory<byte>.Empty;

    /// <summary>Steps of the scenario that are not the plant's (operator, system, expectations): they are not played.</summary>
    public IReadOnlyList<ScenarioStep> LeftToOthers { get; }

    /// <summary>Serves until cancelled, then ends every connection and closes the value log. To be called once.</summary>
    /// <exception cref="IOException">The value log cannot be written any more: without its ground truth the simulator does not go on.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Begin();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var accepting = AcceptAsync(ending.Token);
        var turning = TurnAsync(ending.Token);
        try
        {
            // whichever ends first ends the other: a server that only turns or only accepts is none
            await await Task.WhenAny(turning, accepting);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // the orderly end
        }
        finally
        {
            await ending.CancelAsync();
            _listener.Close();
            await Task.WhenAll(turning, accepting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            lock (_gate)
            {
                _log?.Dispose();
            }
        }
    }

    /// <summary>What every tag reads at this moment; any thread.</summary>
    public IReadOnlyList<PlantReading> Snapshot()
    {
        lock (_gate)
        {
            return [.. _plant.Cells.Select(cell => new PlantReading(cell.Tag, cell.Value, new StatusCode(cell.Status), cell.SourceTicks, cell.IsMuted))];
        }
    }

    /// <summary>What it has to do with its clients at this moment; any thread.</summary>
    public PlantServerLoad Load()
    {
        lock (_gate)
        {
            return new PlantServerLoad(_connections.Count, _core.SessionCount, _core.Publishing.Count, _core.Publishing.ItemCount, _core.Publishing.ValuesLost, _log?.Count ?? 0);
        }
    }

    /// <summary>Gives a tag a value, as a scenario's <c>TAG = VALUE</c> does; any thread.</summary>
    /// <exception cref="KeyNotFoundException">There is no such tag.</exception>
    public void SetValue(string tag, double value) => OnCommand(now => _plant[tag].SetScript(value, now));

    /// <summary>Gives a tag's values a quality; Good ends it. Any thread.</summary>
    /// <exception cref="KeyNotFoundException">There is no such tag.</exception>
    public void SetQuality(string tag, StatusCode status) => OnCommand(now => _plant[tag].SetQuality(status.Code, now));

    /// <summary>Freezes, mutes or resumes a tag; any thread.</summary>
    /// <exception cref="KeyNotFoundException">There is no such tag.</exception>
    public void SetMode(string tag, TagMode mode) => OnCommand(now => _plant[tag].SetMode(mode, now));

    /// <summary>Breaks every connection without a word; clients may come back at once. Any thread.</summary>
    public void CutConnections() => OnCommand(_ => _plant.Link.Cut());

    /// <summary>Breaks every connection and refuses new ones for so long; any thread.</summary>
    public void LoseConnections(TimeSpan duration) => OnCommand(now => _plant.Link.Lose(now + duration.Ticks));

    /// <summary>Answers no Publish request for so long, while sampling goes on: the item queues fill. Any thread.</summary>
    public void DelayPublishing(TimeSpan duration) => OnCommand(now => _core.Publishing.Stall(now + duration.Ticks));

    /// <summary>Lets the server say another state of itself; what it does stays the same. Any thread.</summary>
    public void SetServerState(ServerState state) => OnCommand(_ => _core.State = state);

    /// <inheritdoc />
    public void Dispose()
    {
        _listener.Dispose();
        lock (_gate)
        {
            _log?.Dispose();
        }

        _identity.Own?.Dispose();
    }

    private void Begin()
    {
        lock (_gate)
        {
            if (_started)
            {
                throw new InvalidOperationException("a plant server runs once");
            }

            _started = true;
            _plant.Start(_clock.Now);
        }

        PlantServerMessages.Listening(_logger, EndpointUrl, _plant.Cells.Count, _options.Scenario?.Title ?? "none");
        foreach (var step in LeftToOthers)
        {
            PlantServerMessages.LeftToOthers(_logger, _options.Scenario!.File, step.Line, step.Text);
        }
    }

    private async Task TurnAsync(CancellationToken cancel)
    {
        while (true)
        {
            TimeSpan wait;
            lock (_gate)
            {
                var now = Turn_NeedsLock();
                if (_log is not null && now - _flushedAt >= FlushInterval.Ticks)
                {
                    _log.Flush();
                    _flushedAt = now;
                }

                wait = TimeSpan.FromTicks(Math.Clamp(_core.NextDeadline - now, TurnMin.Ticks, TurnMax.Ticks));
            }

            await Task.Delay(wait, _time, cancel);
        }
    }

    private void OnCommand(Action<long> command)
    {
        lock (_gate)
        {
            if (!_started)
            {
                throw new InvalidOperationException("the plant server does not run yet");
            }

            command(Turn_NeedsLock());
            AfterTurn_NeedsLock();
        }
    }

    private long Turn_NeedsLock()
    {
        var now = _clock.Now;
        _core.TurnOnce(now);
        AfterTurn_NeedsLock();
        return now;
    }

    /// <summary>What the core decided becomes visible: answers go to their connections, a cut cuts.</summary>
    private void AfterTurn_NeedsLock()
    {
        foreach (var reply in _core.Publishing.Replies)
        {
            if (_connections.TryGetValue(reply.ChannelId, out var connection))
            {
                _encoder.Clear();
                if (reply.Response is { } response)
                {
                    OpcUa.Services.ServiceMessage.Write(_encoder, response);
                }
                else
                {
                    PlantServerCore.WriteFault(_encoder, reply.RequestHandle, reply.Fault, _clock.Now);
                }

                Send_NeedsLock(connection, reply.RequestId, reply.RequestHandle);
            }
        }

        _core.Publishing.Replies.Clear();
        if (_plant.Link.Cuts != _cutsSeen)
        {
            _cutsSeen = _plant.Link.Cuts;
            PlantServerMessages.ConnectionsCut(_logger, _connections.Count);
            foreach (var connection in _connections.Values)
            {
                // no answer may go into a socket that is cut: what waits stays in the queues
                _core.ChannelClosed(connection.ChannelId);
                connection.Cut();
            }

            _connections.Clear();
        }
    }

    private void Serve(ServerConnection connection, ServerChannel channel, SecureMessage message)
    {
        lock (_gate)
        {
            var now = Turn_NeedsLock();
            if (!_connections.ContainsKey(connection.ChannelId))
            {
                return;
            }

            _encoder.Clear();
            if (message.Status.IsBad)
            {
                PlantServerCore.WriteFault(_encoder, 0, message.Status, now);
                Send_NeedsLock(connection, message.RequestId, 0);
            }
            else if (_core.TryServe(channel, message.RequestId, message.Body, now, _encoder))
            {
                Send_NeedsLock(connection, message.RequestId, 0);
            }

            AfterTurn_NeedsLock();
        }
    }

    private void Send_NeedsLock(ServerConnection connection, uint requestId, uint requestHandle)
    {
        if (!connection.TrySend(new OutgoingMessage(requestId, requestHandle, _encoder.WrittenSpan.ToArray())))
        {
            PlantServerMessages.ClientTooSlow(_logger, connection.ChannelId, ServerConnection.OutgoingMax);
            connection.Cut();
        }
    }

    private async Task AcceptAsync(CancellationToken cancel)
    {
        var running = new HashSet<Task>();
        while (!cancel.IsCancellationRequested)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptAsync(cancel);
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted)
            {
                // the client had gone before it was let in
                continue;
            }
            catch (OperationCanceledException)
            {
                break;
            }

            running.RemoveWhere(task => task.IsCompleted);
            if (Admit(socket) is { } connection)
            {
                running.Add(RunConnectionAsync(connection, cancel));
            }
        }

        await Task.WhenAll(running);
    }

    private ServerConnection? Admit(Socket socket)
    {
        lock (_gate)
        {
            var now = Turn_NeedsLock();
            if (_plant.Link.LostUntil > now || _connections.Count >= _options.Limits.ConnectionsMax)
            {
                socket.Close(0);
                return null;
            }

            socket.NoDelay = true;
            var connection = new ServerConnection(socket, ++_nextChannelId, _conversation, _options.Limits.TokenLifetimeMax, _time);
            _connections.Add(connection.ChannelId, connection);
            return connection;
        }
    }

    private async Task RunConnectionAsync(ServerConnection connection, CancellationToken cancel)
    {
        try
        {
            await connection.RunAsync(Serve, cancel);
        }
        catch (Exception e) when (e is SecurityViolation or ProtocolViolation)
        {
            PlantServerMessages.ConnectionRefused(_logger, connection.ChannelId, e.Message);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            PlantServerMessages.ConnectionEnded(_logger, connection.ChannelId, e.Message);
        }
        finally
        {
            lock (_gate)
            {
                _connections.Remove(connection.ChannelId);
                _core.ChannelClosed(connection.ChannelId);
            }

            connection.Dispose();
        }
    }
}
