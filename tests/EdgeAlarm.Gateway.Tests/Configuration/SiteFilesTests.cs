using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.Wire;

namespace EdgeAlarm.Gateway.Tests.Configuration;

public sealed class SiteFilesTests : IDisposable
{
    private const string Settings = """
        {
          "site": "plant1", "gateway": "gw1", "data": "data",
          "sources": [ { "name": "PLC1", "url": "opc.tcp://127.0.0.1:4840", "security": "None" } ],
          "mqtt": { "host": "127.0.0.1", "tls": false }
        }
        """;

    private const string Tags = "Tag,Source,NodeId,Unit,Low,High\nLT101,PLC1,nsu=urn:plant;s=LT101,%,0,200\n";
    private const string Alarms = "Alarm,Tag,Area,Message,Type,Setpoint,Priority\nLT101_HI,LT101,Tank farm,Level high,Hi,90,high\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_smallest_site_loads_with_the_safe_defaults()
    {
        var (site, faults) = Load(Settings, Tags, Alarms);

        Assert.Empty(faults);
        var alarm = Assert.Single(site!.Normalised.Alarms.Alarms);
        Assert.Equal((ConditionType.Hi, 90, BadQualityPolicy.Hold, true), (alarm.Type, alarm.Setpoint, alarm.BadQuality, alarm.AckRequired));
        Assert.Equal((ReceiptMode.Historian, 8883), (site.Settings.Receipt, site.Settings.Mqtt.Port));
        Assert.Equal(Path.Combine(_folder.Path, "data", "pki"), site.Settings.CertificatesFolder);
    }

    [Fact]
    public void A_source_may_have_a_redundant_server_and_a_heartbeat_and_has_neither_unless_it_says_so()
    {
        var (site, faults) = Load(
            Settings.Replace(
                "\"url\": \"opc.tcp://127.0.0.1:4840\"",
                "\"urls\": [ \"opc.tcp://a:4840\", \"opc.tcp://b:4841\" ], \"heartbeat\": { \"node\": \"nsu=urn:plant;s=BEAT\", \"every\": \"10s\" }",
                StringComparison.Ordinal),
            Tags,
            Alarms);

        Assert.Empty(faults);
        var source = site!.Settings.Sources[0];
        Assert.Equal((new Uri("opc.tcp://a:4840"), new Uri("opc.tcp://b:4841")), (source.Url, Assert.Single(source.OtherUrls)));
        Assert.Equal(new HeartbeatSettings("nsu=urn:plant;s=BEAT", TimeSpan.FromSeconds(10)), source.Heartbeat);
        var plain = Load(Settings, Tags, Alarms).Site!.Settings.Sources[0];
        Assert.Empty(plain.OtherUrls);
        Assert.Null(plain.Heartbeat);
    }

    [Theory]
    [InlineData("\"urls\": [ \"opc.tcp://a:4840\", \"opc.tcp://a:4840\" ]", "each server once")]
    [InlineData("\"urls\": [ \"http://a:4840\" ]", "opc.tcp://host:4840")]
    [InlineData("\"urls\": \"opc.tcp://a:4840\"", "a list of texts")]
    [InlineData("\"url\": \"opc.tcp://a:4840\", \"urls\": [ \"opc.tcp://b:4840\" ]", "either \"url\" or \"urls\"")]
    [InlineData("\"url\": \"opc.tcp://a:4840\", \"heartbeat\": { \"node\": \"ns=2;s=BEAT\" }", "namespace URI")]
    [InlineData("\"url\": \"opc.tcp://a:4840\", \"heartbeat\": { \"node\": \"nsu=urn:plant;s=BEAT\", \"every\": \"1ms\" }", "0:00:01")]
    public void Servers_and_heartbeats_that_cannot_be_meant_are_faults(string setting, string allowed)
    {
        var (_, faults) = Load(Settings.Replace("\"url\": \"opc.tcp://127.0.0.1:4840\"", setting, StringComparison.Ordinal), Tags, Alarms);

        Assert.Contains(faults, fault => fault.Allowed.Contains(allowed, StringComparison.Ordinal));
    }

