using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Configuration.Expressions;

/// <summary>An operator or a function with its operands; <see cref="ExpressionOperator.Number"/> stands for a function that there is not.</summary>
internal sealed record OperatorNode(int At, ExpressionOperator Operator, string Word, IReadOnlyList<ExpressionNode> Operands) : ExpressionNode(At);
