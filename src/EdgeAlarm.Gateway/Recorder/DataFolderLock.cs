using System.Globalization;

namespace EdgeAlarm.Gateway.Recorder;

/// <summary>Keeps a second process off a data folder for as long as it lives. The operating system lets go of it when the process dies, however it dies.</summary>
public sealed class DataFolderLock : IDisposable
{
    private readonly FileStream _file;
    private readonly string _ownerFile;

    private DataFolderLock(FileStream file, string ownerFile)
    {
        _file = file;
        _ownerFile = ownerFile;
    }

    /// <summary>Takes the folder.</summary>
    /// <exception cref="DataFolderUnusable">Another process has it, or it cannot be written to.</exception>
    public static DataFolderLock Take(DataFolder folder)
    {
        var ownerFile = Path.Combine(folder.Root, "lock.owner");
        try
        {
            var file = new FileStream(Path.Combine(folder.Root, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            try
            {
                File.WriteAllText(ownerFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            }
            catch
            {
                file.Dispose();
                throw;
            }

            return new(file, ownerFile);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DataFolderUnusable(
                $"The data folder {folder.Root} is in use by {Owner(ownerFile)} ({failure.Message}) Stop that process first, or set \"data\" in gateway.json to another folder.",
                failure);
        }
    }

    /// <summary>Whether a process has the folder at this moment. Where nobody has, asking takes it for an instant: only for those who have reason to think that nobody does.</summary>
    public static bool IsTaken(DataFolder folder)
    {
        try
        {
            using var probe = new FileStream(Path.Combine(folder.Root, "lock"), FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        File.Delete(_ownerFile);
        _file.Dispose();
    }

    private static string Owner(string ownerFile)
    {
        try
        {
            return $"process {File.ReadAllText(ownerFile).Trim()}";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return "another process";
        }
    }
}