    [Fact]
    public void Commands_are_off_unless_principals_with_rights_are_named()
    {
        Assert.Null(Load(Settings, Tags, Alarms).Site!.Settings.Commands);

        const string Mqtt = "\"mqtt\":";
        var (site, faults) = Load(Settings.Replace(Mqtt, $$"""{{Commands("scada1", "acknowledge", "returnToService")}}, {{Mqtt}}""", StringComparison.Ordinal), Tags, Alarms);
        Assert.Empty(faults);
        var principal = Assert.Single(site!.Settings.Commands!.Principals);
        Assert.Equal(("scada1", 120), (principal.Name, site.Settings.Commands.PerMinute));
        Assert.Equal([CommandVerb.Acknowledge, CommandVerb.ReturnToService], principal.Rights.Order());

        var (_, wrong) = Load(Settings.Replace(Mqtt, $$"""{{Commands("a/b", "ack")}}, {{Mqtt}}""", StringComparison.Ordinal), Tags, Alarms);
        Assert.Contains(wrong, fault => fault.Allowed.Contains("\"ack\" is no command; allowed: acknowledge, reset, shelve, unshelve, removeFromService, returnToService.", StringComparison.Ordinal));
        Assert.Contains(wrong, fault => fault.Allowed.Contains("commands.principals[0].name: is a level of the MQTT topic", StringComparison.Ordinal));

        static string Commands(string name, params string[] rights) =>
            $$"""
            "commands": { "principals": [ { "name": "{{name}}", "rights": [ {{string.Join(", ", rights.Select(right => $"\"{right}\""))}} ] } ] }
            """;
    }

    [Fact]
    public void Security_that_is_not_named_is_sign_and_encrypt_and_TLS()
    {
        var (site, faults) = Load(
            """{ "site": "s", "gateway": "g", "sources": [ { "name": "PLC1", "url": "opc.tcp://plc:4840" } ], "mqtt": { "host": "broker" } }""", Tags, Alarms);

        Assert.Empty(faults);
        Assert.Equal("Basic256Sha256/SignAndEncrypt", site!.Settings.Sources[0].Security);
        Assert.True(site.Settings.Mqtt.Tls);
    }

