namespace EdgeAlarm.Gateway.Recorder;

/// <summary>Something in a recording that is not as it was written, or is not there.</summary>
/// <param name="File">The file; of something that is missing the folder.</param>
/// <param name="Text">What is wrong, in words for people.</param>
public sealed record VerificationFinding(string File, string Text);
