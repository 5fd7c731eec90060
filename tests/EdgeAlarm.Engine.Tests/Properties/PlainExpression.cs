using CsCheck;

namespace EdgeAlarm.Engine.Tests.Properties;

/// <summary>Expressions of the naive model: worked out with nulls for what is not known, and made at random.</summary>
internal static class PlainExpression
{
    private static readonly ExpressionOperator[] Arithmetic =
        [ExpressionOperator.Add, ExpressionOperator.Subtract, ExpressionOperator.Multiply, ExpressionOperator.Divide, ExpressionOperator.Min, ExpressionOperator.Max];

    private static readonly ExpressionOperator[] Comparisons =
    [
        ExpressionOperator.Less, ExpressionOperator.LessOrEqual, ExpressionOperator.Greater, ExpressionOperator.GreaterOrEqual, ExpressionOperator.Equal,
        ExpressionOperator.NotEqual, ExpressionOperator.Bit,
    ];

    /// <summary>Any condition over the three tags of the stories; the tag at place 0 is read.</summary>
    public static Gen<ExpressionStep[]> Any { get; } =
        from truth in TruthGen(2)
        from both in Gen.OneOf(ExpressionOperator.And, ExpressionOperator.Or)
        from limit in Gen.OneOf(0.0, 10, 90)
        select (ExpressionStep[])[new(ExpressionOperator.Tag), new(ExpressionOperator.Number, limit), new(ExpressionOperator.GreaterOrEqual), .. truth, new(both)];

    public static double? Value(Expression expression, double?[] values)
    {
        var stack = new Stack<double?>();
        foreach (var step in expression.Steps.Items)
        {
            if (step.Operator is ExpressionOperator.Number or ExpressionOperator.Tag)
            {
                stack.Push(step.Operator == ExpressionOperator.Number ? step.Number : values[step.Operand]);
                continue;
            }

            var right = stack.Pop();
            var left = Expression.OperandsOf(step.Operator) == 2 ? stack.Pop() : null;
            var value = step.Operator switch
            {
                ExpressionOperator.Truth => Bool(right is { } number ? number != 0 : null),
                ExpressionOperator.Not => Bool(!Truth(right)),
                ExpressionOperator.And => Bool(Truth(left) & Truth(right)),
                ExpressionOperator.Or => Bool(Truth(left) | Truth(right)),
                ExpressionOperator.Negate => -right,
                ExpressionOperator.Abs => right < 0 ? -right : right,
                ExpressionOperator.Add => left + right,
                ExpressionOperator.Subtract => left - right,
                ExpressionOperator.Multiply => left * right,
                ExpressionOperator.Divide => left / right,
                ExpressionOperator.Min => left is null || right is null ? null : left < right ? left : right,
                ExpressionOperator.Max => left is null || right is null ? null : left > right ? left : right,
                ExpressionOperator.Bit => left is { } word && right is { } bit && word == Math.Truncate(word) && Math.Abs(word) < Math.Pow(2, 53) && bit is >= 0 and <= 52 && bit % 1 == 0
                    ? Bool(Math.Floor(word / Math.Pow(2, bit)) % 2 != 0)
                    : null,
                _ => left is null || right is null ? null : Bool(step.Operator switch
                {
                    ExpressionOperator.Less => left < right,
                    ExpressionOperator.LessOrEqual => left <= right,
                    ExpressionOperator.Greater => left > right,
                    ExpressionOperator.GreaterOrEqual => left >= right,
                    ExpressionOperator.Equal => left == right,
                    _ => left != right,
                }),
            };
            stack.Push(value is { } known && double.IsNaN(known) ? null : value);
        }

        return stack.Single();
    }

    private static bool? Truth(double? value) => value is { } known ? known != 0 : null;

    private static double? Bool(bool? value) => value is { } known ? known ? 1 : 0 : null;

    private static Gen<ExpressionStep[]> NumberGen(int depth)
    {
        var leaf = Gen.OneOf(
            Gen.OneOf(0.0, 1, 2, 5, 10, 90).Select(number => (ExpressionStep[])[new(ExpressionOperator.Number, number)]),
            Gen.Int[0, 2].Select(tag => (ExpressionStep[])[new(ExpressionOperator.Tag, Operand: tag)]));
        return depth == 0 ? leaf : Gen.OneOf(
            leaf,
            from left in NumberGen(depth - 1)
            from right in NumberGen(depth - 1)
            from what in Gen.OneOf(Arithmetic)
            select (ExpressionStep[])[.. left, .. right, new(what)],
            from operand in NumberGen(depth - 1)
            from what in Gen.OneOf(ExpressionOperator.Negate, ExpressionOperator.Abs)
            select (ExpressionStep[])[.. operand, new(what)]);
    }

    private static Gen<ExpressionStep[]> TruthGen(int depth)
    {
        var leaf = Gen.OneOf(
            Gen.Int[0, 2].Select(tag => (ExpressionStep[])[new(ExpressionOperator.Tag, Operand: tag), new(ExpressionOperator.Truth)]),
            from left in NumberGen(1)
            from right in NumberGen(1)
            from what in Gen.OneOf(Comparisons)
            select (ExpressionStep[])[.. left, .. right, new(what)]);
        return depth == 0 ? leaf : Gen.OneOf(
            leaf,
            TruthGen(depth - 1).Select(operand => (ExpressionStep[])[.. operand, new(ExpressionOperator.Not)]),
            from left in TruthGen(depth - 1)
            from right in TruthGen(depth - 1)
            from what in Gen.OneOf(ExpressionOperator.And, ExpressionOperator.Or)
            select (ExpressionStep[])[.. left, .. right, new(what)]);
    }
}
