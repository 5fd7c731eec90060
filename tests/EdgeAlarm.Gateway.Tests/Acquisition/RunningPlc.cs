using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.TestServers;
using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Gateway.Tests.Acquisition;

/// <summary>A PLC connection that runs beside a test, with its sink and its log; stopped at the end.</summary>
internal sealed class RunningPlc : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly OpcUaPlcConnection _connection;
    private readonly Task _running;

    public RunningPlc(OpcUaPlcOptions options, TimeProvider? clock = null)
    {
        var time = clock ?? TimeProvider.System;
        _connection = new OpcUaPlcConnection(options, new PlantClock(time, new PlantTime(time.GetUtcNow().UtcTicks)), time, new Random(1), Log);
        Sink.Connection = _connection;
        _running = _connection.RunAsync(Sink, _stop.Token);
    }

    public RecordingSink Sink { get; } = new();

    public ListLogger Log { get; } = new();

    public SourceStatus Status => _connection.Status;

    public static OpcUaPlcOptions Plain(int port, int tags) => new()
    {
        Source = "PLC1",
        Client = new() { EndpointUrl = new($"opc.tcp://127.0.0.1:{port}"), Policy = SecurityPolicy.None, Mode = MessageSecurityMode.None },
        Publishing = TimeSpan.FromMilliseconds(100),
        KeepAliveEvery = TimeSpan.FromSeconds(1),
        StatusEvery = TimeSpan.FromSeconds(1),
        Tags = [.. Enumerable.Range(0, tags).Select(tag => new PlcTag(tag, $"Tag{tag:D4}", NodeOpcuaServer.Address(tag), TimeSpan.Zero))],
    };

    public static OpcUaPlcOptions Secure(int port, int tags, CertificateStore store, string password = "secret") =>
        Plain(port, tags) with
        {
            Client = new()
            {
                EndpointUrl = new($"opc.tcp://127.0.0.1:{port}"), Policy = SecurityPolicy.Basic256Sha256, Mode = MessageSecurityMode.SignAndEncrypt,
                User = UserIdentity.Named("edge", password), Certificates = store,
            },
        };

    public static CertificateStore Certificates(TemporaryFolder folder, params string[] trusted)
    {
        var store = new CertificateStore(folder.File("pki"));
        using var own = ApplicationCertificate.Create("urn:edgealarm:test", "EdgeAlarm test", ["localhost"], TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(30));
        store.CreateOwn(own);
        foreach (var file in trusted)
        {
            File.Copy(file, Path.Combine(store.TrustedFolder, Path.GetFileName(file)));
        }
        return store;
    }

    public async ValueTask DisposeAsync()
    {
        Sink.Drain();
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        Assert.False(Sink.Overlapped);
    }

    internal sealed class ListLogger : ILogger<OpcUaPlcConnection>
    {
        private readonly Lock _gate = new();
        private readonly List<(LogLevel Level, int Id, string Text)> _lines = [];

        public IReadOnlyList<(LogLevel Level, int Id, string Text)> Lines
        {
            get
            {
                lock (_gate)
                {
                    return [.. _lines];
                }
            }
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_gate)
            {
                _lines.Add((logLevel, eventId.Id, formatter(state, exception)));
            }
        }
    }
}
