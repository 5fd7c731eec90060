using System.Globalization;
using EdgeAlarm.OpcUa.BinaryEncoding;

namespace EdgeAlarm.OpcUa.Tests.BinaryEncoding;

/// <summary>Bytes written by hand from the standard: hexadecimal pairs, with words behind a # that tell the field.</summary>
internal static class Golden
{
    internal static byte[] Bytes(string annotated)
    {
        var bytes = new List<byte>();
        foreach (var line in annotated.Split('\n'))
        {
            var pairs = line.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            bytes.AddRange(pairs.Select(pair => byte.Parse(pair, NumberStyles.HexNumber, CultureInfo.InvariantCulture)));
        }

        return [.. bytes];
    }

    /// <summary>The bytes decode to the value, completely, and the value encodes to the bytes.</summary>
    internal static void Holds<T>(string annotated, T value, ElementReader<T> read, ElementWriter<T> write)
    {
        var bytes = Bytes(annotated);
        var decoder = new BinaryDecoder(bytes.AsSpan(), DecodingLimits.Default);
        Assert.Equal(value, read(ref decoder));
        Assert.Equal(0, decoder.Remaining);
        Assert.Equal(bytes, Written(value, write));
    }

    internal static byte[] Written<T>(T value, ElementWriter<T> write)
    {
        var encoder = new BinaryEncoder();
        write(encoder, value);
        return encoder.WrittenSpan.ToArray();
    }

    /// <summary>The exception that a decode of the bytes ends with.</summary>
    internal static ProtocolViolation Refused<T>(string annotated, ElementReader<T> read, DecodingLimits? limits = null)
    {
        var bytes = Bytes(annotated);
        return Assert.Throws<ProtocolViolation>(() =>
        {
            var decoder = new BinaryDecoder(bytes.AsSpan(), limits ?? DecodingLimits.Default);
            _ = read(ref decoder);
        });
    }
}
