using System.Globalization;

namespace EdgeAlarm.PlantSimulator.Scenarios;

/// <summary>The words of one line, read from left to right; the first fault of the line is kept and ends the reading of the line.</summary>
internal sealed class ScenarioLine
{
    private readonly List<ScenarioWord> _words = [];
    private readonly string _text;
    private readonly int _end;
    private int _next;

    internal ScenarioLine(string file, int number, string raw)
    {
        (File, Number) = (file, number);
        _end = Split(raw);
        _text = raw[.._end];
    }

    internal string File { get; }

    internal int Number { get; }

    internal bool IsEmpty => _words.Count == 0;

    internal ScenarioFault? Fault { get; private set; }

    /// <summary>The whole line without comment and surrounding blanks.</summary>
    internal string Text => _text.Trim();

    internal bool AtEnd => _next >= _words.Count;

    /// <summary>The next word, or an empty one behind the last.</summary>
    internal ScenarioWord Peek => AtEnd ? new ScenarioWord(string.Empty, _end + 1) : _words[_next];

    /// <summary>The text from the next word to the end of the line.</summary>
    internal string Rest()
    {
        var rest = AtEnd ? string.Empty : _text[(_words[_next].Column - 1)..].Trim();
        _next = _words.Count;
        return rest;
    }

    /// <summary>The words from the next to the end of the line.</summary>
    internal IReadOnlyList<ScenarioWord> RestWords()
    {
        var rest = _words[Math.Min(_next, _words.Count)..];
        _next = _words.Count;
        return rest;
    }

    internal ScenarioWord Take()
    {
        var word = Peek;
        _next++;
        return word;
    }

    /// <summary>Takes the next word if it is <paramref name="keyword"/>.</summary>
    internal bool TakeIf(string keyword)
    {
        if (!string.Equals(Peek.Text, keyword, StringComparison.Ordinal))
        {
            return false;
        }

        _next++;
        return true;
    }

    /// <summary>Takes the keyword, or tells that it is missing.</summary>
    internal bool Expect(string keyword) => TakeIf(keyword) || Fail(Peek, $"`{keyword}`");

    internal bool TakeDuration(out TimeSpan duration) =>
        ScenarioDuration.TryParse(Peek.Text, out duration) ? Skip() : Fail(Peek, ScenarioDuration.Allowed);

    internal bool TakePositiveDuration(out TimeSpan duration) =>
        ScenarioDuration.TryParse(Peek.Text, out duration) && duration >= TimeSpan.FromMilliseconds(1)
            ? Skip()
            : Fail(Peek, ScenarioDuration.Allowed + ", at least 1ms");

    internal bool TakeValue(out double value, out ScenarioWord written)
    {
        written = Peek;
        value = written.Text switch
        {
            "true" or "on" => 1,
            "false" or "off" => 0,
            _ => double.NaN,
        };
        if (!double.IsNaN(value))
        {
            return Skip();
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(written.Text, Style, CultureInfo.InvariantCulture, out value) && double.IsFinite(value)
            ? Skip()
            : Fail(written, "a number with a decimal point (50.5), or true, false, on, off");
    }

    /// <summary>Tells where something is left over.</summary>
    internal bool ExpectEnd() => AtEnd || Fail(Peek, "nothing more on this line");

    internal bool Fail(ScenarioWord word, string allowed)
    {
        Fault ??= new ScenarioFault(File, Number, word.Column, word.Text, allowed);
        return false;
    }

    private bool Skip()
    {
        _next++;
        return true;
    }

    /// <summary>Splits into words; <c>=</c> and <c>,</c> are words of their own, a quoted text is one; returns where the text ends and the comment begins.</summary>
    private int Split(string raw)
    {
        var position = 0;
        while (position < raw.Length)
        {
            var c = raw[position];
            if (c == '#')
            {
                return position;
            }

            if (char.IsWhiteSpace(c))
            {
                position++;
                continue;
            }

            var length = c switch
            {
                '=' or ',' => 1,
                '"' => QuotedLength(raw, position),
                _ => WordLength(raw, position),
            };
            _words.Add(new ScenarioWord(raw.Substring(position, length), position + 1));
            position += length;
        }

        return raw.Length;
    }

    private static int QuotedLength(string raw, int start)
    {
        var close = raw.IndexOf('"', start + 1);
        return (close < 0 ? raw.Length : close + 1) - start;
    }

    private static int WordLength(string raw, int start)
    {
        var end = start;
        while (end < raw.Length && !char.IsWhiteSpace(raw[end]) && raw[end] is not ('=' or ',' or '#' or '"'))
        {
            end++;
        }

        return end - start;
    }
}
