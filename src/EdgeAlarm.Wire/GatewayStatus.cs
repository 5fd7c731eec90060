using System.Buffers;
using System.Text.Json;

namespace EdgeAlarm.Wire;

/// <summary>
/// Birth and last will of a gateway (topic <c>status</c>, retained, QoS 1): <c>{"online","epoch","lastSeq","version","since","session"}</c>. As last will it was written when the
/// connection began, so that <see cref="LastSeq"/> and <see cref="Since"/> speak of that moment.
/// </summary>
/// <param name="Online">True for the birth, false for the will and for an orderly stop.</param>
/// <param name="Epoch">The journal's present epoch.</param>
/// <param name="LastSeq">Last seq of that epoch when this was written; at least 0.</param>
/// <param name="Version">Version of the gateway's software.</param>
/// <param name="Since">Wall clock of the gateway when this was written, UTC.</param>
/// <param name="Session">Random for each start of the gateway: another one than its own tells a gateway that a second one runs under its name. Empty where it is not told.</param>
public sealed record GatewayStatus(bool Online, Guid Epoch, long LastSeq, string Version, DateTime Since, string Session = "")
{
    /// <summary>Writes the message.</summary>
    /// <param name="output">Takes the UTF-8 bytes.</param>
    public void Write(IBufferWriter<byte> output)
    {
        using var json = WireWriter.Create(output);
        json.WriteStartObject();
        json.WriteBoolean("online", Online);
        json.WriteString("epoch", Epoch);
        json.WriteNumber("lastSeq", LastSeq);
        WireWriter.Text(json, "version", Version);
        WireWriter.Time(json, "since", Since);
        if (Session.Length > 0)
        {
            WireWriter.Text(json, "session", Session);
        }

        json.WriteEndObject();
    }

    /// <summary>Reads the message.</summary>
    /// <param name="utf8">Any bytes.</param>
    /// <exception cref="WireFormatException">The bytes are no status; the message names the member.</exception>
    public static GatewayStatus Parse(ReadOnlySpan<byte> utf8) => WireReader.Object(utf8, Read);

    private static GatewayStatus Read(JsonElement root) => new(
        WireReader.OptionalTruth(root, "online", "online") ?? throw WireReader.Missing("online"),
        WireReader.Epoch(root, "epoch"),
        WireReader.Whole(root, "lastSeq", 0),
        WireReader.Text(root, "version"),
        WireReader.Time(root, "since", "since"),
        WireReader.OptionalText(root, "session") ?? "");
}
