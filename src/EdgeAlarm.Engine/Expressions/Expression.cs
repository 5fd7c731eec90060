using System.Collections.Immutable;

namespace EdgeAlarm.Engine;

/// <summary>
/// A condition over several tags, compiled to steps of a stack machine: each takes its operands from the stack and puts its result there; the last result is a truth.
/// Whoever reads an expression from text checks its types; here only what the machine relies on is demanded.
/// </summary>
public sealed record Expression
{
    /// <summary>How many values may lie on the stack at once.</summary>
    public const int DepthMax = 32;

    /// <summary>How many steps an expression may have.</summary>
    public const int StepsMax = 256;

    /// <summary>How many tags an expression may read.</summary>
    public const int TagsMax = 32;

    /// <summary>An expression of some steps.</summary>
    /// <param name="steps">The steps, at least one.</param>
    /// <param name="tags">Indexes of the tags that it reads, each once.</param>
    /// <exception cref="InvariantViolation">The steps take more than they put, lay more than <see cref="DepthMax"/> on the stack, leave more than one result, or name a tag that is not there; or it reads more than <see cref="TagsMax"/> tags.</exception>
    public Expression(ImmutableArray<ExpressionStep> steps, ImmutableArray<int> tags)
    {
        Demand(steps.Length is > 0 and <= StepsMax, $"has {steps.Length} steps, 1 to {StepsMax} are possible");
        var depth = 0;
        foreach (var step in steps)
        {
            var taken = OperandsOf(step.Operator);
            Demand(depth >= taken, $"{step.Operator} misses an operand");
            depth += 1 - taken;
            Demand(depth <= DepthMax, $"needs more than {DepthMax} places");
            Demand(step.Operator != ExpressionOperator.Tag || (step.Operand >= 0 && step.Operand < tags.Length), "names a tag that is not there");
            Demand(double.IsFinite(step.Number), "has a number that is not finite");
        }

        Demand(depth == 1, $"leaves {depth} results");
        Demand(tags.Length <= TagsMax, $"reads {tags.Length} tags, {TagsMax} are possible");
        Demand(tags.Distinct().Count() == tags.Length, "names a tag twice");
        Steps = new(steps);
        Tags = new(tags);
    }

    /// <summary>The steps.</summary>
    public EquatableArray<ExpressionStep> Steps { get; }

    /// <summary>Indexes of the tags that it reads: nothing else can change its value.</summary>
    public EquatableArray<int> Tags { get; }

    /// <summary>How many values a step takes from the stack.</summary>
    public static int OperandsOf(ExpressionOperator step) => step switch
    {
        ExpressionOperator.Number or ExpressionOperator.Tag => 0,
        ExpressionOperator.Truth or ExpressionOperator.Negate or ExpressionOperator.Abs or ExpressionOperator.Not => 1,
        ExpressionOperator.Add or ExpressionOperator.Subtract or ExpressionOperator.Multiply or ExpressionOperator.Divide or ExpressionOperator.Min or ExpressionOperator.Max
            or ExpressionOperator.Bit or ExpressionOperator.Less or ExpressionOperator.LessOrEqual or ExpressionOperator.Greater or ExpressionOperator.GreaterOrEqual
            or ExpressionOperator.Equal or ExpressionOperator.NotEqual or ExpressionOperator.And or ExpressionOperator.Or => 2,
    };

    private static void Demand(bool holds, string fault)
    {
        if (!holds)
        {
            throw new InvariantViolation($"An expression was not validated: it {fault}.");
        }
    }
}
