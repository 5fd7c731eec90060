using System.CommandLine;
using System.Text.Json;
using EdgeAlarm.Gateway.Recorder;

namespace EdgeAlarm.Verbs;

/// <summary><c>edgealarm journal</c>: looks at the recording as it lies on the disk.</summary>
internal static class JournalVerb
{
    public static Command Command()
    {
        var config = ConfigurationOption.Create();
        var data = new Option<string?>("--data") { Description = "A data folder, instead of the one in the settings.", HelpName = "FOLDER" };
        var json = new Option<bool>("--json") { Description = "One JSON line." };
        var verify = new Command("verify", "Read every byte of the recording, packed or not, and say what is sound and what is not. May run beside the gateway.") { config, data, json };
        verify.SetAction(result => Verify(result.GetValue(config)!, result.GetValue(data), result.GetValue(json)));
        return new("journal", "Look at the recording as it lies on the disk.") { verify };
    }

    private static int Verify(string path, string? data, bool json)
    {
        var folder = data ?? ConfigurationOption.LoadOrReport(path)?.Settings.DataFolder;
        if (folder is null)
        {
            return ExitCode.CouldNotRun;
        }

        if (!Directory.Exists(new DataFolder(folder).Journal))
        {
            Console.Error.WriteLine($"There is no journal in {folder}. Name the data folder with --data.");
            return ExitCode.CouldNotRun;
        }

        try
        {
            var result = JournalVerification.Run(folder);
            Console.WriteLine(json ? JsonSerializer.Serialize(result, JsonSerializerOptions.Web) : string.Join(Environment.NewLine, Lines(result)));
            return result.IsSound ? ExitCode.Done : ExitCode.Found;
        }
        catch (Exception failure) when (failure is DataFolderUnusable or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(failure.Message);
            return ExitCode.CouldNotRun;
        }
    }

    private static IEnumerable<string> Lines(VerificationResult result)
    {
        foreach (var finding in result.Findings)
        {
            yield return $"NOT SOUND  {finding.File}: {finding.Text}";
        }

        foreach (var note in result.Notes)
        {
            yield return $"note       {note.File}: {note.Text}";
        }

        foreach (var range in result.Events)
        {
            yield return $"events     {range.First} to {range.Last} of epoch {range.Epoch}";
        }

        yield return $"{result.Segments} segments and {result.EventSegments} event segments, {result.Packed} of them packed, {result.Records} records, {result.Snapshots} snapshots, {result.Configurations} configurations: "
            + (result.IsSound ? "all sound." : $"{result.Findings.Count} {(result.Findings.Count == 1 ? "fault" : "faults")}.");
    }
}
