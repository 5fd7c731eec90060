using System.Buffers.Binary;

namespace EdgeAlarm.OpcUa.Tests.Fuzzing;

/// <summary>What happens to bytes: flipped bits, cut ends, lengths that lie, bytes put in and taken out.</summary>
internal static class Damage
{
    private static readonly int[] LyingLengths =
        [-1, 0, 1, 2, 255, 65_535, 1_000_000, 1_048_576, 16_777_216, int.MaxValue, int.MinValue, -2];

    /// <summary>Damages a copy in one to three places.</summary>
    public static byte[] To(byte[] valid, Random random)
    {
        var bytes = valid.ToList();
        for (var hits = random.Next(1, 4); hits > 0 && bytes.Count > 0; hits--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 3:
                    var length = new byte[sizeof(int)];
                    BinaryPrimitives.WriteInt32LittleEndian(length, LyingLengths[random.Next(LyingLengths.Length)]);
                    for (var index = 0; index < length.Length && at + index < bytes.Count; index++)
                    {
                        bytes[at + index] = length[index];
                    }

                    break;
                case 4:
                    bytes.InsertRange(at, Enumerable.Repeat((byte)random.Next(256), random.Next(1, 40)));
                    break;
                default:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 9), bytes.Count - at));
                    break;
            }
        }

        return [.. bytes];
    }
}
