using System.Collections.Immutable;

namespace EdgeAlarm.Engine;

/// <summary>An immutable array that equals another with the same items in the same order, as the members of a record have to.</summary>
/// <typeparam name="T">The items.</typeparam>
/// <param name="Items">The array; the default one counts as empty.</param>
public readonly record struct EquatableArray<T>(ImmutableArray<T> Items)
{
    /// <summary>The items.</summary>
    public ReadOnlySpan<T> Span => Items.IsDefault ? [] : Items.AsSpan();

    /// <inheritdoc />
    public bool Equals(EquatableArray<T> other) => Span.SequenceEqual(other.Span);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in Span)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }
}
