using CsCheck;
using EdgeAlarm.Engine;
using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.Gateway.Configuration.Expressions;

namespace EdgeAlarm.Gateway.Tests.Configuration.Expressions;

/// <summary>Reading expressions: what binds stronger, and where a fault stands.</summary>
public sealed class ExpressionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TagTable _tags;

    public ExpressionTests()
    {
        _folder.Write("tags.csv", "Tag,Source,NodeId\nLT101,PLC1,nsu=u;s=1\nLT-102,PLC1,nsu=u;s=2\nP101_RUN,PLC1,nsu=u;s=3\n4711,PLC1,nsu=u;s=4\nandy,PLC1,nsu=u;s=5\nPLC.T1,PLC1,nsu=u;s=6\n");
        _tags = TagTable.Read(Path.Combine(_folder.Path, "tags.csv"), "tags.csv", [], new FaultList());
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("LT101 > 90", "LT101 90 Greater")]
    [InlineData("LT101 + 2 * 3 > 90 - 1 - 2", "LT101 2 3 Multiply Add 90 1 Subtract 2 Subtract Greater")]
    [InlineData("(LT101 + 2) * 3 >= -0.5", "LT101 2 Add 3 Multiply 0.5 Negate GreaterOrEqual")]
    [InlineData("P101_RUN and LT101 < 0.5 or not P101_RUN and andy", "P101_RUN Truth LT101 0.5 Less And P101_RUN Truth Not andy Truth And Or")]
    [InlineData("not LT101 = 5", "LT101 5 Equal Not")]
    [InlineData("not not andy", "andy Truth Not Not")]
    [InlineData("abs(LT101-[LT-102])>max(1,[4711])", "LT101 LT-102 Subtract Abs 1 4711 Max Greater")]
    [InlineData("bit(PLC.T1, 5)", "PLC.T1 5 Bit")]
    [InlineData("P101_RUN != true", "P101_RUN Truth 1 NotEqual")]
    [InlineData("P101_RUN = (LT101 > 5)", "P101_RUN Truth LT101 5 Greater Equal")]
    [InlineData("LT101 = P101_RUN", "LT101 P101_RUN Equal")]
    [InlineData("  LT101  ", "LT101 Truth")]
    public void An_expression_is_read_as_it_binds(string text, string steps)
    {
        var expression = ExpressionCompiler.Compile(text, _tags, out var faults);

        Assert.Empty(faults);
        Assert.Equal(steps, string.Join(' ', expression!.Steps.Items.Select(step => step.Operator switch
        {
            ExpressionOperator.Number => FormattableString.Invariant($"{step.Number}"),
            ExpressionOperator.Tag => _tags.Definitions[expression.Tags.Items[step.Operand]].Name,
            _ => step.Operator.ToString(),
        })));
    }

    [Theory]
    [InlineData("LT101 >", 8, "the end is not expected")]
    [InlineData("LT101 > > 5", 9, "'>' is not expected")]
    [InlineData("(LT101 > 5", 11, "the end is not expected")]
    [InlineData("LT101 > 5 > 3", 11, "'>' is not expected")]
    [InlineData("LT103 > 5", 1, "did you mean \"LT101\"?")]
    [InlineData("P101_RUN and LT101 + 5", 20, "+ gives a number where a condition belongs")]
    [InlineData("LT101 + (LT101 > 5) > 2", 16, "> gives true or false where a number belongs")]
    [InlineData("P101_RUN and 5", 14, "the number gives a number where a condition belongs")]
    [InlineData("LT101 > true", 9, "true gives true or false where a number belongs")]
    [InlineData("sqrt(LT101) > 5", 1, "sqrt is no function; allowed: abs, min, max, bit.")]
    [InlineData("min(LT101) > 5", 1, "min has 1 operands; it takes 2")]
    [InlineData("1 > 2", 3, "names no tag")]
    [InlineData("LT101 > 1,5", 10, "',' is not expected")]
    [InlineData("LT101 AND P101_RUN", 7, "'A' is not expected")]
    [InlineData("", 1, "the end is not expected")]
    public void A_fault_stands_at_its_character(string text, int at, string words)
    {
        Assert.Null(ExpressionCompiler.Compile(text, _tags, out var faults));

        Assert.Equal(at, faults[0].At);
        Assert.Contains(words, faults[0].Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Expressions_without_measure_are_refused_before_they_are_read()
    {
        Assert.Null(ExpressionCompiler.Compile(new string('(', 100_000) + "LT101", _tags, out var nested));
        Assert.Contains("characters", Assert.Single(nested).Words, StringComparison.Ordinal);
        Assert.Null(ExpressionCompiler.Compile(new string('(', 500) + "LT101", _tags, out var deep));
        Assert.Equal(21, Assert.Single(deep).At);

        string[] tooMany = [new string('-', 990) + "1<LT101", string.Join('+', Enumerable.Repeat("LT101", 160)) + "<1"];
        Assert.All(tooMany, text =>
        {
            Assert.Null(ExpressionCompiler.Compile(text, _tags, out var faults));
            Assert.Contains("more than 256 parts", faults[0].Words, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Whatever_stands_there_is_an_expression_or_a_fault_with_a_place()
    {
        // Random words of the grammar in any order.
        string[] words = ["LT101", "[LT-102]", "P101_RUN", "5", "0.5", "+", "-", "*", "/", "<", "<=", "=", "!=", "and", "or", "not", "(", ")", "min(", "bit(", "abs(", ",", "true", "#", " "];
        Gen.Int[0, words.Length - 1].Array[0, 14].Sample(
            picks =>
            {
                var text = string.Join(' ', picks.Select(pick => words[pick]));
                var expression = ExpressionCompiler.Compile(text, _tags, out var faults);
                Assert.Equal(expression is null, faults.Count > 0);
                Assert.All(faults, fault => Assert.InRange(fault.At, 1, text.Length + 1));
            },
            iter: 3_000,
            threads: 1);
    }
}
