namespace EdgeAlarm.Engine;

/// <summary>One step of an <see cref="Expression"/>.</summary>
/// <param name="Operator">What it does with the values on the stack.</param>
/// <param name="Number">The number of <see cref="ExpressionOperator.Number"/>, finite; otherwise 0.</param>
/// <param name="Operand">For <see cref="ExpressionOperator.Tag"/> the place of the tag in <see cref="Expression.Tags"/>; otherwise 0.</param>
public readonly record struct ExpressionStep(ExpressionOperator Operator, double Number = 0, int Operand = 0);
