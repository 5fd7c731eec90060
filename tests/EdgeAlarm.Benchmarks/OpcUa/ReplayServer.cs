using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.SecureConversation;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.PlantSimulator;
using EdgeAlarm.PlantSimulator.Plant;
using EdgeAlarm.PlantSimulator.Server;
using EdgeAlarm.PlantSimulator.Sessions;

namespace EdgeAlarm.Benchmarks.OpcUa;

/// <summary>
/// A server for which a value costs next to nothing: sessions and items are the plant simulator's, but each Publish request is answered with a message that was encoded
/// once and is only numbered. It shows what a client could take at most. One client at a time.
/// </summary>
internal sealed class ReplayServer
{
    /// <summary>The verb of the process.</summary>
    internal const string Verb = "replay-server";

    private const string ApplicationUri = "urn:edgealarm:simulator:PLC1";
    private readonly ReplayLoad _load;
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly PlantServerOptions _options;
    private readonly ServerIdentity _identity;
    private readonly CertificateStore _store;
    private readonly PlantServerCore _core;
    private readonly Lock _gate = new();
    private readonly ReplayedMessages _messages;
    private readonly Queue<(ServerConnection Connection, uint RequestId, uint RequestHandle)> _waiting = new();
    private readonly BinaryEncoder _encoder = new();

    internal ReplayServer(ReplayLoad load)
    {
        _load = load;
        _messages = new ReplayedMessages(load.ValuesPerMessage);
        _store = new CertificateStore(load.Certificates);
        _options = new() { Port = load.Port, LoadTags = load.Tags, AllowsNone = true, AllowsAnonymous = true, AcceptsUnknownClients = true, CertificateFolder = load.Certificates };
        _identity = new()
        {
            ApplicationUri = ApplicationUri,
            EndpointUrl = $"opc.tcp://127.0.0.1:{load.Port}",
            Own = ServerSetup.OwnCertificate(_options, _store, ApplicationUri, _time.GetUtcNow()),
            AllowsNone = true,
            AllowsAnonymous = true,
            Users = _options.Users,
        };
        _core = new(new SimulatedPlant(load.Tags, _options.LoadInterval, null, 1, null), _identity, _options.Limits, Now);
    }

    private long Now => _time.GetUtcNow().UtcTicks;

    /// <summary>Serves until cancelled.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        var conversation = ServerSetup.Conversation(_options, _identity, _store, _time);
        using var listener = ServerSetup.Listen(_options);
        var running = new List<Task> { PaceAsync(cancellationToken) };
        for (var channel = 1u; ; channel++)
        {
            var socket = await listener.AcceptAsync(cancellationToken);
            socket.NoDelay = true;
            running.Add(new ServerConnection(socket, channel, conversation, _options.Limits.TokenLifetimeMax, _time).RunAsync(Serve, cancellationToken));
        }
    }

    private async Task PaceAsync(CancellationToken cancellationToken)
    {
        if (_load.IntervalMs == 0)
        {
            return;
        }

        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(_load.IntervalMs), _time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            lock (_gate)
            {
                Answer_NeedsLock();
            }
        }
    }

    private void Serve(ServerConnection connection, ServerChannel channel, SecureMessage message)
    {
        lock (_gate)
        {
            var decoder = new BinaryDecoder(message.Body, DecodingLimits.Default);
            var type = ServiceMessage.ReadTypeId(ref decoder);
            if (type == PublishRequest.EncodingId)
            {
                _waiting.Enqueue((connection, message.RequestId, RequestHeader.Decode(ref decoder).RequestHandle));
                if (_load.IntervalMs == 0)
                {
                    Answer_NeedsLock();
                }

                return;
            }

            if (type == CreateSubscriptionRequest.EncodingId)
            {
                _messages.Clear();
                _waiting.Clear();
            }
            else if (type == CreateMonitoredItemsRequest.EncodingId)
            {
                _messages.Add(CreateMonitoredItemsRequest.Decode(ref decoder));
            }

            _encoder.Clear();
            _core.TryServe(channel, message.RequestId, message.Body, Now, _encoder);
            connection.TrySend(new(message.RequestId, 0, _encoder.WrittenSpan.ToArray()));
        }
    }

    private void Answer_NeedsLock()
    {
        if (_waiting.TryDequeue(out var publish))
        {
            publish.Connection.TrySend(new(publish.RequestId, publish.RequestHandle, _messages.Next(publish.RequestHandle, Now)));
        }
    }
}
