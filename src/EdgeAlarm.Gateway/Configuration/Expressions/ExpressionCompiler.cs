using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Configuration.Expressions;

/// <summary>
/// Compiles expressions, with every fault at its character. A tag is a number or a truth as its place demands, because what it is only its PLC knows; everything else has
/// one type, and a number where a truth belongs is a fault: <c>LT101 and P101_RUN</c> is read, <c>LT101 + 5 and P101_RUN</c> is not.
/// </summary>
/// <param name="tags">The site's tags.</param>
internal sealed class ExpressionCompiler(TagTable tags)
{
    private const int LengthMax = 1000;
    private const int NestingMax = 20;

    private readonly List<ExpressionStep> _steps = [];
    private readonly List<int> _reads = [];
    private readonly List<(int At, string Words)> _faults = [];

    /// <summary>Compiles a condition.</summary>
    /// <param name="text">As written.</param>
    /// <param name="tags">The site's tags.</param>
    /// <param name="faults">What is wrong, each with its 1-based character; empty if nothing is.</param>
    /// <returns>The expression, or null if anything is wrong.</returns>
    public static Expression? Compile(string text, TagTable tags, out IReadOnlyList<(int At, string Words)> faults)
    {
        if (Oversize(text) is { } oversize)
        {
            faults = [oversize];
            return null;
        }

        if (ExpressionGrammar.Read(text, out var fault) is not { } tree)
        {
            faults = [fault!.Value];
            return null;
        }

        var compiler = new ExpressionCompiler(tags);
        compiler.Emit(tree, isTruth: true);
        if (compiler._faults.Count == 0 && compiler._reads.Count == 0)
        {
            compiler.Fault(tree, "names no tag, so it never changes.");
        }

        faults = compiler._faults;
        return faults.Count == 0 ? new([.. compiler._steps], [.. compiler._reads]) : null;
    }

    // What the machine can hold, and what the parser can read without going too deep: measured before anything is parsed.
    private static (int At, string Words)? Oversize(string text)
    {
        if (text.Length > LengthMax)
        {
            return (LengthMax + 1, $"has {text.Length} characters; {LengthMax} are allowed. Split it into several alarms.");
        }

        var depth = 0;
        for (var index = 0; index < text.Length; index++)
        {
            depth += text[index] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth > NestingMax)
            {
                return (index + 1, $"has parentheses more than {NestingMax} deep.");
            }
        }

        return null;
    }

    private void Emit(ExpressionNode node, bool isTruth)
    {
        switch (node)
        {
            case NumberNode number:
                DemandType(node, isTruth, yieldsTruth: false, "the number");
                Put(node, new(ExpressionOperator.Number, number.Value));
                break;
            case TruthNode truth:
                DemandType(node, isTruth, yieldsTruth: true, truth.Value ? "true" : "false");
                Put(node, new(ExpressionOperator.Number, truth.Value ? 1 : 0));
                break;
            case TagNode tag:
                EmitTag(tag, isTruth);
                break;
            case OperatorNode operation:
                EmitOperator(operation, isTruth);
                break;
        }
    }

    private void EmitTag(TagNode node, bool isTruth)
    {
        if (!tags.TryFind(node.Name, out var tag))
        {
            Fault(node, $"{node.Name} is no tag of the tag list; {NearestName.Suggest(node.Name, tags.Names)}");
            return;
        }

        var place = _reads.IndexOf(tag);
        if (place < 0)
        {
            place = _reads.Count;
            _reads.Add(tag);
            if (place == Expression.TagsMax)
            {
                Fault(node, $"names more than {Expression.TagsMax} tags.");
            }
        }

        Put(node, new(ExpressionOperator.Tag, Operand: place));
        if (isTruth)
        {
            Put(node, new(ExpressionOperator.Truth));
        }
    }

    private void EmitOperator(OperatorNode node, bool isTruth)
    {
        if (node.Operator == ExpressionOperator.Number)
        {
            Fault(node, $"{node.Word} is no function; allowed: {string.Join(", ", ExpressionGrammar.FunctionNames)}.");
            return;
        }

        if (node.Operands.Count != Expression.OperandsOf(node.Operator))
        {
            Fault(node, $"{node.Word} has {node.Operands.Count} operands; it takes {Expression.OperandsOf(node.Operator)}.");
            return;
        }

        var (takesTruths, yieldsTruth) = TypeOf(node);
        DemandType(node, isTruth, yieldsTruth, node.Word);
        foreach (var operand in node.Operands)
        {
            Emit(operand, takesTruths);
        }

        Put(node, new(node.Operator));
    }

    private static (bool TakesTruths, bool YieldsTruth) TypeOf(OperatorNode node) => node.Operator switch
    {
        ExpressionOperator.And or ExpressionOperator.Or or ExpressionOperator.Not => (true, true),
        ExpressionOperator.Equal or ExpressionOperator.NotEqual => (node.Operands.Any(IsTruth), true),
        ExpressionOperator.Less or ExpressionOperator.LessOrEqual or ExpressionOperator.Greater or ExpressionOperator.GreaterOrEqual or ExpressionOperator.Bit => (false, true),
        ExpressionOperator.Add or ExpressionOperator.Subtract or ExpressionOperator.Multiply or ExpressionOperator.Divide or ExpressionOperator.Negate
            or ExpressionOperator.Abs or ExpressionOperator.Min or ExpressionOperator.Max => (false, false),
        ExpressionOperator.Number or ExpressionOperator.Tag or ExpressionOperator.Truth => (false, false),
    };

    private static bool IsTruth(ExpressionNode node) => node is TruthNode || (node is OperatorNode operation && TypeOf(operation).YieldsTruth);

    private void DemandType(ExpressionNode node, bool isTruth, bool yieldsTruth, string what)
    {
        if (isTruth != yieldsTruth)
        {
            Fault(node, isTruth ? $"{what} gives a number where a condition belongs; compare it, as in > 5." : $"{what} gives true or false where a number belongs.");
        }
    }

    private void Put(ExpressionNode node, ExpressionStep step)
    {
        if (_steps.Count == Expression.StepsMax)
        {
            Fault(node, $"has more than {Expression.StepsMax} parts; split it into several alarms.");
        }

        _steps.Add(step);
    }

    private void Fault(ExpressionNode node, string words) => _faults.Add((node.At, words));
}
