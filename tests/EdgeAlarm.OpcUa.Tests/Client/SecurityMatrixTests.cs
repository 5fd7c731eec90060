using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.TestServers;

namespace EdgeAlarm.OpcUa.Tests.Client;

/// <summary>Every policy, mode and user token against an independent server.</summary>
public sealed class SecurityMatrixTests(SecurityMatrixServer peer) : IClassFixture<SecurityMatrixServer>
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    public static IEnumerable<TheoryDataRow<string>> Securities() => EndpointSecurity.All.Select(security => new TheoryDataRow<string>(security.ToString()));

    [Theory, MemberData(nameof(Securities))]
    public async Task Every_policy_and_mode_connects_each_kind_of_user_reads_subscribes_and_renews_its_token_under_load(string name)
    {
        Assert.True(EndpointSecurity.TryFind(name, out var security));
        UserTokenType[] kinds = [UserTokenType.Anonymous, UserTokenType.UserName, UserTokenType.Certificate];
        await Task.WhenAll(kinds.Select(kind => AssertSubscribesAcrossRenewalAsync(peer.Options(security, kind))));
    }

    // the client's key length sets the signatures of its OPN and the blocks of the server's
    [Fact]
    public async Task Own_keys_of_every_length_connect_and_renew()
    {
        (string Security, int KeyBits)[] cases = [("Aes256_Sha256_RsaPss/SignAndEncrypt", 3072), ("Aes256_Sha256_RsaPss/Sign", 4096), ("Basic256Sha256/SignAndEncrypt", 4096)];
        await Task.WhenAll(cases.Select(each =>
        {
            Assert.True(EndpointSecurity.TryFind(each.Security, out var security));
            return AssertSubscribesAcrossRenewalAsync(peer.Options(security, UserTokenType.UserName, each.KeyBits));
        }));
    }

    [Fact]
    public async Task A_user_whose_certificate_the_server_does_not_trust_is_told_which_and_what_to_do()
    {
        using var stranger = SecurityMatrixServer.UserCertificate("Stranger");
        var options = peer.Options(EndpointSecurity.Default, UserTokenType.Certificate) with { User = UserIdentity.WithCertificate(stranger) };

        var refused = await Assert.ThrowsAsync<UaClientException>(() => UaSession.ConnectAsync(options, TimeProvider.System, Token));

        Assert.Equal(UaFailure.Identity, refused.Failure);
        Assert.Contains(stranger.Certificate.Thumbprint, refused.Message, StringComparison.Ordinal);
        Assert.Contains("trust this certificate as a user's at the server", refused.Message, StringComparison.Ordinal);
    }

    private static async Task AssertSubscribesAcrossRenewalAsync(UaClientOptions options)
    {
        await using var session = await UaSession.ConnectAsync(options, TimeProvider.System, Token);
        var namespaces = await session.ReadNamespacesAsync(Token);
        Assert.True(ExpandedNodeId.Parse(NodeOpcuaServer.Address(0)).TryResolve(namespaces, out var counter));
        var subscription = await UaSubscription.CreateAsync(
            session, new SubscriptionRequest(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)), Token);
        var item = Assert.Single(await subscription.CreateItemsAsync([new ItemRequest(1, counter, TimeSpan.Zero, 100)], Token));
        Assert.True(item.Status.IsGood);
        var pump = new PublishPump(session, new AcknowledgementQueue(), new PublishWindow(4)) { SilenceMax = subscription.SilenceMax };

        var values = new List<long>();
        for (var renewedAt = int.MaxValue; values.Count - 3 < renewedAt;)
        {
            pump.Fill();
            var read = Assert.Single(await session.ReadValuesAsync([counter], Token));
            Assert.True(read.Status.IsGood);
            await pump.Arrivals.WaitToReadAsync(Token);
            while (pump.TryTake(out var arrival))
            {
                values.AddRange(Counted((arrival.Response ?? throw arrival.Error!).NotificationMessage));
            }

            renewedAt = session.Renewals > 0 ? Math.Min(renewedAt, values.Count) : renewedAt;
        }

        // the counter counts by one a tick: nothing was lost, doubled or changed while keys changed under it
        Assert.Equal(Enumerable.Range(0, values.Count).Select(step => values[0] + step), values);
    }

    private static IEnumerable<long> Counted(NotificationMessage message)
    {
        foreach (var notification in message.Notifications)
        {
            Assert.True(notification.TryDecode<DataChangeNotification>(DecodingLimits.Default, out var change));
            foreach (var item in change.MonitoredItems)
            {
                Assert.True(item.Value.Value.TryGetInt64(out var value));
                yield return value;
            }
        }
    }
}
