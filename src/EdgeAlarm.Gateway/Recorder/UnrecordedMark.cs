using System.Globalization;
using System.Text;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>
/// A note on a dying disk that the gateway goes on in memory (rule R9): what lies behind the position in the journal was told to nobody under its own keys. A start that
/// finds it cuts that off, once, and begins an epoch. A disk that takes not even this note leaves it out; then the old epoch goes on.
/// </summary>
/// <param name="folder">The data folder.</param>
internal sealed class UnrecordedMark(DataFolder folder)
{
    private readonly string _path = Path.Combine(folder.Journal, "unrecorded");

    /// <summary>Whether an epoch is owed.</summary>
    public bool IsThere => File.Exists(_path);

    /// <summary>Where the journal is to be cut; null where there is nothing to cut any more.</summary>
    public long? Position => IsThere && long.TryParse(File.ReadAllText(_path), NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : null;

    /// <summary>Leaves the note.</summary>
    /// <param name="position">Where the journal is to be cut; null for an epoch that is owed alone.</param>
    public void Write(long? position) => folder.Disk.WriteWhole(_path, Encoding.UTF8.GetBytes(position?.ToString(CultureInfo.InvariantCulture) ?? "cut"));

    /// <summary>Takes it away.</summary>
    public void Delete()
    {
        if (IsThere)
        {
            folder.Disk.Delete(_path);
            folder.Disk.FlushFolder(folder.Journal);
        }
    }
}
