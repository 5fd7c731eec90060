using EdgeAlarm.Gateway.Acquisition;
using EdgeAlarm.PlantSimulator.Server;
using EdgeAlarm.TestServers;

namespace EdgeAlarm.Gateway.Tests.Acquisition.Chaos;

/// <summary>
/// A bad cable between gateway and PLC, for hours if need be: whatever it does, each value of each tag comes exactly once or lies in a recorded gap. Each life draws its
/// plant, its security and its faults from a seed, which stands in the message of a failure.
/// </summary>
public sealed class ChaosTests
{
    private const int Tags = 12;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public Task Five_faults_of_the_cable_lose_nothing_silently(int seed) => LifeAsync(seed, 5);

    [Fact]
    [Trait("Category", "Long")]
    public async Task Three_hundred_faults_of_the_cable_lose_nothing_silently()
    {
        var first = Environment.TickCount;
        var (delivered, inGaps) = (0, 0);
        for (var life = 0; life < 15; life++)
        {
            var audit = await LifeAsync(first + life, 20);
            (delivered, inGaps) = (delivered + audit.Delivered, inGaps + audit.InGaps);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{delivered} values delivered, {inGaps} in recorded gaps");
        Assert.True(delivered > 300 * Tags);
        Assert.True(inGaps > 0, "no fault was long enough to lose anything: the gaps were not tried");
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Sixty_faults_of_the_cable_to_another_makers_server_lose_nothing_silently()
    {
        var seed = Environment.TickCount;
        await using var plant = new NodeOpcuaPlant(await NodeOpcuaServer.StartAsync(new() { Tags = Tags, TickMs = (int)Interval.TotalMilliseconds, Wave = "counter" }), Tags);
        await RunAsync(plant, seed, secure: false, faults: 60);
    }

    private static async Task<DeliveryAudit> LifeAsync(int seed, int faults)
    {
        var random = new Random(seed);
        var secure = random.Next(2) == 0;
        var limits = new PlantServerLimits
        {
            QueueSizeMax = random.Next(3) == 0 ? 5000 : 20, // a second of samples
            RetransmissionMax = random.Next(3) == 0 ? random.Next(0, 3) : 100,
            SubscriptionLifetimeMax = random.Next(3) == 0 ? TimeSpan.FromSeconds(3) : TimeSpan.FromHours(1),
            SessionTimeoutMax = random.Next(3) == 0 ? TimeSpan.FromSeconds(2) : TimeSpan.FromHours(1),
            TokenLifetimeMax = random.Next(2) == 0 ? TimeSpan.FromSeconds(2) : TimeSpan.FromHours(1),
        };
        await using var plant = new SimulatorPlant(Tags, Interval, secure, limits);
        return await RunAsync(plant, seed, secure, faults);
    }

    private static async Task<DeliveryAudit> RunAsync(IChaosPlant plant, int seed, bool secure, int faults)
    {
        var run = new ChaosRun(plant, new Random(seed), secure, Impatient);
        try
        {
            var audit = await run.SufferAsync(faults);
            TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}: {audit.Delivered} delivered, {audit.InGaps} in gaps, {audit.Repeats} repeats; {run.Story}");
            return audit;
        }
        catch (Exception failed)
        {
            throw new InvalidOperationException($"seed {seed}, secure {secure}, after: {run.Story}: {failed.Message}", failed);
        }
    }

    // finds a dead connection in seconds, so that many fit into a test
    private static OpcUaPlcOptions Impatient(OpcUaPlcOptions options) => options with
    {
        KeepAliveEvery = TimeSpan.FromMilliseconds(300),
        RidesOut = TimeSpan.FromSeconds(30),
        Client = options.Client with { RequestTimeout = TimeSpan.FromSeconds(1.5), ConnectTimeout = TimeSpan.FromSeconds(2) },
    };
}
