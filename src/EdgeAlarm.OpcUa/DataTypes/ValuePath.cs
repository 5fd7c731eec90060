using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace EdgeAlarm.OpcUa.DataTypes;

/// <summary>The way from a node's value to a number in it: elements <c>[2]</c> or <c>[1,3]</c>, members <c>/Field</c>, at the end a bit <c>.5</c>.</summary>
/// <param name="Steps">From the outside inwards; none for the value itself.</param>
public sealed record ValuePath(ImmutableArray<ValueStep> Steps)
{
    /// <summary>More steps are refused.</summary>
    public const int StepsMax = 8;

    private const int BitMax = 63;
    private const int DimensionsMax = 4;

    /// <summary>The value itself.</summary>
    public static readonly ValuePath Whole = new([]);

    /// <summary>Reads a path.</summary>
    /// <param name="text">Such as <c>/Status/Bits.3</c>; empty for <see cref="Whole"/>.</param>
    /// <param name="path">The path.</param>
    /// <param name="position">Where it is malformed, counted from 0.</param>
    /// <param name="fault">What is wrong there.</param>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out ValuePath? path, out int position, [NotNullWhen(false)] out string? fault)
    {
        var steps = ImmutableArray.CreateBuilder<ValueStep>();
        path = null;
        position = 0;
        while (position < text.Length)
        {
            if (steps.Count == StepsMax)
            {
                fault = $"more than {StepsMax} steps";
                return false;
            }
            var length = text[position] switch
            {
                '[' => ReadElement(text, position, steps, out fault),
                '/' => ReadMember(text, position, steps, out fault),
                '.' => ReadBit(text, position, steps, out fault),
                _ => Fault("write [2] for an element, /Field for a member or .5 for a bit", out fault),
            };
            if (fault is not null)
            {
                return false;
            }
            position += length;
        }
        fault = null;
        path = new(steps.ToImmutable());
        return true;
    }

    /// <inheritdoc />
    public bool Equals(ValuePath? other) => other is not null && Steps.SequenceEqual(other.Steps);

    /// <inheritdoc />
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>The text that <see cref="TryParse"/> reads.</summary>
    public override string ToString() => string.Concat(Steps);

    private static int ReadElement(ReadOnlySpan<char> text, int start, ImmutableArray<ValueStep>.Builder steps, out string? fault)
    {
        var end = text[start..].IndexOf(']');
        if (end < 0)
        {
            return Fault("'[' without ']'", out fault);
        }
        var indexes = ImmutableArray.CreateBuilder<int>();
        foreach (var range in text.Slice(start + 1, end - 1).Split(','))
        {
            if (indexes.Count == DimensionsMax || !int.TryParse(text.Slice(start + 1, end - 1)[range], NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            {
                return Fault($"write an index like [2], or [1,3] of a matrix, of at most {DimensionsMax} dimensions", out fault);
            }
            indexes.Add(index);
        }
        steps.Add(new ElementStep(indexes.ToImmutable()));
        fault = null;
        return end + 1;
    }

    private static int ReadMember(ReadOnlySpan<char> text, int start, ImmutableArray<ValueStep>.Builder steps, out string? fault)
    {
        var rest = text[(start + 1)..];
        var length = rest.IndexOfAny("/[].") is >= 0 and var end ? end : rest.Length;
        if (length == 0)
        {
            return Fault("'/' without the name of a member", out fault);
        }
        steps.Add(new MemberStep(rest[..length].ToString()));
        fault = null;
        return length + 1;
    }

    private static int ReadBit(ReadOnlySpan<char> text, int start, ImmutableArray<ValueStep>.Builder steps, out string? fault)
    {
        var digits = text[(start + 1)..];
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var bit) || bit > BitMax)
        {
            return Fault($"write a bit like .5, from .0 to .{BitMax}; nothing follows it", out fault);
        }
        steps.Add(new BitStep(bit));
        fault = null;
        return digits.Length + 1;
    }

    private static int Fault(string what, out string? fault)
    {
        fault = what;
        return 0;
    }
}
