using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeAlarm.Gateway.Certificates;
using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.Gateway.Tests.Configuration;
using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.Security;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EdgeAlarm.Gateway.Tests.Certificates;

// F-50: data stops on the day on which a certificate ends, and nobody was told
[Trait("Field", "F-50")]
public sealed class CertificateWatchTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Start);
    private readonly CertificateStore _store;
    private readonly List<(string Name, bool Active, string Detail)> _told = [];

    public CertificateWatchTests() => _store = new CertificateStore(Path.Combine(_folder.Path, "pki"));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(90.01, ExpiryStage.Far)]
    [InlineData(90, ExpiryStage.Within90Days)]
    [InlineData(30.01, ExpiryStage.Within90Days)]
    [InlineData(30, ExpiryStage.Within30Days)]
    [InlineData(7.01, ExpiryStage.Within30Days)]
    [InlineData(7, ExpiryStage.Within7Days)]
    [InlineData(0.01, ExpiryStage.Within7Days)]
    [InlineData(0, ExpiryStage.Ended)]
    [InlineData(-400, ExpiryStage.Ended)]
    public void A_stage_begins_90_30_and_7_days_before_the_end_and_at_it(double days, ExpiryStage stage) =>
        Assert.Equal(stage, CertificateExpiry.StageOf(Start.AddDays(days), Start));

    [Fact]
    public void The_end_of_a_servers_certificate_is_told_at_each_stage_once_and_settled_by_its_successor()
    {
        var watch = Watch();
        watch.SessionMade("PLC1", Seen("AA", Start.AddDays(100)));
        for (var day = 0; day < 105; day++)
        {
            watch.LookOnce();
            _time.Advance(TimeSpan.FromDays(1));
        }

        var name = CertificateConditions.Server("PLC1");
        Assert.Equal([(name, true), (name, true), (name, true), (name, true)], _told.Select(told => (told.Name, told.Active)));
        Assert.Equal(["ends in 90 days", "ends in 30 days", "ends in 7 days", "ended 0 days ago"], _told.Select(told => Words(told.Detail)));
        Assert.All(_told, told => Assert.Contains("The server certificate of PLC1 \"CN=PLC\" (SHA-1 AA0000000000)", told.Detail, StringComparison.Ordinal));

        watch.SessionMade("PLC1", Seen("BB", Start.AddDays(1000)));
        Assert.Equal((name, false), (_told[^1].Name, _told[^1].Active));
    }

    [Fact]
    public void A_restart_tells_nothing_twice_and_clears_what_was_settled_meanwhile()
    {
        var first = Watch();
        first.SessionMade("PLC1", Seen("AA", Start.AddDays(20)));
        first.SessionMade("PLC2", Seen("CC", Start.AddDays(20)));
        Assert.Equal(2, _told.Count);

        var second = Watch(true, "PLC1");
        second.LookOnce();

        // PLC1 stands as before; PLC2 is no source any more
        Assert.Equal((CertificateConditions.Server("PLC2"), false), (_told[^1].Name, _told[^1].Active));
        Assert.Equal(3, _told.Count);
    }

    [Fact]
    public void A_server_that_comes_with_another_certificate_is_told_with_both_thumbprints()
    {
        Watch().SessionMade("PLC1", Seen("AA", Start.AddDays(1000)));
        Assert.Empty(_told);

        Watch().SessionMade("PLC1", Seen("BB", Start.AddDays(2000)));

        Assert.Equal([(CertificateConditions.Changed("PLC1"), true), (CertificateConditions.Changed("PLC1"), false)], _told.Select(told => (told.Name, told.Active)));
        Assert.Contains("SHA-1 AA0000000000", _told[0].Detail, StringComparison.Ordinal);
        Assert.Contains("SHA-1 BB0000000000", _told[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Servers_of_a_redundant_set_have_a_certificate_each()
    {
        var second = new Uri("opc.tcp://plc-b:4840");
        var watch = new CertificateWatch(Options(true, Source("PLC1") with { OtherUrls = [second] }), _time, NullLogger<CertificateWatch>.Instance, Take);
        watch.SessionMade("PLC1", Seen("AA", Start.AddDays(1000)));

        watch.SessionMade("PLC1", Seen("BB", Start.AddDays(20)) with { EndpointUrl = second });
        watch.SessionMade("PLC1", Seen("AA", Start.AddDays(1000)));
        watch.LookOnce();

        Assert.Equal([(CertificateConditions.Server("PLC1@plc-b:4840"), true)], _told.Select(told => (told.Name, told.Active)));
    }

    [Fact]
    public void Our_own_certificate_is_renewed_at_a_sixth_of_its_life_with_key_and_uri_and_the_old_file_stays()
    {
        using var own = Own(TimeSpan.FromDays(599));
        var watch = Watch();
        _time.SetUtcNow(Start.AddDays(498));
        watch.LookOnce();
        using var untouched = _store.LoadOwn();
        Assert.Equal(own.Certificate.Thumbprint, untouched!.Certificate.Thumbprint);

        _time.SetUtcNow(Start.AddDays(500));
        watch.LookOnce();

        using var renewed = _store.LoadOwn();
        Assert.NotEqual(own.Certificate.Thumbprint, renewed!.Certificate.Thumbprint);
        Assert.Equal(own.Certificate.GetPublicKey(), renewed.Certificate.GetPublicKey());
        Assert.Equal((own.ApplicationUri, own.Certificate.Subject), (renewed.ApplicationUri, renewed.Certificate.Subject));
        Assert.True(renewed.End > _time.GetUtcNow().AddDays(1800));
        using var previous = _store.LoadPrevious(_time.GetUtcNow());
        Assert.Equal(own.Certificate.Thumbprint, previous!.Certificate.Thumbprint);
        Assert.Empty(_told);
    }

    [Fact]
    public void Where_renewal_is_manual_the_end_is_told_until_it_is_renewed_by_command()
    {
        using var own = Own(TimeSpan.FromDays(60));
        var watch = Watch(renews: false);
        watch.LookOnce();
        Assert.Equal((CertificateConditions.Own, true), (_told[^1].Name, _told[^1].Active));
        Assert.Contains("edgealarm certs own renew", _told[^1].Detail, StringComparison.Ordinal);

        _store.RenewOwn(_time.GetUtcNow(), TimeSpan.FromDays(400)).Dispose();
        watch.LookOnce();

        Assert.Equal((CertificateConditions.Own, false), (_told[^1].Name, _told[^1].Active));
    }

    [Fact]
    public void The_ends_of_a_users_certificate_and_of_an_authority_are_told()
    {
        using var user = ApplicationCertificate.Create("urn:user", "Operator", [], Start, TimeSpan.FromDays(5));
        var file = Path.Combine(_folder.Path, "operator.der");
        File.WriteAllBytes(file, user.Der.ToArray());
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(
            "CN=Plant CA", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = request.CreateSelfSigned(Start, Start.AddDays(25));
        File.WriteAllBytes(Path.Combine(_store.IssuersFolder, "ca.der"), authority.RawData);

        new CertificateWatch(Options(true, Source("PLC1") with { UserCertificateFile = file, UserKeyFile = "key.pem" }), _time, NullLogger<CertificateWatch>.Instance, Take).LookOnce();

        Assert.Equal([CertificateConditions.User("PLC1"), CertificateConditions.Issuer(authority.Thumbprint)], _told.Select(told => told.Name));
        Assert.Contains(file, _told[0].Detail, StringComparison.Ordinal);
        Assert.Contains("ends in 25 days", _told[1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_takes_only_the_certificate_of_before_the_renewal_is_named_until_it_takes_the_new_one()
    {
        var watch = Watch();
        watch.SessionMade("PLC1", Seen("AA", Start.AddDays(1000)) with { IsOwnPrevious = true });
        watch.SessionMade("PLC1", Seen("AA", Start.AddDays(1000)) with { IsOwnPrevious = true });
        watch.LookOnce();

        var told = Assert.Single(_told);
        Assert.Equal((CertificateConditions.NotTrusted("PLC1"), true), (told.Name, told.Active));
        Assert.Contains(Path.Combine(_store.OwnFolder, "certificate.der"), told.Detail, StringComparison.Ordinal);

        watch.SessionMade("PLC1", Seen("AA", Start.AddDays(1000)));
        Assert.Equal((CertificateConditions.NotTrusted("PLC1"), false), (_told[^1].Name, _told[^1].Active));
    }

    // the watch is a stage of the gateway: what ends it ends alarming
    [Fact]
    public void A_file_or_folder_that_cannot_be_read_is_told_once_an_episode_and_costs_no_other_its_watch()
    {
        using var user = ApplicationCertificate.Create("urn:user", "Operator", [], Start, TimeSpan.FromDays(5));
        var file = Path.Combine(_folder.Path, "operator.der");
        File.WriteAllBytes(file, user.Der.ToArray());
        using var own = Own(TimeSpan.FromDays(60));
        var log = new ListLogger();
        var watch = new CertificateWatch(Options(false, Source("PLC1") with { UserCertificateFile = file, UserKeyFile = "key.pem" }), _time, log, Take);
        watch.LookOnce();
        Assert.Equal([CertificateConditions.Own, CertificateConditions.User("PLC1")], _told.Select(told => told.Name));
        log.Lines.Clear();

        File.Move(file, file + ".old");
        Directory.Delete(_store.TrustedFolder);
        _time.SetUtcNow(Start.AddDays(31));
        watch.LookOnce();
        watch.LookOnce();

        Assert.Equal([file, _store.TrustedFolder], log.Lines.Where(line => line.Contains("cannot be read", StringComparison.Ordinal)).Select(line => line.Split(' ')[0]));
        Assert.Equal((CertificateConditions.Own, true), (_told[^1].Name, _told[^1].Active));
        Assert.Equal(3, _told.Count);

        // read again it is judged again, and the next episode is told again
        File.Move(file + ".old", file);
        watch.LookOnce();
        Assert.Equal((CertificateConditions.User("PLC1"), true), (_told[^1].Name, _told[^1].Active));
        Assert.Contains("ended", _told[^1].Detail, StringComparison.Ordinal);
        log.Lines.Clear();
        File.Delete(file);
        watch.LookOnce();
        Assert.StartsWith(file, Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_looks_at_once_and_every_hour()
    {
        using var own = Own(TimeSpan.FromDays(31));
        using var stop = new CancellationTokenSource();
        var running = Watch(renews: false).RunAsync(stop.Token);
        Assert.Single(_told);

        _time.Advance(TimeSpan.FromDays(2));
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private static SessionCertificates Seen(string thumbprint, DateTimeOffset end) =>
        new(new Uri("opc.tcp://plc:4840"), "CN=PLC", thumbprint + "0000000000", end, "0123456789ABCDEF", Start.AddDays(300), IsOwnPrevious: false);

    private static SourceSettings Source(string name) => new()
    {
        Name = name, Url = new Uri("opc.tcp://plc:4840"), Security = EndpointSecurity.Default.ToString(),
        Publishing = TimeSpan.FromSeconds(1), Sampling = TimeSpan.FromSeconds(1), RidesOut = TimeSpan.FromSeconds(30), Audit = TimeSpan.FromMinutes(1),
    };

    private static string Words(string detail)
    {
        var at = detail.IndexOf(" end", StringComparison.Ordinal) + 1;
        return detail[at..detail.IndexOf(',', at)];
    }

    private ApplicationCertificate Own(TimeSpan validFor)
    {
        var own = ApplicationCertificate.Create("urn:edgealarm:plant1:gw1", "EdgeAlarm gw1", ["gw1"], Start, validFor);
        _store.CreateOwn(own);
        return own;
    }

    private CertificateWatch Watch(bool renews = true) => Watch(renews, "PLC1", "PLC2");

    private CertificateWatch Watch(bool renews, params string[] sources) =>
        new(Options(renews, [.. sources.Select(Source)]), _time, NullLogger<CertificateWatch>.Instance, Take);

    private CertificateWatchOptions Options(bool renews, params SourceSettings[] sources) =>
        new() { Store = _store, DataFolder = _folder.Path, Sources = sources, RenewsOwn = renews };

    private void Take(string name, bool active, string detail) => _told.Add((name, active, detail));

    private sealed class ListLogger : ILogger<CertificateWatch>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Add(formatter(state, exception));
    }
}
