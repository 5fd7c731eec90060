using EdgeAlarm.Gateway.Recorder;
using MQTTnet;

namespace EdgeAlarm.Gateway.Uplink;

/// <summary>A publish whose PUBACK has not been seen.</summary>
/// <param name="Event">What was published.</param>
/// <param name="SentAt">When.</param>
/// <param name="Result">The broker's answer.</param>
internal readonly record struct InFlight(StoredEvent Event, TimeSpan SentAt, Task<MqttClientPublishResult> Result);
