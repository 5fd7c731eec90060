using EdgeAlarm.OpcUa.BinaryEncoding;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.TestServers;

namespace EdgeAlarm.OpcUa.Tests.Client;

/// <summary>What a server has to prove before it is believed, each proof left out or forged alone (OPC 10000-4 §5.7.2, §5.7.3, §6.1).</summary>
public sealed class SessionAttackTests : IDisposable
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    // one for all: making a key takes long
    private static readonly ApplicationCertificate Plc = ApplicationCertificate.Create("urn:plc", "PLC", ["127.0.0.1"], TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(30));

    private readonly TemporaryFolder _folder = new();
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly CertificateStore _store;

    public SessionAttackTests()
    {
        _store = NodeOpcuaSessionTests.Certificates(_folder);
        _store.Trust(Plc.Certificate);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Basic256Sha256/Sign")]
    [InlineData("Aes256_Sha256_RsaPss/SignAndEncrypt")]
    public async Task An_honest_server_is_believed_and_the_password_is_sealed_for_it(string security)
    {
        await using var server = new LyingServer(Plc, _time);
        await using var session = await UaSession.ConnectAsync(Options(server, security), _time, Token);

        Assert.True(server.Activated!.UserIdentityToken.TryDecode<UserNameIdentityToken>(DecodingLimits.Default, out var login));
        Assert.True(EndpointSecurity.TryFind(security, out var known));
        Assert.True(PasswordSecret.TryDecrypt(known.Policy, Plc, login.EncryptionAlgorithm, login.Password, server.NonceBefore, out var password));
        Assert.Equal("secret", password);
    }

    // opcua-security §6 row 7: not even where nothing else is protected
    [Fact]
    public async Task A_password_is_sealed_on_a_channel_without_security_too()
    {
        await using var server = new LyingServer(Plc, _time);
        await using var session = await UaSession.ConnectAsync(Options(server, "None"), _time, Token);

        Assert.True(server.Activated!.UserIdentityToken.TryDecode<UserNameIdentityToken>(DecodingLimits.Default, out var login));
        Assert.Equal(SecurityPolicy.Basic256Sha256.AsymmetricEncryptionUri, login.EncryptionAlgorithm);
        Assert.Equal(-1, login.Password.AsSpan().IndexOf("secret"u8));
    }

    // row 1: whoever strips the list leaves only what is weak; the secured answer of CreateSession gives it away
    [Fact]
    public async Task A_list_of_endpoints_that_was_changed_on_its_way_is_found_out_afterwards()
    {
        await using var server = new LyingServer(Plc, _time) { Discovery = all => [.. all.Where(each => each.SecurityMode != MessageSecurityMode.SignAndEncrypt)] };

        await AssertRefusedAsync(Options(server, "Basic256Sha256/Sign"), StatusCodes.BadSecurityChecksFailed, "differ from those of discovery");
    }

    [Fact]
    public async Task A_token_policy_that_was_weakened_on_its_way_is_found_out_before_the_password_is_sent()
    {
        await using var server = new LyingServer(Plc, _time)
        {
            Discovery = all => [.. all.Select(each => each with { UserIdentityTokens = [.. each.UserIdentityTokens.Select(policy => policy with { SecurityPolicyUri = SecurityPolicy.None.Uri })] })],
        };

        await AssertRefusedAsync(Options(server, "Basic256Sha256/SignAndEncrypt"), StatusCodes.BadSecurityChecksFailed, "differ from those of discovery");
        Assert.Null(server.Activated);
    }

    // row 4
    [Theory]
    [InlineData("none")]
    [InlineData("changed")]
    [InlineData("another algorithm")]
    public async Task A_server_that_does_not_prove_its_key_is_no_server(string lie)
    {
        await using var server = new LyingServer(Plc, _time)
        {
            Creation = response => response with
            {
                ServerSignature = lie switch
                {
                    "none" => new SignatureData(),
                    "changed" => response.ServerSignature with { Signature = [.. response.ServerSignature.Signature!.Reverse()] },
                    _ => response.ServerSignature with { Algorithm = SecurityPolicy.Aes256Sha256RsaPss.AsymmetricSignatureUri },
                },
            },
        };

        await AssertRefusedAsync(Options(server, "Basic256Sha256/Sign"), StatusCodes.BadApplicationSignatureInvalid, "did not prove that it owns its certificate's key");
        Assert.Null(server.Activated);
    }

    [Fact]
    public async Task A_session_is_not_created_under_another_certificate_than_the_channel_has()
    {
        using var other = ApplicationCertificate.Create("urn:plc", "PLC", ["127.0.0.1"], _time.GetUtcNow(), TimeSpan.FromDays(30));
        await using var server = new LyingServer(Plc, _time) { Creation = response => response with { ServerCertificate = other.Der.ToArray() } };

        await AssertRefusedAsync(Options(server, "Basic256Sha256/Sign"), StatusCodes.BadCertificateInvalid, "another certificate than the channel's");
    }

    // row 9
    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(32)]
    [InlineData(200)]
    public async Task A_server_without_random_numbers_is_refused(int zeros)
    {
        await using var server = new LyingServer(Plc, _time) { Creation = response => response with { ServerNonce = new byte[zeros] } };

        await AssertRefusedAsync(Options(server, "Basic256Sha256/SignAndEncrypt"), StatusCodes.BadNonceInvalid, "nonce");
        Assert.Null(server.Activated);
    }

    [Fact]
    public async Task A_nonce_that_comes_again_is_refused()
    {
        byte[]? first = null;
        await using var server = new LyingServer(Plc, _time)
        {
            Creation = response =>
            {
                first = response.ServerNonce;
                return response;
            },
            Activation = response => response with { ServerNonce = first },
        };

        await AssertRefusedAsync(Options(server, "Basic256Sha256/Sign"), StatusCodes.BadNonceInvalid, "was used before");
    }

    // a user's signature over a nonce that is known beforehand could be played again elsewhere
    [Fact]
    public async Task A_users_signature_is_never_given_over_no_nonce()
    {
        using var user = ApplicationCertificate.Create("urn:user", "Operator", [], _time.GetUtcNow(), TimeSpan.FromDays(30));
        await using var server = new LyingServer(Plc, _time)
        {
            Discovery = all => [.. all.Select(each => each with { UserIdentityTokens = [new() { PolicyId = "c", TokenType = UserTokenType.Certificate, SecurityPolicyUri = SecurityPolicy.Basic256Sha256.Uri }] })],
            Creation = response => response with { ServerNonce = null },
        };

        await AssertRefusedAsync(Options(server, "None") with { User = UserIdentity.WithCertificate(user) }, StatusCodes.BadNonceInvalid, "nonce");
        Assert.Null(server.Activated);
    }

    // F-65: people look for the fault in certificates that are right
    [Theory, Trait("Field", "F-65")]
    [InlineData(-40, "The server's clock is 40 days behind ours")]
    [InlineData(40, "The server's clock is 40 days ahead of ours")]
    public async Task A_difference_of_the_clocks_is_named_where_a_certificate_is_out_of_its_time(int days, string words)
    {
        var server = new ShiftedTime(TimeSpan.FromDays(days));
        using var plc = ApplicationCertificate.Create("urn:plc", "PLC", ["127.0.0.1"], server.GetUtcNow(), TimeSpan.FromDays(20));
        _store.Trust(plc.Certificate);
        await using var lying = new LyingServer(plc, server);

        await AssertRefusedAsync(Options(lying, "Basic256Sha256/Sign"), StatusCodes.BadCertificateTimeInvalid, words);
    }

    [Theory, Trait("Field", "F-65")]
    [InlineData(0.5, null)]
    [InlineData(90, "1 h 30 min behind")]
    [InlineData(-1500, "1 d 1 h ahead of")]
    [InlineData(100_000, "69 days behind")]
    public void A_difference_is_named_from_a_minute_on_and_only_where_it_can_be_the_reason(double minutes, string? words)
    {
        var offset = TimeSpan.FromMinutes(minutes);
        var refused = new UaClientException(UaFailure.Security, StatusCodes.BadSecurityChecksFailed, "refused.");

        var named = ClockDifference.Named(refused, offset);
        var untrusted = new UaClientException(UaFailure.Security, StatusCodes.BadCertificateUntrusted, "refused.");

        Assert.Equal(words is not null, named.Message.Contains($"The server's clock is {words}", StringComparison.Ordinal) && words is not null);
        Assert.Equal(words is null, ReferenceEquals(refused, named));
        Assert.Same(untrusted, ClockDifference.Named(untrusted, offset));
        Assert.Same(refused, ClockDifference.Named(refused, null));
    }

    private async Task AssertRefusedAsync(UaClientOptions options, StatusCode status, string words)
    {
        var refused = await Assert.ThrowsAsync<UaClientException>(() => UaSession.ConnectAsync(options, _time, Token));
        Assert.Equal((UaFailure.Security, status), (refused.Failure, refused.Status));
        Assert.False(refused.IsTransient);
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.ToString(), StringComparison.Ordinal);
    }

    private UaClientOptions Options(LyingServer server, string name)
    {
        Assert.True(EndpointSecurity.TryFind(name, out var security));
        return new() { EndpointUrl = server.Url, Policy = security.Policy, Mode = security.Mode, User = UserIdentity.Named("edge", "secret"), Certificates = _store };
    }

    private sealed class ShiftedTime(TimeSpan shift) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + shift;
    }
}
