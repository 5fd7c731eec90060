namespace EdgeAlarm.Simulation.World;

/// <summary>From the flush of a sample on, no fault may lose an event, store it twice or leave it unexplained. A failure names its seed.</summary>
[Collection(nameof(WorldTests))]
public class WorldTests
{
    private const int SeedsPerClass = 3;

    public static TheoryData<Fault> Classes => [.. Enum.GetValues<Fault>()];

    /// <summary>So that a class of faults that shadows another is seen.</summary>
    [Theory]
    [MemberData(nameof(Classes))]
    [Trait("Field", "F-53")]
    [Trait("Field", "F-56")]
    public void Each_class_of_faults_alone_costs_nothing(Fault fault) => RunAll(1, SeedsPerClass, fault);

    [Theory]
    [InlineData(1)]
    [InlineData(27)]
    [Trait("Field", "F-46")]
    public void All_classes_of_faults_together_cost_nothing(int firstSeed) => RunAll(firstSeed, 26);

    [Theory]
    [InlineData(1000)]
    [InlineData(2000)]
    [InlineData(3000)]
    [InlineData(4000)]
    [Trait("Category", "Long")]
    public void All_classes_of_faults_together_cost_nothing_in_thousands_of_worlds(int firstSeed) => RunAll(firstSeed, 1000);

    /// <summary>A failure can be looked at only where its seed means the same each time. A disk that dies is asked by threads of the product's own, so there a busy machine may make another story of it.</summary>
    [Fact]
    public void Seed_means_the_same_each_time()
    {
        (int, int) Look()
        {
            using var run = new SimulationRun(547, [.. Enum.GetValues<Fault>().Where(fault => fault != Fault.DiskDead)]);
            run.Run();
            return (run.Told, run.Receipts);
        }

        Assert.Equal(Look(), Look());
    }

    private static void RunAll(int firstSeed, int count, params Fault[] faults)
    {
        for (var seed = firstSeed; seed < firstSeed + count; seed++)
        {
            using var run = new SimulationRun(seed, faults);
            run.Run();
            Assert.True(run.Told > 10 && run.Receipts > 3, $"seed {seed}: hardly anything happened");
        }
    }
}
