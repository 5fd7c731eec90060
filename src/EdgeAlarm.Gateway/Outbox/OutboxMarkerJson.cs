using System.Text.Json.Serialization;

namespace EdgeAlarm.Gateway.Outbox;

/// <summary>Serialises <see cref="OutboxMarker"/>.</summary>
[JsonSerializable(typeof(OutboxMarker))]
internal sealed partial class OutboxMarkerJson : JsonSerializerContext;
