using EdgeAlarm.TestServers;

namespace EdgeAlarm.Historian.Tests;

public sealed class HistorianSettingsTests : IDisposable
{
    private readonly TemporaryFolder folder = new("settings");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Sample_in_the_configuration_folder_is_valid()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "EdgeAlarm.sln")))
        {
            root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("run from a checkout");
        }

        var options = HistorianSettings.Load(Path.Combine(root, "config", "historian.json"));
        Assert.Equal(("main", "127.0.0.1", 1883, false), (options.Group, options.Broker.Host, options.Broker.Port, options.Broker.Tls));
        Assert.Equal(Path.Combine(root, "data", "historian.db"), options.Store.Sqlite);
    }

    [Fact]
    public void Every_fault_is_told_at_once_with_key_value_and_what_is_allowed()
    {
        var fault = Faults("""{ "grup": "a", "mqtt": { "hots": "b", "port": 70000, "tls": "yes" }, "store": { "sqlite": "x.db", "postgres": "Host=h;Password=secret1" } }""");
        Assert.Contains("did you mean \"group\"", fault, StringComparison.Ordinal);
        Assert.Contains("did you mean \"host\"", fault, StringComparison.Ordinal);
        Assert.Contains("mqtt.port: 70000; allowed is 1 to 65535", fault, StringComparison.Ordinal);
        Assert.Contains("mqtt.tls: \"yes\"; true or false is required", fault, StringComparison.Ordinal);
        Assert.Contains("store: exactly one", fault, StringComparison.Ordinal);
        Assert.Contains("store.passwordFile", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("secret1", fault, StringComparison.Ordinal);
        Assert.Contains(folder.FullName, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_file_is_told_with_its_place() => Assert.Contains("line 2, column", Faults("{\n  oops }"), StringComparison.Ordinal);

    [Fact]
    public void Missing_file_is_named() =>
        Assert.Contains("absent.json", Assert.Throws<HistorianSettingsException>(() => HistorianSettings.Load(folder.File("absent.json"))).Message, StringComparison.Ordinal);

    private string Faults(string text)
    {
        File.WriteAllText(folder.File("historian.json"), text);
        return Assert.Throws<HistorianSettingsException>(() => HistorianSettings.Load(folder.File("historian.json"))).Message;
    }
}
