using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using EdgeAlarm.Gateway.Configuration;
using MQTTnet;

namespace EdgeAlarm.Gateway.Uplink;

/// <summary>Turns what the broker, the network or TLS said into one clear sentence with the next step.</summary>
internal static class BrokerRefusal
{
    private const int UnsupportedProtocolVersion31 = 1; // CONNACK of a broker that speaks MQTT 3.1.1 only

    private const string SecondGatewayStep = "A second gateway runs under this site and gateway name (a cloned machine?): stop it or rename it.";

    internal static UplinkFailure Connecting(MqttSettings broker, Exception failure, TimeSpan timeout)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case UplinkFailure known:
                    return known;
                case AuthenticationException:
                    return new(
                        $"TLS with the broker {Name(broker)} failed: {cause.Message}",
                        "Put the authority of the broker's certificate into mqtt.certificateAuthorityFile, and use the host name that the certificate carries.",
                        failure);
                case SocketException socket:
                    return new(
                        $"The broker {Name(broker)} cannot be reached: {socket.Message.TrimEnd('.')}.",
                        "Check that it runs, mqtt.host and mqtt.port, that mqtt.tls agrees with its port, and the firewall between.",
                        failure);
                case OperationCanceledException or TimeoutException or MQTTnet.Exceptions.MqttCommunicationTimedOutException:
                    return new(
                        string.Create(CultureInfo.InvariantCulture, $"The broker {Name(broker)} did not answer within {timeout.TotalSeconds:0.#} s."),
                        "Check that it runs and is not frozen, and that mqtt.tls agrees with its port.",
                        failure);
                default:
                    break;
            }
        }

        return new(
            $"The connection to the broker {Name(broker)} failed: {failure.Message}",
            "Check the broker's log, and that mqtt.tls agrees with its port.",
            failure);
    }

    internal static UplinkFailure Refused(MqttSettings broker, MqttClientConnectResult result) => new(
        string.Create(CultureInfo.InvariantCulture, $"The broker {Name(broker)} refused the connection: {result.ResultCode} (0x{(int)result.ResultCode:X2}){Words(result.ReasonString)}."),
        result.ResultCode switch
        {
            MqttClientConnectResultCode.BadUserNameOrPassword or MqttClientConnectResultCode.NotAuthorized or MqttClientConnectResultCode.Banned =>
                "Check mqtt.user and mqtt.passwordFile against the broker's users.",
            MqttClientConnectResultCode.UnsupportedProtocolVersion or (MqttClientConnectResultCode)UnsupportedProtocolVersion31 =>
                "The broker must speak MQTT 5: with 3.1.1 it cannot say that it drops a message.",
            _ => "Check the broker's log.",
        });

    internal static UplinkFailure PublishRefused(MqttSettings broker, string topic, MqttClientPublishResult result) => new(
        $"The broker {Name(broker)} refused a message on {topic}: {PublishReason.Name(result.ReasonCode)}{Words(result.ReasonString)}.",
        result.ReasonCode == MqttClientPublishReasonCode.NotAuthorized
            ? $"Give the user {broker.User ?? "(anonymous)"} the right to write {topic} in the broker's ACL."
            : "Check the broker's limits and log.");

    internal static UplinkFailure SubscribeRefused(MqttSettings broker, string topic, MqttClientSubscribeResultCode code) => new(
        string.Create(CultureInfo.InvariantCulture, $"The broker {Name(broker)} refused the subscription to {topic}: {code} (0x{(int)code:X2})."),
        $"Give the user {broker.User ?? "(anonymous)"} the right to read {topic} in the broker's ACL.");

    internal static UplinkFailure Disconnected(MqttSettings broker, MqttClientDisconnectedEventArgs how) => how.Reason == MqttClientDisconnectReason.SessionTakenOver
        ? new($"Another client took over our connection to the broker {Name(broker)}: SessionTakenOver (0x8E).", SecondGatewayStep, how.Exception) { IsTakeover = true }
        : new(
            string.Create(CultureInfo.InvariantCulture, $"The connection to the broker {Name(broker)} broke: {(how.Exception is { } failure ? failure.Message : $"{how.Reason} (0x{(int)how.Reason:X2})")}{Words(how.ReasonString)}."),
            "It is tried again by itself; check the broker and the network if this lasts.",
            how.Exception);

    /// <summary>Brokers such as mosquitto 2.0.11 close a connection that is taken over without saying 0x8E; the status that the other one left says it.</summary>
    internal static UplinkFailure SecondGateway(MqttSettings broker) =>
        new($"Another gateway published its status under our name on the broker {Name(broker)} since we did.", SecondGatewayStep) { IsTakeover = true };

    internal static string Name(MqttSettings broker) => string.Create(CultureInfo.InvariantCulture, $"{broker.Host}:{broker.Port}");

    private static string Words(string? reason) => string.IsNullOrEmpty(reason) ? "" : $" ({reason})";
}
