using System.Buffers;
using System.Text;
using EdgeAlarm.Wire;

namespace EdgeAlarm.Gateway.Tests.Wire;

/// <summary>Commands and their answers, both directions.</summary>
public sealed class CommandMessageTests
{
    private const string Shelving =
        """{"v":1,"id":"019ac000-0000-7000-8000-000000000001","verb":"shelve","alarm":"LT101_HI","for":"30m","by":"ann","note":"calibration","sent":"2026-12-01T06:00:00.0000000Z"}""";

    private const string Refusal =
        """{"v":1,"id":"019ac000-0000-7000-8000-000000000001","principal":"scada1","outcome":"Expired","detail":"too old","at":"2026-12-01T06:01:00.0000000Z"}""";

    private static readonly Guid Id = Guid.Parse("019ac000-0000-7000-8000-000000000001");
    private static readonly DateTime Sent = new(2026, 12, 1, 6, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_command_is_these_bytes()
    {
        var command = new CommandMessage { Id = Id, Verb = CommandVerb.Shelve, Alarm = "LT101_HI", For = "30m", By = "ann", Note = "calibration", Sent = Sent };
        Assert.Equal(Shelving, Written(command.Write));
        Assert.Equal(command, CommandMessage.Parse(Encoding.UTF8.GetBytes(Shelving)));
    }

    [Fact]
    public void An_answer_is_these_bytes()
    {
        var answer = new CommandAnswer(Id, "scada1", "Expired", "too old", Sent.AddMinutes(1));
        Assert.Equal(Refusal, Written(answer.Write));
        Assert.Equal(answer, CommandAnswer.Parse(Encoding.UTF8.GetBytes(Refusal)));
    }

    [Theory]
    [InlineData("\"verb\":\"shelve\"", "\"verb\":\"Shelve\"", "verb")]
    [InlineData("\"v\":1", "\"v\":2", "v")]
    [InlineData("\"by\":\"ann\"", "\"by\":\"ann\\nbob\"", "by")]
    [InlineData("\"alarm\":\"LT101_HI\"", "\"alarm\":\"\"", "alarm")]
    [InlineData("06:00:00.0000000Z", "06:00:00.0000000+01:00", "sent")]
    [InlineData("\"id\":\"019ac000-0000-7000-8000-000000000001\"", "\"id\":\"1\"", "id")]
    public void What_is_wrong_is_named(string right, string wrong, string member) =>
        Assert.Equal(member, Assert.Throws<WireFormatException>(() => CommandMessage.Parse(Encoding.UTF8.GetBytes(Shelving.Replace(right, wrong, StringComparison.Ordinal)))).Member);

    [Fact]
    public void The_topic_names_the_principal_of_this_gateway_alone()
    {
        var topics = new Topics("plant1", "gw1");
        Assert.Equal("scada1", topics.PrincipalOf("edgealarm/v1/plant1/gw1/command/scada1"));
        Assert.Null(topics.PrincipalOf("edgealarm/v1/plant1/gw2/command/scada1"));
        Assert.Null(topics.PrincipalOf("edgealarm/v1/plant1/gw1/command/scada1/x"));
        Assert.Null(topics.PrincipalOf("edgealarm/v1/plant1/gw1/command/"));
        Assert.Equal("edgealarm/v1/plant1/gw1/command/+", topics.Commands);
    }

    private static string Written(Action<IBufferWriter<byte>> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        write(buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
