using System.Globalization;
using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.Wire;

namespace EdgeAlarm.Gateway.Uplink.Commands;

/// <summary>Whether a command may go to the engine. It knows the rights, the age and the rate; it asks no clock and sends nothing.</summary>
/// <param name="settings">Who may what.</param>
/// <param name="startedAt">Wall clock when the gateway started, UTC.</param>
internal sealed class CommandGate(CommandSettings settings, DateTime startedAt)
{
    /// <summary>Age beyond which a command is refused: an operator has looked again since.</summary>
    internal static readonly TimeSpan AgeMax = TimeSpan.FromSeconds(30);

    /// <summary>How far the sender's clock may be ahead of ours.</summary>
    internal static readonly TimeSpan AheadMax = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan RateWindow = TimeSpan.FromMinutes(1);
    private readonly Dictionary<string, (TimeSpan Since, int Count)> _rates = new(StringComparer.Ordinal);

    /// <summary>Judges one command; a command that may go counts against its principal's rate.</summary>
    /// <param name="principal">Who sent it, by its topic.</param>
    /// <param name="isRetained">Whether the sender had it retained.</param>
    /// <param name="message">The command.</param>
    /// <param name="at">Wall clock, UTC.</param>
    /// <param name="now">Monotonic time.</param>
    /// <returns>Why not; null where it may go.</returns>
    internal CommandVerdict? Judge(string principal, bool isRetained, CommandMessage message, DateTime at, TimeSpan now)
    {
        if (isRetained)
        {
            return new(CommandRefusal.Retained, "A command is never retained: the broker would send it with every connection. Publish it without the retain flag and clear the topic.");
        }

        if (settings.Principals.FirstOrDefault(each => string.Equals(each.Name, principal, StringComparison.Ordinal)) is not { } known)
        {
            return new(CommandRefusal.NoRight, $"{principal} is none of commands.principals in gateway.json.");
        }

        if (!known.Rights.Contains(message.Verb))
        {
            return new(
                CommandRefusal.NoRight,
                $"{principal} may not {CommandWords.Of(message.Verb)}; its rights in gateway.json are {string.Join(", ", known.Rights.Order().Select(CommandWords.Of))}.");
        }

        return JudgeAge(message.Sent, at) ?? JudgeRate(principal, now);
    }

    private CommandVerdict? JudgeAge(DateTime sent, DateTime at)
    {
        if (at - sent > AgeMax || sent - at > AheadMax)
        {
            return new(
                CommandRefusal.Expired,
                string.Create(CultureInfo.InvariantCulture, $"It was sent at {sent:O}, and it is {at:O} here; at most {AgeMax.TotalSeconds:0} s before and {AheadMax.TotalSeconds:0} s after are allowed. Look again and send a new one; if this lasts, compare the clocks."));
        }

        // What ran before was told to nobody here: a command from then may have had its effect. The sender's clock may be ahead, so that the border lies later by as much.
        return sent <= startedAt + AheadMax
            ? new(CommandRefusal.Restarted, string.Create(CultureInfo.InvariantCulture, $"The gateway started at {startedAt:O}; a command sent before, or within {AheadMax.TotalSeconds:0} s after, may have been carried out already. Look at the alarm and send a new one."))
            : null;
    }

    private CommandVerdict? JudgeRate(string principal, TimeSpan now)
    {
        var (since, count) = _rates.TryGetValue(principal, out var rate) && now - rate.Since < RateWindow ? rate : (now, 0);
        if (count >= settings.PerMinute)
        {
            return new(CommandRefusal.TooMany, string.Create(CultureInfo.InvariantCulture, $"{principal} sent more than {settings.PerMinute} commands within a minute (commands.perMinute in gateway.json). Send it again later."));
        }

        _rates[principal] = (since, count + 1);
        return null;
    }
}
