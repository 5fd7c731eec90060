using EdgeAlarm.Gateway.Recorder;

namespace EdgeAlarm.TestServers.Disk;

/// <summary>
/// A disk over a real folder that promises no more than disks promise: bytes are durable after the flush of their file, names after the flush of their folder. A power cut
/// loses, tears and reorders everything else at random, and the folder then holds what survived. It can also be full, fail to flush, or hang.
/// </summary>
public sealed class SimulatedDisk : IDisk
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DiskNode> _live = [];
    private readonly Dictionary<string, DiskNode> _durable = [];
    private readonly List<(string? From, string? To, DiskNode Node)> _names = [];
    private Random _random = new(0);
    private int _stepsLeft = int.MaxValue;

    /// <summary>Whether the power is gone.</summary>
    public bool IsCut { get; private set; }

    /// <summary>A disk that lies: the flush of a file does nothing.</summary>
    public bool IgnoresFileFlush { get; init; }

    /// <summary>A disk, or a program, that leaves names to luck: the flush of a folder does nothing.</summary>
    public bool IgnoresFolderFlush { get; init; }

    /// <summary>What a step of a kind on a path fails with; null for not at all. Called outside of the lock, so it may also wait.</summary>
    public Func<DiskStep, string, Exception?> Fault { get; set; } = static (_, _) => null;

    /// <summary>The power goes in the middle of a step.</summary>
    /// <param name="steps">How many steps go well before.</param>
    /// <param name="random">Decides what survives.</param>
    public void CutAfter(int steps, Random random)
    {
        lock (_gate)
        {
            (_stepsLeft, _random) = (steps, random);
        }
    }

    /// <summary>A disk with what lies in a folder on it, durable.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="isOurs">Which of its files go through this disk.</param>
    public void Adopt(string folder, Func<string, bool> isOurs)
    {
        lock (_gate)
        {
            foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(isOurs).Order(StringComparer.Ordinal))
            {
                var node = new DiskNode();
                node.Write(File.ReadAllBytes(path), 0);
                node.Flush();
                _live[path] = _durable[path] = node;
            }
        }
    }

    /// <summary>The process dies and the machine lives: nothing more is done for it, and what was done stays.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            IsCut = true;
        }
    }

    /// <summary>The next process comes.</summary>
    public void Start()
    {
        lock (_gate)
        {
            (IsCut, _stepsLeft) = (false, int.MaxValue);
        }
    }

    /// <summary>The power goes if it is not gone yet, and comes back: the folder holds what survived.</summary>
    public void CutAndRestore()
    {
        lock (_gate)
        {
            var keep = _random.Next(3);
            foreach (var (from, to, node) in _names)
            {
                if (keep == 2 || (keep == 1 && _random.Next(2) == 0))
                {
                    Rename(_durable, from, to, node);
                }
            }

            _names.Clear();
            foreach (var path in _live.Keys)
            {
                File.Delete(path);
            }

            _live.Clear();
            // by name, so that a seed means the same each time
            foreach (var (path, node) in _durable.OrderBy(each => each.Key, StringComparer.Ordinal))
            {
                File.WriteAllBytes(path, node.Survive(_random));
                _live[path] = node;
            }

            IsCut = false;
            _stepsLeft = int.MaxValue;
        }
    }

    public IDiskFile Create(string path)
    {
        var node = new DiskNode();
        Step(DiskStep.Create, path, () => Name(null, path, node), () => File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write).Dispose());
        return new OpenFile(this, path, node);
    }

    public IDiskFile Open(string path)
    {
        lock (_gate)
        {
            return IsCut ? throw new PowerIsGone() : new OpenFile(this, path, _live[path]);
        }
    }

    public void Move(string from, string to) => Step(DiskStep.Move, from, () => Name(from, to, _live[from]), () => File.Move(from, to, overwrite: true));

    public void Delete(string path)
    {
        if (File.Exists(path))
        {
            Step(DiskStep.Delete, path, () => Name(path, null, _live[path]), () => File.Delete(path));
        }
    }

    public void FlushFolder(string folder) => Step(DiskStep.FlushFolder, folder, () =>
    {
        foreach (var change in IgnoresFolderFlush ? [] : _names.Where(change => Path.GetDirectoryName(change.From) == folder || Path.GetDirectoryName(change.To) == folder).ToList())
        {
            Rename(_durable, change.From, change.To, change.Node);
            _names.Remove(change);
        }
    });

    private static void Rename(Dictionary<string, DiskNode> names, string? from, string? to, DiskNode node)
    {
        if (from is not null)
        {
            names.Remove(from);
        }

        if (to is not null)
        {
            names[to] = node;
        }
    }

    private void Name(string? from, string? to, DiskNode node)
    {
        _names.Add((from, to, node));
        Rename(_live, from, to, node);
    }

    private void Step(DiskStep step, string path, Action model, Action? real = null)
    {
        if (Fault(step, path) is { } fault)
        {
            throw fault;
        }

        lock (_gate)
        {
            if (IsCut)
            {
                throw new PowerIsGone();
            }

            if (_stepsLeft-- == 0)
            {
                IsCut = true;
                if (_random.Next(2) == 0)
                {
                    real?.Invoke();
                    model();
                }

                throw new PowerIsGone();
            }

            real?.Invoke();
            model();
        }
    }

    private sealed class OpenFile(SimulatedDisk disk, string path, DiskNode node) : IDiskFile
    {
        private readonly Microsoft.Win32.SafeHandles.SafeFileHandle _file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);

        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            var copy = bytes.ToArray();
            disk.Step(DiskStep.Write, path, () => node.Write(copy, offset), () => RandomAccess.Write(_file, copy, offset));
        }

        public void SetLength(long length) => disk.Step(DiskStep.SetLength, path, () => node.SetLength(length), () => RandomAccess.SetLength(_file, length));

        public void Flush() => disk.Step(DiskStep.Flush, path, () =>
        {
            if (!disk.IgnoresFileFlush)
            {
                node.Flush();
            }
        });

        public void Dispose() => _file.Dispose();
    }
}
