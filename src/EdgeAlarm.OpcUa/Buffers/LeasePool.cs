using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeAlarm.OpcUa.Buffers;

/// <summary>
/// Arrays that are lent, given back and lent again, so that a stream of messages costs no memory but that of the messages under way. What is not given back is the
/// garbage collector's, so that forgetting a lease costs time, never correctness. Any thread.
/// </summary>
/// <remarks>In debug builds what is given back is overwritten: whoever still reads it shows in every test.</remarks>
/// <typeparam name="T">What the arrays hold.</typeparam>
/// <param name="keptMax">Arrays of each size that are kept at most, sizes being powers of two.</param>
/// <param name="lengthMax">Longer arrays are lent, but never kept.</param>
public sealed class LeasePool<T>(int keptMax, int lengthMax)
    where T : struct
{
    private const int LengthMin = 16;

    private readonly Lock _gate = new();
    private readonly Stack<T[]>[] _kept = [.. Enumerable.Range(0, BitOperations.Log2((uint)lengthMax) + 1).Select(_ => new Stack<T[]>())];

    /// <summary>Lends an array, whose contents are whatever they are.</summary>
    /// <param name="length">Elements, 0 or more.</param>
    public Lease<T> Rent(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (length > lengthMax)
        {
            return new(this, new T[length], length);
        }

        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(length, LengthMin));
        var kept = KeptOf(size);
        lock (_gate)
        {
            if (kept?.TryPop(out var array) ?? false)
            {
                return new(this, array, length);
            }
        }

        return new(this, GC.AllocateUninitializedArray<T>(size), length);
    }

    internal void TakeBack(T[] array)
    {
        Overwrite(array);
        if (KeptOf(array.Length) is not { } kept)
        {
            return;
        }

        lock (_gate)
        {
            if (kept.Count < keptMax)
            {
                kept.Push(array);
            }
        }
    }

    private Stack<T[]>? KeptOf(int size) => BitOperations.IsPow2(size) && BitOperations.Log2((uint)size) < _kept.Length ? _kept[BitOperations.Log2((uint)size)] : null;

    [System.Diagnostics.Conditional("DEBUG")]
    private static void Overwrite(T[] array)
    {
        const byte Poison = 0xDB;
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            Array.Clear(array);
        }
        else
        {
            MemoryMarshal.AsBytes(array.AsSpan()).Fill(Poison);
        }
    }
}
