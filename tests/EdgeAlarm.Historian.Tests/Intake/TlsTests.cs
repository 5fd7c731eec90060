using EdgeAlarm.Historian.Intake;
using EdgeAlarm.TestServers;

namespace EdgeAlarm.Historian.Tests.Intake;

/// <summary>The historian behind TLS with an authority of the plant's own.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TemporaryFolder folder = new("historian-tls");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Events_are_receipted_over_a_broker_whose_certificate_comes_from_the_authority_that_is_named()
    {
        var plainPort = LoopbackPort.Free();
        await using var broker = await MosquittoBroker.StartAsync(TlsFiles.Create, TlsFiles.MosquittoLines(plainPort));
        await using var historian = new RunningHistorian(broker, new StoreOptions { Sqlite = folder.File("events.db") }, authority: Path.Combine(broker.Folder, TlsFiles.Authority));
        await historian.UntilAsync(state => state.Phase == HistorianPhase.Active, Stop);
        await LoopbackPort.UntilAnswersAsync(plainPort, Stop);
        await using var gateway = await TestGateway.ConnectAsync(broker, Stop, plainPort);

        await gateway.EventsAsync(1, 5, Stop);

        Assert.Equal(5, (await gateway.ReceiptAsync(receipt => receipt.Through == 5, Stop)).Through);
    }

    [Fact]
    public async Task A_broker_of_another_authority_is_refused_with_the_next_step()
    {
        await using var broker = await MosquittoBroker.StartAsync(TlsFiles.Create, TlsFiles.MosquittoLines(LoopbackPort.Free()));
        TlsFiles.Create(folder.FullName);
        await using var historian = new RunningHistorian(broker, new StoreOptions { Sqlite = folder.File("events.db") }, authority: folder.File(TlsFiles.Authority));

        await historian.UntilAsync(state => state.Trouble is not null, Stop);

        Assert.Contains("authority", historian.Intake.State.Trouble, StringComparison.Ordinal);
        Assert.NotEqual(HistorianPhase.Active, historian.Intake.State.Phase);
    }
}
