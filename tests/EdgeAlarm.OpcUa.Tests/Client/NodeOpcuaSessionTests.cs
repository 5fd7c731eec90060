using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.TestServers;

namespace EdgeAlarm.OpcUa.Tests.Client;

/// <summary>The client against an independent server: what is written by one author only proves that it agrees with itself.</summary>
public class NodeOpcuaSessionTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_security_an_anonymous_session_reads_and_browses()
    {
        await using var server = await NodeOpcuaServer.StartAsync(new() { Tags = 250, Paused = true });
        await using var session = await UaSession.ConnectAsync(
            new() { EndpointUrl = server.Url, Policy = SecurityPolicy.None, Mode = MessageSecurityMode.None }, TimeProvider.System, Token);
        await AssertReadsAndBrowsesAsync(session);
    }

    [Fact]
    public async Task With_signature_encryption_and_user_name_a_session_reads_and_browses()
    {
        using var folder = new TemporaryFolder();
        var store = Certificates(folder);
        await using var server = await NodeOpcuaServer.StartAsync(new()
        {
            Tags = 250, Paused = true, Anonymous = false, AcceptUnknown = false, Users = new Dictionary<string, string> { ["edge"] = "secret ü" },
            Trust = [Path.Combine(store.OwnFolder, "certificate.der")], Security = ["Basic256Sha256/SignAndEncrypt"],
        });
        File.Copy(server.CertificateFile, Path.Combine(store.TrustedFolder, "plant.der"));
        await using var session = await UaSession.ConnectAsync(Secure(server, store), TimeProvider.System, Token);
        await AssertReadsAndBrowsesAsync(session);
    }

    // opcua-security §5.1: whoever strips the secure endpoints from the unprotected list must not win
    [Fact]
    public async Task A_demanded_security_that_is_not_offered_is_an_error_that_names_what_is()
    {
        await using var server = await NodeOpcuaServer.StartAsync(new() { Security = ["None"] });
        using var folder = new TemporaryFolder();
        var refused = await Assert.ThrowsAsync<UaClientException>(() => UaSession.ConnectAsync(Secure(server, Certificates(folder)), TimeProvider.System, Token));
        Assert.Equal(UaFailure.Endpoint, refused.Failure);
        Assert.False(refused.IsTransient);
        Assert.Contains("Basic256Sha256/SignAndEncrypt", refused.Message, StringComparison.Ordinal);
        Assert.Contains("it offers None", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_refused_with_the_name_of_the_user_and_without_the_password()
    {
        using var folder = new TemporaryFolder();
        var store = Certificates(folder);
        await using var server = await NodeOpcuaServer.StartAsync(new() { Users = new Dictionary<string, string> { ["edge"] = "right" } });
        File.Copy(server.CertificateFile, Path.Combine(store.TrustedFolder, "plant.der"));
        var refused = await Assert.ThrowsAsync<UaClientException>(() => UaSession.ConnectAsync(Secure(server, store), TimeProvider.System, Token));
        Assert.Equal(UaFailure.Identity, refused.Failure);
        Assert.Contains("edge", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_untrusted_server_certificate_is_kept_in_rejected_and_the_message_names_the_file()
    {
        using var folder = new TemporaryFolder();
        var store = Certificates(folder);
        await using var server = await NodeOpcuaServer.StartAsync(new() { Users = new Dictionary<string, string> { ["edge"] = "secret ü" } });
        var refused = await Assert.ThrowsAsync<UaClientException>(() => UaSession.ConnectAsync(Secure(server, store), TimeProvider.System, Token));
        Assert.Equal((UaFailure.Security, StatusCodes.BadCertificateUntrusted), (refused.Failure, refused.Status));
        var file = Assert.Single(Directory.GetFiles(store.RejectedFolder));
        Assert.Contains(Path.GetFileName(file), refused.Message, StringComparison.Ordinal);
        var (_, kept) = Assert.Single(CertificateStore.Certificates(store.RejectedFolder));
        store.Trust(kept);
        Assert.False(File.Exists(file));
        await using var session = await UaSession.ConnectAsync(Secure(server, store), TimeProvider.System, Token);
    }

    [Fact]
    public async Task A_server_that_does_not_trust_our_certificate_is_a_matter_for_people()
    {
        using var folder = new TemporaryFolder();
        var store = Certificates(folder);
        await using var server = await NodeOpcuaServer.StartAsync(new() { AcceptUnknown = false, Users = new Dictionary<string, string> { ["edge"] = "secret ü" } });
        File.Copy(server.CertificateFile, Path.Combine(store.TrustedFolder, "plant.der"));
        var refused = await Assert.ThrowsAsync<UaClientException>(() => UaSession.ConnectAsync(Secure(server, store), TimeProvider.System, Token));
        Assert.Equal(UaFailure.Security, refused.Failure);
        Assert.Contains("trust the gateway's certificate at the server", refused.Message, StringComparison.Ordinal);
        using var own = store.LoadOwn();
        Assert.Contains(own!.Certificate.Thumbprint, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_listens_is_a_passing_failure_and_names_the_address()
    {
        var port = LoopbackPort.Free();
        var failed = await Assert.ThrowsAsync<UaClientException>(() => UaSession.ConnectAsync(
            new() { EndpointUrl = new($"opc.tcp://127.0.0.1:{port}"), Policy = SecurityPolicy.None, Mode = MessageSecurityMode.None }, TimeProvider.System, Token));
        Assert.True(failed.IsTransient);
        Assert.Contains($"127.0.0.1:{port}", failed.Message, StringComparison.Ordinal);
    }

    internal static CertificateStore Certificates(TemporaryFolder folder)
    {
        var store = new CertificateStore(folder.File("pki"));
        using var own = ApplicationCertificate.Create("urn:edgealarm:test", "EdgeAlarm test", ["localhost"], TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(30));
        store.CreateOwn(own);
        return store;
    }

    private static UaClientOptions Secure(NodeOpcuaServer server, CertificateStore store) => new()
    {
        EndpointUrl = server.Url, Policy = SecurityPolicy.Basic256Sha256, Mode = MessageSecurityMode.SignAndEncrypt, User = UserIdentity.Named("edge", "secret ü"), Certificates = store,
    };

    private static async Task AssertReadsAndBrowsesAsync(UaSession session)
    {
        var namespaces = await session.ReadNamespacesAsync(Token);
        Assert.True(ExpandedNodeId.Parse(NodeOpcuaServer.Address(7)).TryResolve(namespaces, out var tag));
        var values = await session.ReadValuesAsync([tag, tag.WithNamespace(99)], Token);
        Assert.True(values[0].Status.IsGood);
        Assert.NotEqual(0, values[0].SourceTicks);
        Assert.Equal(StatusCodes.BadNodeIdUnknown, values[1].Status);
        var status = await session.ReadServerStatusAsync(Token);
        Assert.Equal(ServerState.Running, status.State);
        Assert.InRange(TimeProvider.System.GetUtcNow().UtcTicks - status.CurrentTimeTicks, -TimeSpan.TicksPerMinute, TimeSpan.TicksPerMinute);
        var folder = (await session.BrowseAsync(StandardNodes.ObjectsFolder, Token)).Single(reference => reference.BrowseName.Name == "Plant");
        Assert.Equal(250, (await session.BrowseAsync(folder.NodeId.NodeId, Token)).Count);
    }
}