    [Fact]
    public void Every_security_that_the_client_speaks_is_allowed_and_explained()
    {
        var explained = File.ReadAllText(Path.Combine(Repository.Root, "config", "README.md"));
        foreach (var security in OpcUa.Security.EndpointSecurity.All)
        {
            var (site, faults) = Load(Settings.Replace("\"None\"", $"\"{security}\"", StringComparison.Ordinal), Tags, Alarms);

            Assert.Empty(faults);
            Assert.Equal(security.ToString(), site!.Settings.Sources[0].Security);
            Assert.Contains($"`{security}`", explained, StringComparison.Ordinal);
        }

        var (_, unknown) = Load(Settings.Replace("\"None\"", "\"Basic128Rsa15/Sign\"", StringComparison.Ordinal), Tags, Alarms);
        Assert.Contains(string.Join(", ", OpcUa.Security.EndpointSecurity.All), Assert.Single(unknown).Allowed, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_is_told_at_once_with_file_line_column_and_value()
    {
        var (site, faults) = Load(
            """
            {
              "site": "plant 1", "gateway": "gw1",
              "sources": [ { "name": "PLC1", "url": "http://plc", "securty": "None", "sampling": "5" } ],
              "mqtt": { "host": "broker", "port": 70000 }
            }
            """,
            "Tag;Source;NodeId;Unit;Low;High\nLT101;PLC2;\"nsu=urn:plant;s=LT101\";%;0;100\nLT1 02;PLC1;\"ns=2;s=x\";%;0;100\n",
            "Alarm,Tag,Area,Message,Type,Setpoint,Priority\nA1,LT102,Area,Text,Hi,\"1,5\",high\nA1,LT101,Area,Text,High,2,urgent\nA2,LT101,Area\nA3,LT101,Area,\"bro\"ken,Hi,1,low\n");

        Assert.Null(site);
        var lines = faults.Select(fault => fault.ToString()).ToList();
        Assert.Contains(lines, line => line.StartsWith("gateway.json:2:11: \"plant 1\": site:", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("gateway.json:3:41: \"http://plc\"", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("\"securty\": is no setting of sources[0]; did you mean \"security\"?", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("\"5\": sources[0].sampling: write a duration", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("\"70000\": mqtt.port: write a whole number from 1 to 65535", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("tags.csv:2:Source: \"PLC2\"", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("tags.csv:3:Tag: \"LT1 02\"", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("tags.csv:3:NodeId: \"ns=2;s=x\"", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("alarms.csv:2:Tag: \"LT102\": is no tag of the tag list; did you mean \"LT101\"?", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("alarms.csv:2:Setpoint: \"1,5\": is no number: write a decimal point, 1.5.", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("alarms.csv:3:Alarm: \"A1\": stands in line 2 already", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("alarms.csv:3:Type: \"High\": did you mean \"Hi", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("alarms.csv:3:Priority: \"urgent\": allowed: critical, high, medium, low, journal", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("alarms.csv:4: the row has 3 fields and the header 7", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("alarms.csv:5: \"", StringComparison.Ordinal) && line.Contains("quotes", StringComparison.Ordinal));
        Assert.Equal(faults.Where(fault => fault.File is "alarms.csv").Select(fault => fault.Line).Order(), faults.Where(fault => fault.File is "alarms.csv").Select(fault => fault.Line));
    }

    [Fact]
    public void A_semicolon_table_with_a_byte_order_mark_gives_the_same_configuration_as_a_comma_table()
    {
        var (plain, _) = Load(Settings, Tags, Alarms);
        var (spreadsheet, faults) = Load(Settings, "\uFEFFTag;Source;NodeId;Unit;Low;High\r\nLT101;PLC1;\"nsu=urn:plant;s=LT101\";%;0;200\r\n", "\uFEFF" + Alarms);

        Assert.Empty(faults);
        Assert.Equal(plain!.Normalised.Hash, spreadsheet!.Normalised.Hash);
    }

    [Fact]
    public void A_percentage_is_of_the_tags_range()
    {
        var (site, faults) = Load(Settings, Tags, "Alarm,Tag,Area,Message,Type,Setpoint,Deadband,Priority\nLT101_HI,LT101,Tank farm,Level high,Hi,90%,5%,high\n");

        Assert.Empty(faults);
        Assert.Equal((180, 10), (site!.Normalised.Alarms.Alarms[0].Setpoint, site.Normalised.Alarms.Alarms[0].Deadband));
    }

    [Fact]
    [Trait("Field", "F-1")]
    public void A_minimum_pulse_below_the_sampling_interval_is_refused()
    {
        var (_, faults) = Load(Settings, Tags, "Alarm,Tag,Area,Message,Type,Setpoint,MinPulse,Priority\nLT101_HI,LT101,Tank farm,Level high,Hi,90,50ms,high\n");

        Assert.Contains("sampled every 100 ms", Assert.Single(faults).Allowed, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Field", "F-1")]
    public void The_shortest_pulse_that_an_alarm_must_not_miss_goes_with_its_tag()
    {
        var (site, _) = Load(Settings, Tags, "Alarm,Tag,Area,Message,Type,Setpoint,MinPulse,Priority\nA1,LT101,Tank farm,High,Hi,90,2s,high\nA2,LT101,Tank farm,Overflow,HiHi,95,500ms,high\nA3,LT101,Tank farm,Low,Lo,5,,high\n");

        Assert.Equal(new PulseDemand("A2", TimeSpan.FromMilliseconds(500)), site!.Tags[0].ShortestPulse);
        Assert.All(site.Tags.Skip(1), tag => Assert.Null(tag.ShortestPulse));
    }

    [Fact]
    public void The_environment_overrides_a_setting_and_a_wrong_value_is_reported_under_its_variable()
    {
        WriteSite(Settings, Tags, Alarms);
        var path = Path.Combine(_folder.Path, "gateway.json");

        var (site, _) = SiteFiles.Load(path, new Dictionary<string, string> { ["EDGEALARM__MQTT__PORT"] = "1884", ["EDGEALARM__SOURCES__0__RIDESOUT"] = "5s", ["PATH"] = "x" });
        var (_, faults) = SiteFiles.Load(path, new Dictionary<string, string> { ["EDGEALARM__MQTT__PORT"] = "many" });

        Assert.Equal((1884, TimeSpan.FromSeconds(5)), (site!.Settings.Mqtt.Port, site.Settings.Sources[0].RidesOut));
        Assert.Equal("EDGEALARM__MQTT__PORT: \"many\": mqtt.port: write a whole number from 1 to 65535.", Assert.Single(faults).ToString());
    }

    [Fact]
    public void A_user_with_a_certificate_needs_both_files_that_belong_together_and_no_password()
    {
        using var store = new TemporaryFolder();
        var pki = new OpcUa.Security.CertificateStore(store.Path);
        using var made = OpcUa.Security.ApplicationCertificate.Create("urn:user", "Operator", [], DateTimeOffset.UnixEpoch, TimeSpan.FromDays(30));
        pki.CreateOwn(made);
        var (certificate, key) = (Path.Combine(pki.OwnFolder, "certificate.der"), Path.Combine(pki.OwnFolder, "private-key.pem"));
        var other = _folder.Write("other.pem", "no key");
        var secret = _folder.Write("plc.password", "secret\n");
        string With(string members) => Settings.Replace("\"security\": \"None\"", members.Replace('\\', '/'), StringComparison.Ordinal);

        var (site, none) = Load(With($"\"userCertificate\": \"{certificate}\", \"userKey\": \"{key}\""), Tags, Alarms);
        var (_, half) = Load(With($"\"userCertificate\": \"{certificate}\""), Tags, Alarms);
        var (_, missing) = Load(With($"\"userCertificate\": \"{certificate}\", \"userKey\": \"nowhere.pem\""), Tags, Alarms);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(other, UnixFileMode.UserRead);
            File.SetUnixFileMode(secret, UnixFileMode.UserRead);
        }

        var (_, wrong) = Load(With($"\"userCertificate\": \"{certificate}\", \"userKey\": \"{other}\""), Tags, Alarms);
        var (_, both) = Load(With($"\"user\": \"edge\", \"passwordFile\": \"{secret}\", \"userCertificate\": \"{certificate}\", \"userKey\": \"{key}\""), Tags, Alarms);

        Assert.Empty(none);
        Assert.Equal((certificate, key), (site!.Settings.Sources[0].UserCertificateFile, site.Settings.Sources[0].UserKeyFile));
        Assert.Contains("belong together", Assert.Single(half).Allowed, StringComparison.Ordinal);
        Assert.Contains("nowhere.pem", Assert.Single(missing).Allowed, StringComparison.Ordinal);
        Assert.Contains("are no certificate and its RSA key", Assert.Single(wrong).Allowed, StringComparison.Ordinal);
        Assert.Contains("remove one of the pairs", Assert.Single(both).Allowed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_that_others_may_read_is_a_fault_and_one_that_only_the_owner_reads_is_none()
    {
        var secret = _folder.Write("plc.password", "secret\n");
        var settings = Settings.Replace("\"security\": \"None\"", "\"user\": \"edge\", \"passwordFile\": \"plc.password\"", StringComparison.Ordinal);
        if (OperatingSystem.IsWindows())
        {
            return; // file modes are a matter of the other systems
        }

        File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        var (_, faults) = Load(settings, Tags, Alarms);
        File.SetUnixFileMode(secret, UnixFileMode.UserRead);
        var (site, none) = Load(settings, Tags, Alarms);

        Assert.Contains("chmod 600", Assert.Single(faults).Allowed, StringComparison.Ordinal);
        Assert.DoesNotContain("secret\n", faults[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(none);
        Assert.Equal(secret, site!.Settings.Sources[0].PasswordFile);
    }

    [Fact]
    public void A_settings_file_that_is_no_JSON_is_told_with_its_line()
    {
        var (_, faults) = Load("{\n  \"site\": \"s\",\n  oops\n}", Tags, Alarms);

        Assert.Equal(3, Assert.Single(faults).Line);
    }

    [Fact]
    public void The_sample_site_is_valid_but_for_the_password_that_nobody_may_ship()
    {
        var sample = Path.Combine(Repository.Root, "config", "gateway.json");

        var (_, faults) = SiteFiles.Load(sample, new Dictionary<string, string>());

        Assert.Contains("passwordFile", Assert.Single(faults).Allowed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_normalised_configuration_is_read_back_to_the_same_hash()
    {
        var (site, _) = Load(Settings, Tags, Alarms);

        var read = NormalisedConfiguration.Decode(site!.Normalised.Bytes);

        Assert.Equal(site.Normalised.Hash, NormalisedConfiguration.Create(read.Site, read.Gateway, read.Alarms).Hash);
        Assert.Throws<InvalidDataException>(() => NormalisedConfiguration.Decode("{}"u8.ToArray()));
    }

    private (Site? Site, IReadOnlyList<ConfigurationFault> Faults) Load(string settings, string tags, string alarms)
    {
        WriteSite(settings, tags, alarms);
        return SiteFiles.Load(Path.Combine(_folder.Path, "gateway.json"), new Dictionary<string, string>());
    }

    private void WriteSite(string settings, string tags, string alarms)
    {
        _folder.Write("gateway.json", settings);
        _folder.Write("tags.csv", tags);
        _folder.Write("alarms.csv", alarms);
    }
}
