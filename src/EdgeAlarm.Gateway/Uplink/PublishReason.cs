using System.Globalization;
using MQTTnet;

namespace EdgeAlarm.Gateway.Uplink;

/// <summary>Reads reason codes.</summary>
internal static class PublishReason
{
    private const int PacketTooLarge = 0x95; // a code of DISCONNECT that mosquitto also puts into PUBACK; not in MQTTnet's enumeration

    internal static PublishVerdict Judge(MqttClientPublishReasonCode code) => (int)code switch
    {
        (int)MqttClientPublishReasonCode.Success or (int)MqttClientPublishReasonCode.NoMatchingSubscribers => PublishVerdict.Taken,
        PacketTooLarge or (int)MqttClientPublishReasonCode.PayloadFormatInvalid => PublishVerdict.Poison,
        _ => PublishVerdict.Refused,
    };

    /// <summary>Name and number.</summary>
    internal static string Name(MqttClientPublishReasonCode code) => (int)code == PacketTooLarge
        ? "PacketTooLarge (0x95)"
        : string.Create(CultureInfo.InvariantCulture, $"{code} (0x{(int)code:X2})");
}
