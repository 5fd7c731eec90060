using System.Diagnostics;
using System.Text.Json;

namespace EdgeAlarm.Benchmarks.OpcUa;

/// <summary>A process that says one line of JSON and ends.</summary>
internal static class ChildProcess
{
    /// <summary>Runs it.</summary>
    /// <exception cref="InvalidOperationException">It said something else; the message has its errors.</exception>
    internal static async Task<T> RunAsync<T>(string program, IEnumerable<string> arguments, string workingFolder)
    {
        using var child = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingFolder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        })!; // a started process, or an exception
        var errors = child.StandardError.ReadToEndAsync();
        var line = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        try
        {
            return JsonSerializer.Deserialize<T>(line, JsonSerializerOptions.Web) ?? throw new JsonException("nothing was said");
        }
        catch (JsonException malformed)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {child.ExitCode} and said \"{line}\": {await errors}", malformed);
        }
    }
}
