namespace EdgeAlarm.Gateway.Configuration;

/// <summary>A site's configuration as one bundle: settings, tags and alarms, complete or not at all.</summary>
/// <param name="Settings">gateway.json.</param>
/// <param name="Tags">tags.csv, by the engine's tag index.</param>
/// <param name="Normalised">What the engine evaluates.</param>
public sealed record Site(GatewaySettings Settings, IReadOnlyList<TagSettings> Tags, NormalisedConfiguration Normalised);
