using Sprache;

namespace PackuilonMonitor.Core;

/// <summary>
/// The query operators of Sprache's rules as a line needs them. Sprache's own make three closures and two results for
/// each step; these make one result, and stand nearer than Sprache's, so the compiler takes them. One thing differs: the
/// next rule must not depend on the value of the one before. It is made once, when it is first needed, and kept.
/// </summary>
public static class Rules
{
    /// <summary><c>from … from … select</c>: one rule, then the next on what is left.</summary>
    public static Parser<TResult> SelectMany<TFirst, TSecond, TResult>(
        this Parser<TFirst> first, Func<TFirst, Parser<TSecond>> next, Func<TFirst, TSecond, TResult> select)
    {
        Parser<TSecond>? second = null;
        return input =>
        {
            var one = first(input);
            if (!one.WasSuccessful)
                return Failed<TFirst, TResult>(one);
            var two = (second ??= next(one.Value))(one.Remainder);
            return two.WasSuccessful
                ? Result.Success(select(one.Value, two.Value), two.Remainder)
                : Failed<TSecond, TResult>(two);
        };
    }

    /// <summary>One rule, then the next on what is left, whose value counts.</summary>
    public static Parser<TSecond> Then<TFirst, TSecond>(this Parser<TFirst> first, Func<TFirst, Parser<TSecond>> next)
    {
        Parser<TSecond>? second = null;
        return input =>
        {
            var one = first(input);
            return one.WasSuccessful ? (second ??= next(one.Value))(one.Remainder) : Failed<TFirst, TSecond>(one);
        };
    }

    /// <summary>The value turned into another.</summary>
    public static Parser<TResult> Select<T, TResult>(this Parser<T> rule, Func<T, TResult> select) => input =>
    {
        var result = rule(input);
        return result.WasSuccessful ? Result.Success(select(result.Value), result.Remainder) : Failed<T, TResult>(result);
    };

    /// <summary>Fails where the value is not as it must be.</summary>
    public static Parser<T> Where<T>(this Parser<T> rule, Func<T, bool> holds) => input =>
    {
        var result = rule(input);
        return !result.WasSuccessful || holds(result.Value) ? result : Result.Failure<T>(input, "unexpected value", []);
    };

    /// <summary>The first rule, or where that fails the second on the same text.</summary>
    public static Parser<T> Or<T>(this Parser<T> first, Parser<T> second) => input =>
    {
        var one = first(input);
        if (one.WasSuccessful)
            return one;
        var two = second(input);
        return two.WasSuccessful || two.Remainder.Position > one.Remainder.Position ? two
            : two.Remainder.Position < one.Remainder.Position ? one
            : Result.Failure<T>(one.Remainder, one.Message, one.Expectations.Union(two.Expectations));
    };

    private static IResult<TResult> Failed<T, TResult>(IResult<T> failure) =>
        failure as IResult<TResult> ?? Result.Failure<TResult>(failure.Remainder, failure.Message, failure.Expectations);
}
