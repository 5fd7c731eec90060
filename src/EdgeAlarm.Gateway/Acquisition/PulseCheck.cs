namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>
/// Tells which pulses the master alarm list demands and the server cannot promise (F-1): it may sample more slowly than it was asked to, or keep a queue of one, and then a short
/// pulse is never seen, by nobody's fault and without any sign.
/// </summary>
internal static class PulseCheck
{
    /// <summary>Tells what the present items miss; the end of the condition where they miss nothing any more.</summary>
    public static async Task TellAsync(SourceContext source, TagSubscription part, CancellationToken cancellationToken)
    {
        var missing = part.Tags.All.Where(tag => tag.MissesPulses).ToArray();
        if (missing.Length > 0)
        {
            part.MissesPulses = true;
            var (tag, pulse) = (missing[0], missing[0].Tag.ShortestPulse!); // missing, so there is a demand
            source.Logger.PulseTooShort(source.Name, missing.Length, pulse.Alarm, pulse.Length.TotalMilliseconds, tag.Tag.Name, tag.DetectablePulse.TotalMilliseconds);
            var others = missing.Length > 1 ? $", and {missing.Length - 1} other tags" : "";
            await source.Sink.ConditionAsync(
                AcquisitionConditions.PulseTooShort(source.Name, part.Number), true,
                FormattableString.Invariant($"{pulse.Alarm} must not miss pulses of {pulse.Length.TotalMilliseconds:0} ms, but of {tag.Tag.Name} only {tag.DetectablePulse.TotalMilliseconds:0} ms are certain to be seen{others}; let the server sample faster, or latch the pulse in the PLC"),
                cancellationToken);
        }
        else if (part.MissesPulses)
        {
            part.MissesPulses = false;
            await source.Sink.ConditionAsync(AcquisitionConditions.PulseTooShort(source.Name, part.Number), false, "every demanded pulse is certain to be seen", cancellationToken);
        }
    }
}
