using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.DataTypes;

namespace EdgeAlarm.Gateway.Configuration;

/// <summary>
/// The address of a tag: a NodeId by namespace URI, then the way to a number in the node's value. After a number or a guid the way begins where the identifier
/// ends. A text may itself hold <c>/ [ .</c>, as in <c>s=Line1/Motor.Status[3]</c>: such an address has several readings, and of those the server decides. The
/// longest NodeId that exists counts, so the plain NodeId never loses its meaning.
/// </summary>
public sealed class TagAddress
{
    private const int ReadingsMax = ValuePath.StepsMax + 1;
    private const int GuidLength = 36;
    private const string Prefix = "nsu=";
    private const string Allowed = "write nsu=<namespace uri>;s=<name> (or i=<number>, g=<guid>, b=<base64>)";

    private TagAddress(string text, ImmutableArray<TagAddressReading> readings) => (Text, Readings) = (text, readings);

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>How it can be understood, the longest NodeId first; one at least.</summary>
    public ImmutableArray<TagAddressReading> Readings { get; }

    /// <summary>Reads an address.</summary>
    /// <param name="text">Such as <c>nsu=urn:plant;s=Motor/Status/Bits.3</c>.</param>
    /// <param name="address">The address.</param>
    /// <param name="fault">What is wrong, where, and what is allowed, as a sentence that follows the value.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out TagAddress? address, [NotNullWhen(false)] out string? fault)
    {
        address = null;
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            fault = $"{Allowed}; an index like ns=2 may shift when the PLC is changed.";
            return false;
        }
        var end = text.IndexOf(';', StringComparison.Ordinal);
        if (end <= Prefix.Length)
        {
            fault = At(Prefix.Length, end < 0 ? $"no ';' ends the namespace uri; {Allowed}" : $"the namespace uri is blank; {Allowed}");
            return false;
        }
        var start = end + 1;
        var readings = text.Length < start + 2 || text[start + 1] != '='
            ? None(At(start, $"no identifier; {Allowed}"), out fault)
            : text[start] switch
            {
                'i' => Numeric(text, start, out fault),
                'g' => Guid(text, start, out fault),
                's' or 'b' => Ambiguous(text, start, out fault),
                _ => None(At(start, $"'{text[start]}=' is no kind of identifier; {Allowed}"), out fault),
            };
        address = fault is null ? new(text, readings) : null;
        return fault is null;
    }

    /// <inheritdoc />
    public override string ToString() => Text;

    private static ImmutableArray<TagAddressReading> Numeric(string text, int start, out string? fault)
    {
        var first = start + 2;
        var length = text.AsSpan(first).IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : text.Length - first;
        return uint.TryParse(text.AsSpan(first, length), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? Split(text, first + length, out fault)
            : None(At(first, $"i= takes a number from 0 to {uint.MaxValue}"), out fault);
    }

    private static ImmutableArray<TagAddressReading> Guid(string text, int start, out string? fault)
    {
        var first = start + 2;
        return text.Length - first >= GuidLength && System.Guid.TryParseExact(text.AsSpan(first, GuidLength), "D", out _)
            ? Split(text, first + GuidLength, out fault)
            : None(At(first, "g= takes a guid like 72962b91-fa75-4ae6-8d28-b404dc7daf63"), out fault);
    }

    // every place from which the rest is a path may be the end of the identifier
    private static ImmutableArray<TagAddressReading> Ambiguous(string text, int start, out string? fault)
    {
        var first = start + 2;
        if (text.Length == first)
        {
            return None(At(first, $"the identifier is blank; {Allowed}"), out fault);
        }
        if (text.AsSpan(first).IndexOfAny('[', '/', '.') < 0 && ExpandedNodeId.TryParse(text, out var whole))
        {
            return Found([new(whole, ValuePath.Whole)], out fault);
        }
        var readings = ImmutableArray.CreateBuilder<TagAddressReading>();
        for (var end = text.Length; end > first && readings.Count < ReadingsMax; end--)
        {
            var mayEnd = end == text.Length || text[end] is '[' or '/' or '.';
            if (mayEnd && ValuePath.TryParse(text.AsSpan(end), out var path, out _, out _) && ExpandedNodeId.TryParse(text[..end], out var node))
            {
                readings.Add(new(node, path));
            }
        }
        return readings.Count > 0
            ? Found(readings.ToImmutable(), out fault)
            : None(At(first, "b= takes base64, then [2] for an element, /Field for a member or .5 for a bit"), out fault);
    }

    private static ImmutableArray<TagAddressReading> Split(string text, int end, out string? fault) =>
        ValuePath.TryParse(text.AsSpan(end), out var path, out var position, out var wrong)
            ? Found([new(ExpandedNodeId.Parse(text[..end]), path)], out fault)
            : None(At(end + position, wrong), out fault);

    private static ImmutableArray<TagAddressReading> Found(ImmutableArray<TagAddressReading> readings, out string? fault)
    {
        fault = null;
        return readings;
    }

    private static ImmutableArray<TagAddressReading> None(string wrong, out string? fault)
    {
        fault = wrong;
        return [];
    }

    private static string At(int position, string wrong) => string.Create(CultureInfo.InvariantCulture, $"character {position + 1}: {wrong}.");
}
