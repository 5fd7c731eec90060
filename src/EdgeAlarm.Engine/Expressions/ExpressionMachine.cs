namespace EdgeAlarm.Engine;

/// <summary>Works out expressions. No allocation, no clock, nothing but the four rules of arithmetic that are the same on every machine.</summary>
internal static class ExpressionMachine
{
    private const double True = 1;
    private const double False = 0;
    private const double WholeNumberMax = 9_007_199_254_740_992;
    private const int BitMax = 52;

    /// <summary>The value of an expression.</summary>
    /// <param name="expression">What to work out.</param>
    /// <param name="values">The values of its tags by their place in <see cref="Expression.Tags"/>; NaN where one is not known.</param>
    /// <returns>1 or 0; NaN where it is not known.</returns>
    public static double Run(Expression expression, ReadOnlySpan<double> values)
    {
        Span<double> stack = stackalloc double[Expression.DepthMax];
        var top = -1;
        foreach (ref readonly var step in expression.Steps.Span)
        {
            switch (Expression.OperandsOf(step.Operator))
            {
                case 0:
                    stack[++top] = step.Operator == ExpressionOperator.Tag ? values[step.Operand] : step.Number;
                    break;
                case 1:
                    stack[top] = Of(step.Operator, stack[top]);
                    break;
                case 2:
                    top--;
                    stack[top] = Of(step.Operator, stack[top], stack[top + 1]);
                    break;
            }
        }

        return stack[0];
    }

    private static double Of(ExpressionOperator step, double value)
    {
        if (double.IsNaN(value))
        {
            return double.NaN;
        }

        return step switch
        {
            ExpressionOperator.Truth => TruthOf(value != 0),
            ExpressionOperator.Negate => -value,
            ExpressionOperator.Abs => Math.Abs(value),
            ExpressionOperator.Not => TruthOf(value == 0),
            _ => throw NotOf(step, 1),
        };
    }

    private static double Of(ExpressionOperator step, double left, double right)
    {
        switch (step)
        {
            case ExpressionOperator.And when left == False || right == False:
                return False;
            case ExpressionOperator.Or when left == True || right == True:
                return True;
        }

        if (double.IsNaN(left) || double.IsNaN(right))
        {
            return double.NaN;
        }

        return step switch
        {
            ExpressionOperator.And => True,
            ExpressionOperator.Or => False,
            ExpressionOperator.Add => left + right,
            ExpressionOperator.Subtract => left - right,
            ExpressionOperator.Multiply => left * right,
            ExpressionOperator.Divide => left / right,
            ExpressionOperator.Min => Math.Min(left, right),
            ExpressionOperator.Max => Math.Max(left, right),
            ExpressionOperator.Bit => BitOf(left, right),
            ExpressionOperator.Less => TruthOf(left < right),
            ExpressionOperator.LessOrEqual => TruthOf(left <= right),
            ExpressionOperator.Greater => TruthOf(left > right),
            ExpressionOperator.GreaterOrEqual => TruthOf(left >= right),
            ExpressionOperator.Equal => TruthOf(left == right),
            ExpressionOperator.NotEqual => TruthOf(left != right),
            _ => throw NotOf(step, 2),
        };
    }

    private static double BitOf(double word, double bit)
    {
        var isWhole = Math.Abs(word) < WholeNumberMax && Math.Floor(word) == word;
        var isPlace = bit is >= 0 and <= BitMax && Math.Floor(bit) == bit;
        return isWhole && isPlace ? TruthOf((((long)word >> (int)bit) & 1) == 1) : double.NaN;
    }

    private static double TruthOf(bool holds) => holds ? True : False;

    private static InvariantViolation NotOf(ExpressionOperator step, int operands) => new($"{step} is no step of {operands} operands.");
}
