using System.Globalization;
using EdgeAlarm.Engine;
using Pidgin;
using Pidgin.Expression;
using static Pidgin.Parser;
using static Pidgin.Parser<char>;

namespace EdgeAlarm.Gateway.Configuration.Expressions;

/// <summary>
/// The grammar of expressions: numbers, <c>true false</c>, tags, <c>+ - * /</c>, <c>&lt; &lt;= &gt; &gt;= = !=</c>, <c>not and or</c>, <c>abs min max bit</c> and parentheses.
/// A tag whose name has a minus or begins with a digit stands in brackets: <c>[LT-101]</c>.
/// </summary>
internal static class ExpressionGrammar
{
    private static readonly string[] Words = ["and", "or", "not", "true", "false"];

    private static readonly Dictionary<string, ExpressionOperator> Functions = new(StringComparer.Ordinal)
    {
        ["abs"] = ExpressionOperator.Abs,
        ["min"] = ExpressionOperator.Min,
        ["max"] = ExpressionOperator.Max,
        ["bit"] = ExpressionOperator.Bit,
    };

    private static readonly Parser<char, int> Place = CurrentOffset.Select(offset => offset + 1);

    private static readonly Parser<char, string> Identifier = Map(
        (first, rest) => first + rest,
        Token(character => char.IsAsciiLetter(character) || character == '_'),
        Token(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '.').ManyString());

    private static readonly Parser<char, string> Name = Lexeme(Identifier.Labelled("a tag"));

    private static readonly Parser<char, ExpressionNode> Tree = Rec(() => Expression!);

    private static readonly Parser<char, ExpressionNode> Number = Map(
        (at, text) => (ExpressionNode)new NumberNode(at, double.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)),
        Place,
        Lexeme(Map(
            (whole, fraction) => whole + fraction,
            Digit.AtLeastOnceString(),
            Char('.').Then(Digit.AtLeastOnceString()).Select(digits => "." + digits).Optional().Select(fraction => fraction.GetValueOrDefault(string.Empty))))).Labelled("a number");

    private static readonly Parser<char, ExpressionNode> Bracketed = Map(
        (at, name) => (ExpressionNode)new TagNode(at, name),
        Place,
        Lexeme(Token(character => character is not ']').AtLeastOnceString().Between(Char('['), Char(']')))).Labelled("[a tag]");

    private static readonly Parser<char, ExpressionNode> Named =
        from at in Place
        from name in Try(Name.Where(name => !Words.Contains(name, StringComparer.Ordinal)))
        from operands in Tree.Separated(Symbol(",")).Between(Symbol("("), Symbol(")")).Optional()
        select operands.HasValue ? Call(at, name, [.. operands.Value]) : (ExpressionNode)new TagNode(at, name);

    private static readonly Parser<char, ExpressionNode> Truth =
        from at in Place
        from word in Word("true").ThenReturn(true).Or(Word("false").ThenReturn(false))
        select (ExpressionNode)new TruthNode(at, word);

    private static readonly Parser<char, ExpressionNode> Term = OneOf(Number, Bracketed, Truth, Named, Tree.Between(Symbol("("), Symbol(")")));

    private static readonly Parser<char, ExpressionNode> Expression = ExpressionParser.Build(
        Term,
        [
            Operator.PrefixChainable(Unary("-", ExpressionOperator.Negate)),
            Operator.InfixL(Binary(Symbol("*"), "*", ExpressionOperator.Multiply)).And(Operator.InfixL(Binary(Symbol("/"), "/", ExpressionOperator.Divide))),
            Operator.InfixL(Binary(Symbol("+"), "+", ExpressionOperator.Add)).And(Operator.InfixL(Binary(Symbol("-"), "-", ExpressionOperator.Subtract))),
            Operator.InfixN(Binary(Symbol("<="), "<=", ExpressionOperator.LessOrEqual))
                .And(Operator.InfixN(Binary(Symbol(">="), ">=", ExpressionOperator.GreaterOrEqual)))
                .And(Operator.InfixN(Binary(Symbol("!="), "!=", ExpressionOperator.NotEqual)))
                .And(Operator.InfixN(Binary(Symbol("<"), "<", ExpressionOperator.Less)))
                .And(Operator.InfixN(Binary(Symbol(">"), ">", ExpressionOperator.Greater)))
                .And(Operator.InfixN(Binary(Symbol("="), "=", ExpressionOperator.Equal))),
            Operator.PrefixChainable(Place.Before(Word("not")).Select<Func<ExpressionNode, ExpressionNode>>(at => operand => new OperatorNode(at, ExpressionOperator.Not, "not", [operand]))),
            Operator.InfixL(Binary(Word("and"), "and", ExpressionOperator.And)),
            Operator.InfixL(Binary(Word("or"), "or", ExpressionOperator.Or)),
        ]).Labelled("an expression");

    private static readonly Parser<char, ExpressionNode> Whole = SkipWhitespaces.Then(Expression).Before(End);

    /// <summary>The functions by name.</summary>
    public static IReadOnlyCollection<string> FunctionNames => Functions.Keys;

    /// <summary>Reads an expression.</summary>
    /// <param name="text">The text, of bounded length and nesting.</param>
    /// <param name="fault">What is wrong, and at which character; null if nothing is.</param>
    public static ExpressionNode? Read(string text, out (int At, string Words)? fault)
    {
        var result = Whole.Parse(text);
        fault = result.Success ? null : FaultOf(text, result.Error!);
        return result.Success ? result.Value : null;
    }

    private static (int At, string Words) FaultOf(string text, ParseError<char> error)
    {
        var at = error.ErrorOffset + 1;
        var found = error.ErrorOffset < text.Length ? $"'{text[error.ErrorOffset]}'" : "the end";
        return (at, $"{found} is not expected here; an operator, a number or a tag belongs here, and a tag with a minus in its name stands in brackets, [LT-101].");
    }

    private static OperatorNode Call(int at, string name, IReadOnlyList<ExpressionNode> operands) =>
        new OperatorNode(at, Functions.GetValueOrDefault(name, ExpressionOperator.Number), name, operands);

    private static Parser<char, Func<ExpressionNode, ExpressionNode>> Unary(string word, ExpressionOperator what) =>
        Place.Before(Symbol(word)).Select<Func<ExpressionNode, ExpressionNode>>(at => operand => new OperatorNode(at, what, word, [operand]));

    private static Parser<char, Func<ExpressionNode, ExpressionNode, ExpressionNode>> Binary(Parser<char, Unit> symbol, string word, ExpressionOperator what) =>
        Try(Place.Before(symbol)).Select<Func<ExpressionNode, ExpressionNode, ExpressionNode>>(at => (left, right) => new OperatorNode(at, what, word, [left, right]));

    private static Parser<char, Unit> Symbol(string symbol) => Lexeme(Try(String(symbol))).ThenReturn(Unit.Value);

    // a word ends where no name could go on
    private static Parser<char, Unit> Word(string word) =>
        Lexeme(Try(String(word).Before(Not(Token(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '.'))))).ThenReturn(Unit.Value);

    private static Parser<char, T> Lexeme<T>(Parser<char, T> parser) => parser.Before(SkipWhitespaces);
}
