using EdgeAlarm.Gateway.Uplink;
using EdgeAlarm.TestServers;

namespace EdgeAlarm.Gateway.Tests.Uplink;

/// <summary>The uplink behind TLS with an authority of the plant's own.</summary>
public sealed class TlsTests
{
    [Fact]
    public async Task Events_reach_a_broker_whose_certificate_comes_from_the_authority_that_is_named()
    {
        var plainPort = LoopbackPort.Free();
        await using var broker = await MosquittoBroker.StartAsync(TlsFiles.Create, TlsFiles.MosquittoLines(plainPort));
        await LoopbackPort.UntilAnswersAsync(plainPort, TestContext.Current.CancellationToken);
        await using var historian = new HistorianDouble();
        await historian.ConnectAsync(plainPort);
        await using var plant = Plant(broker.Port, Path.Combine(broker.Folder, TlsFiles.Authority));

        plant.Happen(10);
        await plant.UntilDeliveredAsync();

        Assert.True(plant.Uplink.State.IsConnected);
        Assert.Empty(plant.Lines);
    }

    [Fact]
    public async Task A_broker_whose_certificate_comes_from_another_authority_gets_no_event_and_no_password()
    {
        await using var broker = await MosquittoBroker.StartAsync(TlsFiles.Create, TlsFiles.MosquittoLines(LoopbackPort.Free()));
        using var elsewhere = new TemporaryFolder("authority");
        TlsFiles.Create(elsewhere.FullName);
        await using var plant = Plant(broker.Port, elsewhere.File(TlsFiles.Authority));

        plant.Happen(10);
        await plant.UntilAsync(() => plant.Conditions.Contains((UplinkConditions.Down, true)), "the refusal");

        Assert.Contains($"127.0.0.1:{broker.Port}", Assert.Single(plant.Lines), StringComparison.Ordinal);
        Assert.Equal(0, plant.Uplink.State.Published);
    }

    private static UplinkPlant Plant(int port, string authority) =>
        new(port, with: options => options with { Mqtt = options.Mqtt with { Tls = true, CertificateAuthorityFile = authority } });
}
