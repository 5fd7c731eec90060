using System.Diagnostics;
using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.Tests.Fuzzing;

namespace EdgeAlarm.OpcUa.Tests.Services;

/// <summary>
/// Valid messages of every type, damaged: flipped bits, cut ends, lengths that lie, bytes put in and taken out. A decoder answers with a
/// structure or a ProtocolViolation, with memory in proportion to the bytes, and soon.
/// </summary>
public sealed class MutatedMessageTests
{
    private const int Mutations = 100_000;

    // An element of an array costs at most 64 bytes and takes at least one byte; an exception with its stack trace costs the rest.
    private const int AllocatedPerByteMax = 100;
    private const int AllocatedFixedMax = 64 * 1024;

    [Fact]
    public void A_hundred_thousand_damaged_messages_end_in_a_structure_or_a_violation()
    {
        const int Seed = 20260101;
        var random = new Random(Seed);
        var types = MessageSamples.Structures;
        int accepted = 0, refused = 0;
        long allocatedMost = 0;
        for (var round = 0; round < Mutations; round++)
        {
            var type = types[round % types.Count];
            var damaged = Damage.To(MessageSamples.Encode(MessageSamples.Random(type, random)), random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            try
            {
                _ = MessageSamples.Decode(type, damaged);
                accepted++;
            }
            catch (ProtocolViolation)
            {
                refused++;
            }
            catch (Exception other)
            {
                Assert.Fail($"{type.Name}, seed {Seed}, round {round}: {other}\n{Convert.ToHexString(damaged)}");
            }

            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            allocatedMost = Math.Max(allocatedMost, allocated);
            Assert.True(
                allocated <= AllocatedFixedMax + ((long)AllocatedPerByteMax * damaged.Length),
                $"{type.Name}, seed {Seed}, round {round}: {allocated} bytes allocated for {damaged.Length}\n{Convert.ToHexString(damaged)}");
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(5), $"{type.Name}, round {round} took too long.");
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{accepted} accepted, {refused} refused, most allocated {allocatedMost} bytes");

        // both ways were taken, or the mutations prove nothing
        Assert.InRange(refused, Mutations / 4, Mutations);
        Assert.InRange(accepted, Mutations / 50, Mutations);
    }
}
