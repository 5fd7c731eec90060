namespace EdgeAlarm.Engine;

/// <summary>
/// The steps of an <see cref="Expression"/>. A truth is 1 or 0, and NaN is "not known", for numbers and truths alike: it is what a Bad value reads as, and what comes of
/// calculating with one.
/// </summary>
public enum ExpressionOperator : byte
{
    /// <summary>Puts a number.</summary>
    Number,

    /// <summary>Puts the value of a tag.</summary>
    Tag,

    /// <summary>Turns a number into a truth: whether it is not 0.</summary>
    Truth,

    /// <summary>The sum of two numbers.</summary>
    Add,

    /// <summary>The difference of two numbers.</summary>
    Subtract,

    /// <summary>The product of two numbers.</summary>
    Multiply,

    /// <summary>The quotient of two numbers; infinite where only the divisor is 0, not known where both are.</summary>
    Divide,

    /// <summary>The number with its sign turned.</summary>
    Negate,

    /// <summary>The number without its sign.</summary>
    Abs,

    /// <summary>The smaller of two numbers; not known where one is not.</summary>
    Min,

    /// <summary>The larger of two numbers; not known where one is not.</summary>
    Max,

    /// <summary>Whether a bit of a whole number is set: the number, then the bit from 0 to 52; not known for what is no whole number below 2^53.</summary>
    Bit,

    /// <summary>Whether the first number is less.</summary>
    Less,

    /// <summary>Whether the first number is not more.</summary>
    LessOrEqual,

    /// <summary>Whether the first number is more.</summary>
    Greater,

    /// <summary>Whether the first number is not less.</summary>
    GreaterOrEqual,

    /// <summary>Whether two numbers, or two truths, are the same.</summary>
    Equal,

    /// <summary>Whether two numbers, or two truths, differ.</summary>
    NotEqual,

    /// <summary>The opposite; not known stays not known.</summary>
    Not,

    /// <summary>False where one is false, whatever the other; otherwise not known where one is not known.</summary>
    And,

    /// <summary>True where one is true, whatever the other; otherwise not known where one is not known.</summary>
    Or,
}
