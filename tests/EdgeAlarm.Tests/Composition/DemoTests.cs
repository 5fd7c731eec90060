using EdgeAlarm.Composition;
using EdgeAlarm.Gateway.Alarming;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeAlarm.Tests.Composition;

/// <summary>The demo with its real sockets, certificates, broker and database, judged as the verb judges it.</summary>
public sealed class DemoTests : IDisposable
{
    private static readonly TimeSpan UntilAlarmsCameAndWent = TimeSpan.FromSeconds(15);
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"edgealarm-demo-test-{Guid.NewGuid():N}");

    public DemoTests() => Directory.CreateDirectory(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_run_is_clean_replays_to_the_same_bytes_and_a_deleted_row_is_found_lost()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var demo = await Demo.StartAsync(Path.Combine(AppContext.BaseDirectory, "config"), _folder, TimeProvider.System, NullLoggerFactory.Instance);
        await Task.Delay(UntilAlarmsCameAndWent, TimeProvider.System, cancellationToken);
        await demo.StopAsync(cancellationToken);

        var clean = await demo.JudgeAsync(cancellationToken);
        DeleteOneRow();
        var robbed = await demo.JudgeAsync(cancellationToken);

        Assert.True(clean.IsClean, string.Join(", ", clean.Missed));
        Assert.InRange(clean.Raised, 4, 20);
        Assert.InRange(clean.MustAlarm, 2, 20);
        Assert.Equal(clean.Published, clean.Receipted);
        Assert.Equal((1, 0), (robbed.Lost, robbed.Duplicates));
        Assert.True(Replay.Run(demo.Site.Settings.DataFolder).IsIdentical);
    }

    private void DeleteOneRow()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "historian.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "delete from alarm_event where kind = 'Acknowledged' or seq = (select max(seq) - 3 from alarm_event)";
        Assert.Equal(1, command.ExecuteNonQuery());
    }
}
