using System.Globalization;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace EdgeAlarm.Composition;

/// <summary>Serilog to the console and to a rolling file: a file a day, at most 50 MB each, 31 kept.</summary>
internal sealed class Logging : IDisposable
{
    private const string Template = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} {Level:u3} {EventNumber} {SourceContext} {Message:lj}{NewLine}{Exception}";
    private const string ConsoleTemplate = "{Timestamp:HH:mm:ss.fff} {Level:u3} {Message:lj}{NewLine}{Exception}";
    private const long FileBytesMax = 50_000_000;
    private const int FilesMax = 31;

    private readonly Serilog.Core.Logger _logger;

    /// <summary>Opens the log.</summary>
    /// <param name="folder">Folder of the log files; null for none.</param>
    /// <param name="console">Whether to write to the console, too.</param>
    public Logging(string? folder, bool console)
    {
        var configuration = new LoggerConfiguration().MinimumLevel.Information().Enrich.FromLogContext().Enrich.With<EventNumber>();
        if (console)
        {
            // standard error: standard output belongs to what a verb answers
            configuration.WriteTo.Console(
                outputTemplate: ConsoleTemplate,
                formatProvider: CultureInfo.InvariantCulture,
                standardErrorFromLevel: LogEventLevel.Verbose);
        }

        if (folder is not null)
        {
            configuration.WriteTo.File(
                Path.Combine(folder, "edgealarm-.log"),
                outputTemplate: Template,
                formatProvider: CultureInfo.InvariantCulture,
                rollingInterval: RollingInterval.Day,
                fileSizeLimitBytes: FileBytesMax,
                rollOnFileSizeLimit: true,
                retainedFileCountLimit: FilesMax);
        }

        _logger = configuration.CreateLogger();
        Factory = new SerilogLoggerFactory(_logger);
    }

    /// <summary>Where components get their loggers.</summary>
    public ILoggerFactory Factory { get; }

    /// <summary>Whether log files can be written in a folder: the log itself would say nothing, for it has nowhere to say it.</summary>
    public static bool CanWrite(string folder, out string why)
    {
        try
        {
            Directory.CreateDirectory(folder);
            using var probe = new FileStream(Path.Combine(folder, ".writable"), FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 1, FileOptions.DeleteOnClose);
            why = string.Empty;
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            why = failure.Message;
            return false;
        }
    }

    /// <summary>Writes what is still buffered.</summary>
    public void Dispose()
    {
        Factory.Dispose();
        _logger.Dispose();
    }
}
