using System.Globalization;
using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.Wire;

namespace EdgeAlarm.Gateway.Uplink.Commands;

/// <summary>Makes the engine's command of one that came over MQTT. The recorded name is <c>mqtt:principal</c>, and <c>mqtt:principal:name</c> where the sender claims an operator.</summary>
internal static class CommandTranslation
{
    private const string Once = "once";

    /// <summary>Translates.</summary>
    /// <param name="principal">Who sent it, by its topic.</param>
    /// <param name="message">The command.</param>
    /// <param name="fault">What is wrong, where there is no command to make.</param>
    /// <returns>Makes the command, given its plant time; null where a member that the verb needs is missing or wrong.</returns>
    internal static Func<PlantTime, OperatorCommand>? Translate(string principal, CommandMessage message, out string fault)
    {
        fault = "";
        var (id, alarm, note) = (message.Id, message.Alarm, message.Note);
        var by = message.By.Length == 0 ? $"mqtt:{principal}" : $"mqtt:{principal}:{message.By}";
        switch (message.Verb)
        {
            case CommandVerb.Acknowledge when TryOccurrence(message.Occurrence, out var occurrence):
                return at => new AcknowledgeCommand(at, id, alarm, occurrence, by, note);
            case CommandVerb.Acknowledge:
                fault = $"occurrence: \"{message.Occurrence}\"; an acknowledgement names the occurrence that was seen, as its events do: epoch:seq.";
                return null;
            case CommandVerb.Reset:
                return at => new ResetCommand(at, id, alarm, by, note);
            case CommandVerb.Shelve when string.Equals(message.For, Once, StringComparison.Ordinal):
                return at => new ShelveCommand(at, id, alarm, TimeSpan.Zero, IsOneShot: true, by, note);
            case CommandVerb.Shelve when TryDuration(message.For, out var duration):
                return at => new ShelveCommand(at, id, alarm, duration, IsOneShot: false, by, note);
            case CommandVerb.Unshelve:
                return at => new UnshelveCommand(at, id, alarm, by, note);
            // Two names out of one message prove no second person, so that none is taken from it.
            case CommandVerb.RemoveFromService when TryDuration(message.For, out var duration):
                return at => new RemoveFromServiceCommand(at, id, alarm, duration, by, note, string.Empty);
            case CommandVerb.ReturnToService:
                return at => new ReturnToServiceCommand(at, id, alarm, by, note);
            case CommandVerb.Shelve or CommandVerb.RemoveFromService:
                fault = $"for: \"{message.For}\"; {Duration.Allowed}{(message.Verb == CommandVerb.Shelve ? " Or \"once\": until its condition returns." : "")}";
                return null;
            default:
                throw new InvariantViolation($"There is no command for {message.Verb}.");
        }
    }

    private static bool TryDuration(string? text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        return text is not null && Duration.TryParse(text, out duration) && duration > TimeSpan.Zero;
    }

    private static bool TryOccurrence(string? text, out OccurrenceId occurrence)
    {
        occurrence = OccurrenceId.None;
        var parts = text?.Split(':');
        if (parts is not [var epoch, var seq] || !Guid.TryParseExact(epoch, "D", out var id) || !long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
        {
            return false;
        }

        occurrence = new(id, number);
        return true;
    }
}
