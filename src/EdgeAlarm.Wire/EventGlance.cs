using System.Text.Json;

namespace EdgeAlarm.Wire;

/// <summary>What has to be known of an event to choose which is sent first, read from its bytes without building it.</summary>
/// <param name="Urgency">0 for critical to 3 for low; <see cref="None"/> where the event brings no operator anything new.</param>
public readonly record struct EventGlance(int Urgency)
{
    /// <summary>The urgency of what is no alarm that is annunciated.</summary>
    public const int None = int.MaxValue;

    /// <summary>Looks at an event of ours.</summary>
    /// <param name="utf8">What <see cref="EventJson.Write"/> wrote.</param>
    /// <returns>The priority of an alarm that was annunciated or annunciated again and is not suppressed; <see cref="None"/> for everything else.</returns>
    /// <exception cref="JsonException">The bytes are no JSON.</exception>
    public static EventGlance Of(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("kind"u8))
            {
                reader.Read();
                if (!reader.ValueTextEquals("Activated"u8) && !reader.ValueTextEquals("Worsened"u8) && !reader.ValueTextEquals("ReAlarmed"u8))
                {
                    break;
                }
            }
            else if (reader.ValueTextEquals("suppression"u8))
            {
                break;
            }
            else if (reader.ValueTextEquals("priority"u8))
            {
                reader.Read();
                return new(UrgencyOf(ref reader));
            }
            else
            {
                reader.Skip();
            }
        }

        return new(None);
    }

    private static int UrgencyOf(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("critical"u8) ? 0
        : reader.ValueTextEquals("high"u8) ? 1
        : reader.ValueTextEquals("medium"u8) ? 2
        : reader.ValueTextEquals("low"u8) ? 3
        : None;
}
