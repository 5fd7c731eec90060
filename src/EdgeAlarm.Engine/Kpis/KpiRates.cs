namespace EdgeAlarm.Engine;

/// <summary>Rates, peaks and shares of time, from the bins of the period. Only bins that are over and valid count, in numerator and denominator.</summary>
internal sealed class KpiRates
{
    private readonly KpiState _state;
    private readonly PlantTime _presentBin;
    private long _annunciated;
    private long _flood;
    private long _wanted;
    private long _seen;
    private int _binsBeyond;
    private int _hours;
    private int _hoursBeyond;

    public KpiRates(KpiState state)
    {
        _state = state;
        _presentBin = KpiDays.BeginOfBin(state.At);
        for (var day = Math.Max(0, state.Days.First); day <= state.Days.Present; day++)
        {
            LookAt(day);
        }

        Since = Since == PlantTime.Zero ? state.At : Since;
        if (state.Days.Present > 0)
        {
            PresentBin = state.Days.BinOf(_presentBin).Annunciated;
            LastBin = state.Days.BinOf(new(_presentBin.Ticks - KpiRules.Bin.Ticks)).Annunciated;
        }
    }

    /// <summary>Begin of the first bin of which anything was to be seen.</summary>
    public PlantTime Since { get; private set; }

    public int Bins { get; private set; }

    public int Valid { get; private set; }

    public int PresentBin { get; }

    public int LastBin { get; }

    public int PresentHour { get; private set; }

    public int PresentDay { get; private set; }

    public int? BinPeak { get; private set; }

    public int? HourPeak { get; private set; }

    public int DayPeak { get; private set; }

    public double? PerBin => Valid == 0 ? null : (double)_annunciated / Valid;

    public double? BinsBeyond => Valid == 0 ? null : 100.0 * _binsBeyond / Valid;

    public double? HoursBeyond => _hours == 0 ? null : 100.0 * _hoursBeyond / _hours;

    public double? Flood => Valid == 0 ? null : 100.0 * _flood / (Valid * KpiRules.Bin.Ticks);

    public double? Coverage => _wanted == 0 ? null : 100.0 * _seen / _wanted;

    private void LookAt(long day)
    {
        var inDay = 0;
        var bins = _state.Days[day].Bins;
        for (var hour = 0; hour < KpiRules.BinsPerDay / KpiRules.BinsPerHour; hour++)
        {
            var sum = default(KpiBin);
            for (var index = hour * KpiRules.BinsPerHour; index < (hour + 1) * KpiRules.BinsPerHour; index++)
            {
                var begin = KpiRules.BeginOf(day) + (KpiRules.Bin * index);
                Take(in bins[index], begin);
                sum.Annunciated += bins[index].Annunciated;
                sum.Wanted += bins[index].Wanted;
                sum.Seen += bins[index].Seen;
            }

            var hourBegin = KpiRules.BeginOf(day) + TimeSpan.FromHours(hour);
            inDay += sum.Annunciated;
            PresentHour = hourBegin <= _presentBin ? sum.Annunciated : PresentHour;
            if (hourBegin + TimeSpan.FromHours(1) <= _presentBin && IsValid(in sum))
            {
                _hours++;
                _hoursBeyond += sum.Annunciated > KpiRules.HourMax ? 1 : 0;
                HourPeak = Math.Max(HourPeak ?? 0, sum.Annunciated);
            }
        }

        PresentDay = inDay;
        DayPeak = Math.Max(DayPeak, inDay);
    }

    private void Take(in KpiBin bin, PlantTime begin)
    {
        if (bin.Wanted == 0)
        {
            return;
        }

        Since = Since == PlantTime.Zero ? begin : Since;
        _wanted += bin.Wanted;
        _seen += bin.Seen;
        if (begin >= _presentBin)
        {
            return;
        }

        Bins++;
        if (IsValid(in bin))
        {
            Valid++;
            _annunciated += bin.Annunciated;
            _flood += bin.Flood + InPresentFlood(begin);
            _binsBeyond += bin.Annunciated > KpiRules.BinMax ? 1 : 0;
            BinPeak = Math.Max(BinPeak ?? 0, bin.Annunciated);
        }
    }

    private long InPresentFlood(PlantTime begin) => _state.Floods.Since == PlantTime.Zero
        ? 0
        : Math.Max(0, (begin + KpiRules.Bin - PlantTime.Max(begin, _state.Floods.Since)).Ticks);

    private static bool IsValid(in KpiBin bin) => bin.Wanted > 0 && (bin.Wanted - bin.Seen) * KpiRules.BlindShare <= bin.Wanted;
}
