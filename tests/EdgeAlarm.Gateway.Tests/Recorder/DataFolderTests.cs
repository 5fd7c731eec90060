using EdgeAlarm.Gateway.Recorder;
using EdgeAlarm.Gateway.Tests.Configuration;

namespace EdgeAlarm.Gateway.Tests.Recorder;

public sealed class DataFolderTests
{
    [Fact]
    public void A_new_data_folder_is_its_owners_alone_and_one_that_exists_keeps_its_rights()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // rights are inherited there
        }

        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        using var folder = new TemporaryFolder();
        var made = new DataFolder(Path.Combine(folder.Path, "made"));
        var given = Directory.CreateDirectory(Path.Combine(folder.Path, "given"), owner | UnixFileMode.GroupRead | UnixFileMode.GroupExecute);

        made.Create();
        new DataFolder(given.FullName).Create();

        Assert.Equal(owner, File.GetUnixFileMode(made.Root));
        Assert.Equal(owner, File.GetUnixFileMode(made.Journal));
        Assert.True(File.GetUnixFileMode(given.FullName).HasFlag(UnixFileMode.GroupRead));
    }
}
