using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace EdgeAlarm.PlantSimulator.Plant;

/// <summary>
/// The ground truth: every value that was set, one line each, in the order of setting, written at the moment of setting.
/// UTF-8 CSV with the header <c>ticks,tag,value,status</c>: .NET UTC ticks of the SourceTimestamp that the server sends; the tag's
/// name; the value as the shortest number that reads back the same, decimal point, booleans as 1 and 0; the status as <c>0x00000000</c>.
/// What is frozen or muted is not set and has no line. Lines reach the operating system when the buffer is full, at each
/// <see cref="Flush"/> (at most 100 ms apart while the simulator runs) and at the end; an existing file is replaced.
/// </summary>
internal sealed class ValueLog : IDisposable
{
    internal const string Header = "ticks,tag,value,status\n";

    private const int LineMax = 320;

    private readonly FileStream _file;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _used;

    internal ValueLog(string path)
    {
        // read and delete are shared: an evaluator reads along
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 0);
        _used = Encoding.UTF8.GetBytes(Header, _buffer);
        Flush();
    }

    /// <summary>Lines written so far.</summary>
    internal long Count { get; private set; }

    internal void Append(long ticks, string tag, double value, uint status)
    {
        if (_buffer.Length - _used < LineMax + (tag.Length * 3))
        {
            Flush();
        }

        var rest = _buffer.AsSpan(_used);
        var start = rest.Length;
        Utf8Formatter.TryFormat(ticks, rest, out var written);
        rest = rest[written..];
        rest[0] = (byte)',';
        rest = rest[(1 + Encoding.UTF8.GetBytes(tag, rest[1..]))..];
        rest[0] = (byte)',';
        value.TryFormat(rest[1..], out written, "R", CultureInfo.InvariantCulture);
        rest = rest[(1 + written)..];
        ",0x"u8.CopyTo(rest);
        status.TryFormat(rest[3..], out written, "x8", CultureInfo.InvariantCulture);
        rest = rest[(3 + written)..];
        rest[0] = (byte)'\n';
        _used += start - rest.Length + 1;
        Count++;
    }

    internal void Flush()
    {
        if (_used > 0)
        {
            _file.Write(_buffer, 0, _used);
            _used = 0;
        }
    }

    public void Dispose()
    {
        Flush();
        _file.Dispose();
    }
}
