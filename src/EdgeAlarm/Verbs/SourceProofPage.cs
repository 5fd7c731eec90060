using System.Globalization;
using EdgeAlarm.Gateway.Acquisition.Proof;

namespace EdgeAlarm.Verbs;

/// <summary>What <c>edgealarm check --connect</c> prints of a source.</summary>
internal static class SourceProofPage
{
    private const int TagsShownMax = 50;
    private const int ValueWidth = 14;

    /// <summary>The lines for people; faults are not among them, since they stand with the other faults.</summary>
    public static IEnumerable<string> Lines(SourceProof proof)
    {
        if (proof.Failure is not null)
        {
            yield return $"{proof.Source}: NOT CONNECTED";
            yield break;
        }
        var clock = proof.ClockOffset is { } offset ? Text($"{offset.Duration().TotalMilliseconds:0} ms {(offset > TimeSpan.Zero ? "behind" : "ahead")}") : "not told";
        yield return $"{proof.Source}: {proof.Server}, profile {proof.Profile}";
        yield return Text($"  clock {clock}, round trip {proof.RoundTrip.TotalMilliseconds:0.0} ms, publishing {proof.Publishing.TotalMilliseconds:0} ms, rides out {proof.RidesOut?.TotalSeconds ?? 0:0.0} s");
        foreach (var remark in proof.Remarks)
        {
            yield return $"  known: {remark}";
        }
        foreach (var group in proof.Tags.Where(tag => tag.Queue > 0).GroupBy(tag => (tag.Sampling, tag.Queue, tag.DetectablePulse)).OrderBy(group => group.Key.Sampling))
        {
            yield return Text($"  {group.Count(),6} tags  sampled {Every(group.Key.Sampling)}, queue {group.Key.Queue}, pulses longer than {group.Key.DetectablePulse.TotalMilliseconds:0} ms are seen");
        }
        var width = proof.Tags.Select(tag => tag.Name.Length).DefaultIfEmpty().Max();
        foreach (var tag in proof.Tags.Take(TagsShownMax))
        {
            yield return $"  {(tag.Faults.Count == 0 ? "ok   " : "FAULT")}  {tag.Name.PadRight(width)}  {Short(tag.Value).PadLeft(ValueWidth)}  {tag.Status}";
        }
        if (proof.Tags.Count > TagsShownMax)
        {
            yield return $"  and {proof.Tags.Count - TagsShownMax} more tags; --json lists them all";
        }
    }

    private static string Every(TimeSpan sampling) => sampling > TimeSpan.Zero ? Text($"every {sampling.TotalMilliseconds:0} ms") : "at each change";

    private static string Short(string value) => value.Length <= ValueWidth ? value : value[..(ValueWidth - 1)] + "\u2026";

    private static string Text(FormattableString words) => words.ToString(CultureInfo.InvariantCulture);
}
