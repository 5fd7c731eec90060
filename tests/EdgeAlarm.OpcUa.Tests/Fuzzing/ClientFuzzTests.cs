using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.TestServers.Scripted;
using Microsoft.Extensions.Time.Testing;

namespace EdgeAlarm.OpcUa.Tests.Fuzzing;

/// <summary>A server whose every message may be damaged: whatever a caller of the client does, it ends in a result or in a <see cref="UaClientException"/>, and it ends.</summary>
public sealed class ClientFuzzTests
{
    private const int Sessions = 40;

    [Fact]
    public async Task Every_call_to_a_server_of_damaged_messages_ends_in_a_result_or_the_one_exception()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 6, 0, 0, TimeSpan.Zero));
        await using var server = new ScriptedServer(time, TimeSpan.FromSeconds(1));
        server.Set("LT101", 50);
        var (finished, refused) = (0, new HashSet<UaFailure>());
        for (var seed = 1; seed <= Sessions; seed++)
        {
            var random = new Random(seed);
            var rate = random.Next(2, 12);
            server.Mangle = bytes => random.Next(rate) == 0 ? Damage.To(bytes, random) : bytes;
            var session = UseAsync(server.Url, time);
            while (!session.IsCompleted)
            {
                await Task.WhenAny(session, Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, TestContext.Current.CancellationToken));
                time.Advance(TimeSpan.FromMilliseconds(100));
            }

            try
            {
                await session;
                finished++;
            }
            catch (UaClientException failed)
            {
                refused.Add(failed.Failure);
            }
            catch (Exception other)
            {
                Assert.Fail($"seed {seed}: {other}");
            }
        }

        // both ways, and failures of several kinds, or nothing was damaged
        Assert.InRange(finished, 1, Sessions - 5);
        Assert.True(refused.Count >= 2, string.Join(", ", refused));
    }

    private static async Task UseAsync(Uri url, FakeTimeProvider time)
    {
        var options = new UaClientOptions
        {
            EndpointUrl = url, Policy = SecurityPolicy.None, Mode = MessageSecurityMode.None, ConnectTimeout = TimeSpan.FromSeconds(10), RequestTimeout = TimeSpan.FromSeconds(10),
        };
        await using var session = await UaSession.ConnectAsync(options, time, CancellationToken.None);
        await session.ReadServerStatusAsync(CancellationToken.None);
        await session.ReadNamespacesAsync(CancellationToken.None);
        var subscription = await UaSubscription.CreateAsync(session, new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(2), TimeSpan.FromHours(1)), CancellationToken.None);
        await subscription.CreateItemsAsync([new(1, NodeId.Text(2, "LT101"), TimeSpan.FromMilliseconds(100), 10)], CancellationToken.None);
        await subscription.RepublishAsync(1, CancellationToken.None);
        await subscription.DeleteAsync(CancellationToken.None);
    }
}
