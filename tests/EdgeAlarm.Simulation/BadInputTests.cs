using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using EdgeAlarm.TestServers;

namespace EdgeAlarm.Simulation;

/// <summary>Whatever is wrong, one message names the thing and the next step, and what is sound goes on.</summary>
public sealed class BadInputTests(BadInputPlant plant) : IClassFixture<BadInputPlant>
{
    private const int Found = 1;
    private const int CouldNotRun = 2;

    [Fact]
    public async Task An_alarm_on_a_tag_that_is_not_in_the_table_is_named_with_its_place_and_nothing_starts()
    {
        await using var site = new BadSite(plant);
        site.Add("alarms.csv", "LT9_HI,LT9,Tanks,Tank 9 high,Hi,90,high");

        var (checkedWith, faults) = await site.RunAsync("check");
        var (ranWith, refusal) = await site.RunAsync("run");

        Assert.Equal((Found, CouldNotRun), (checkedWith, ranWith));
        Assert.All([faults, refusal], said => Assert.Contains("alarms.csv:4:Tag: \"LT9\"", said, StringComparison.Ordinal));
        Assert.Contains("nothing was started", refusal, StringComparison.Ordinal);
        Assert.False(Directory.Exists(site.File("data")));
    }

    [Fact]
    public async Task A_malformed_row_is_named_by_its_line_beside_every_other_fault()
    {
        await using var site = new BadSite(plant);
        site.Add("tags.csv", "LT3,PLC1");
        site.Add("alarms.csv", "LT2_LO,LT2,Tanks,Tank 2 low,Below,10,high");

        var (exitCode, faults) = await site.RunAsync("check");

        Assert.Equal(Found, exitCode);
        Assert.Contains("tags.csv:4:", faults, StringComparison.Ordinal);
        Assert.Contains("alarms.csv:4:", faults, StringComparison.Ordinal);
        Assert.Contains("\"Below\"", faults, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tag_that_the_server_does_not_know_is_named_and_the_others_are_armed()
    {
        await using var site = new BadSite(plant);
        site.Add("tags.csv", "LT3,PLC1,nsu=urn:edgealarm:test-plant;s=Nowhere,%");
        site.Add("alarms.csv", "LT3_HI,LT3,Tanks,Tank 3 high,Hi,90,high");

        var said = await site.UntilGatewaySaysAsync("does not monitor");

        Assert.Contains("LT3 at nsu=urn:edgealarm:test-plant;s=Nowhere: BadNodeIdUnknown", said, StringComparison.Ordinal);
        Assert.Contains("Correct the address", said, StringComparison.Ordinal);
        await site.UntilStatusAsync(status => NotArmed(status) is ["LT3_HI"]);
    }

    [Fact]
    public async Task A_plant_whose_certificate_nobody_trusts_is_refused_and_the_command_that_trusts_it_is_named()
    {
        await using var site = new BadSite(plant, trusted: false);

        var said = await site.UntilGatewaySaysAsync("PLC1 cannot be connected");

        var rejected = Assert.Single(Directory.GetFiles(site.File(Path.Combine("certs", "rejected"))));
        Assert.Contains("is not trusted", said, StringComparison.Ordinal);
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(rejected);
        Assert.Contains($"edgealarm certs trust {certificate.Thumbprint[..12]}", said, StringComparison.Ordinal);
        await site.UntilStatusAsync(status => NotArmed(status).Length == 2);
    }

    [Fact]
    public async Task A_wrong_password_of_the_plant_names_the_user_and_what_to_check()
    {
        await using var site = new BadSite(plant, password: "not this one");

        var said = await site.UntilGatewaySaysAsync("PLC1 cannot be connected");

        Assert.Contains($"refused to log in {BadInputPlant.User}", said, StringComparison.Ordinal);
        Assert.Contains("check the user name and the password file", said, StringComparison.Ordinal);
        Assert.DoesNotContain("not this one", said, StringComparison.Ordinal);
        await site.UntilStatusAsync(status => NotArmed(status).Length == 2);
    }

    [Fact]
    public async Task A_broker_that_refuses_is_named_and_the_alarms_stay_armed()
    {
        await using var broker = await MosquittoBroker.StartAsync("allow_anonymous false");
        await using var site = new BadSite(plant, brokerPort: broker.Port);

        var said = await site.UntilGatewaySaysAsync("refused the connection");

        Assert.Contains($"127.0.0.1:{broker.Port}", said, StringComparison.Ordinal);
        Assert.Contains("Check mqtt.user and mqtt.passwordFile", said, StringComparison.Ordinal);
        await site.UntilStatusAsync(status => NotArmed(status).Length == 0 && status.GetProperty("outbox").GetProperty("waiting").GetInt64() > 0);
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_written_to_is_named_with_the_user_and_nothing_starts()
    {
        // nobody may create a folder there, not even root
        await using var site = new BadSite(plant, data: "/proc/edgealarm");

        var (exitCode, said) = await site.RunAsync("run");

        Assert.Equal(CouldNotRun, exitCode);
        Assert.Contains($"/proc/edgealarm cannot be written to by user {Environment.UserName}", said, StringComparison.Ordinal);
        Assert.Contains("Make it writable", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_gateway_on_a_data_folder_is_told_the_first_ones_process_and_the_first_goes_on()
    {
        await using var site = new BadSite(plant);
        var first = site.Start("run");
        await site.UntilStatusAsync(status => status.GetProperty("processId").GetInt32() == first.Id);

        var (exitCode, said) = await site.RunAsync("run");

        Assert.Equal(CouldNotRun, exitCode);
        Assert.Contains($"{site.File("data")} is in use by process {first.Id}", said, StringComparison.Ordinal);
        Assert.Contains("Stop that process first", said, StringComparison.Ordinal);
        Assert.False(first.HasExited);
    }

    private static string?[] NotArmed(JsonElement status) => [.. status.GetProperty("notArmed").EnumerateArray().SelectMany(group => group.GetProperty("alarms").EnumerateArray()).Select(alarm => alarm.GetString())];
}
