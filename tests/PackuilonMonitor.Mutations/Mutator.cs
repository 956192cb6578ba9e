using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PackuilonMonitor.Mutations;

/// <summary>
/// Finds the places of a file that can be changed, and writes each chosen change into the code beside what is there, behind a switch: one
/// build holds them all.
/// </summary>
/// <param name="number">The switch of a chosen mutation; null for one that is not chosen.</param>
internal sealed class Mutator(string file, Func<Mutation, int?> number) : CSharpSyntaxRewriter
{
    public const string Boundary = "boundary";
    public const string Order = "order";
    public const string NegatedGuard = "negated guard";
    public const string DroppedCondition = "dropped condition";
    public const string DroppedStatement = "dropped statement";
    public const string OffByOne = "off by one";
    public const string SwappedArguments = "swapped arguments";

    private static readonly Dictionary<SyntaxKind, SyntaxKind> Boundaries = new()
    {
        [SyntaxKind.LessThanToken] = SyntaxKind.LessThanEqualsToken,
        [SyntaxKind.LessThanEqualsToken] = SyntaxKind.LessThanToken,
        [SyntaxKind.GreaterThanToken] = SyntaxKind.GreaterThanEqualsToken,
        [SyntaxKind.GreaterThanEqualsToken] = SyntaxKind.GreaterThanToken,
    };

    private static readonly Dictionary<string, string> Orders = Both(
        ("First", "Last"),
        ("FirstOrDefault", "LastOrDefault"),
        ("FindIndex", "FindLastIndex"),
        ("IndexOf", "LastIndexOf"),
        ("Min", "Max"),
        ("MinBy", "MaxBy"),
        ("OrderBy", "OrderByDescending"),
        ("Take", "TakeLast")
    );

    private static readonly string[] Commutative = ["Equals", "Max", "Min", "ReferenceEquals", "SequenceEqual"];

    public static string Rewrite(string file, string text, Func<Mutation, int?> number) =>
        new Mutator(file, number).Visit(CSharpSyntaxTree.ParseText(text).GetRoot()).ToFullString();

    public override SyntaxNode? VisitBinaryExpression(BinaryExpressionSyntax node)
    {
        var visited = (BinaryExpressionSyntax)base.VisitBinaryExpression(node)!;
        if (IsConstant(node))
            return visited;
        if (Boundaries.TryGetValue(node.OperatorToken.Kind(), out var other) && !Declares(node))
        {
            var sign = SyntaxFactory.Token(other).WithTriviaFrom(visited.OperatorToken);
            return Chosen(node, Boundary, $"{node.OperatorToken.Text} to {sign.Text.Trim()} in {Short(node)}") is { } switched
                ? Either(switched, visited.WithOperatorToken(sign), visited, node)
                : visited;
        }

        var isAnd = node.OperatorToken.IsKind(SyntaxKind.AmpersandAmpersandToken);
        if (isAnd || node.OperatorToken.IsKind(SyntaxKind.BarBarToken))
        {
            var sign = node.OperatorToken.Text;
            if (!Declares(node.Right) && Chosen(node.Right, DroppedCondition, $"{sign} {Short(node.Right)}") is { } right)
                visited = visited.WithRight(Dropped(right, visited.Right, isAnd));
            if (!Declares(node.Left) && Chosen(node.Left, DroppedCondition, $"{Short(node.Left)} {sign}") is { } left)
                visited = visited.WithLeft(Dropped(left, visited.Left, isAnd));
            return visited;
        }

        if (
            node.OperatorToken.Kind() is SyntaxKind.PlusToken or SyntaxKind.MinusToken
            && node.Right is LiteralExpressionSyntax { Token.Value: 1 }
            && !Declares(node)
        )
            return Chosen(node, OffByOne, $"{Short(node)} to {Short(node.Left)}") is { } switched
                ? visited.WithRight(SyntaxFactory.ParseExpression($"({Is(switched)} ? 0 : 1)").WithTriviaFrom(visited.Right))
                : visited;
        return visited;
    }

    public override SyntaxNode? VisitIsPatternExpression(IsPatternExpressionSyntax node)
    {
        ExpressionSyntax visited = (IsPatternExpressionSyntax)base.VisitIsPatternExpression(node)!;
        if (Declares(node) || IsConstant(node))
            return visited;
        foreach (var relation in node.Pattern.DescendantNodesAndSelf().OfType<RelationalPatternSyntax>())
        {
            var sign = SyntaxFactory.Token(Boundaries[relation.OperatorToken.Kind()]).WithTriviaFrom(relation.OperatorToken);
            if (Chosen(relation, Boundary, $"{relation.OperatorToken.Text} to {sign.Text.Trim()} in {Short(node)}") is { } switched)
                visited = Either(switched, node.ReplaceNode(relation, relation.WithOperatorToken(sign)), visited, node);
        }

        return visited;
    }

    /// <summary>Arguments that stand beside each other and are both names: the compiler drops those of different types.</summary>
    public override SyntaxNode? VisitArgumentList(ArgumentListSyntax node)
    {
        var visited = (ArgumentListSyntax)base.VisitArgumentList(node)!;
        if (
            node.Parent is not (InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax)
            || node.Ancestors().OfType<ConditionalAccessExpressionSyntax>().Any(access => access.WhenNotNull.Span.Contains(node.Span))
            || node.Parent.Parent is ExpressionStatementSyntax
            || node.Parent is InvocationExpressionSyntax call && Commutative.Contains(call.Expression.ToString().Split('.')[^1])
            || IsConstant(node)
            || Declares(node.Parent)
        )
            return visited;
        var at = Enumerable.Range(0, Math.Max(0, node.Arguments.Count - 1)).FirstOrDefault(index => IsSwapped(node, index), -1);
        if (
            at < 0
            || Chosen(node, SwappedArguments, $"{node.Arguments[at]} and {node.Arguments[at + 1]} in {Short(node.Parent)}")
                is not { } switched
        )
            return visited;
        var (one, other) = (visited.Arguments[at].Expression, visited.Arguments[at + 1].Expression);
        return visited.ReplaceNodes([one, other], (was, _) => Either(switched, was == one ? other : one, was, was));
    }

    public override SyntaxNode? VisitIfStatement(IfStatementSyntax node)
    {
        var visited = (IfStatementSyntax)base.VisitIfStatement(node)!;
        return !Declares(node.Condition) && Chosen(node.Condition, NegatedGuard, $"if ({Short(node.Condition)})") is { } switched
            ? visited.WithCondition(Negated(switched, visited.Condition))
            : visited;
    }

    public override SyntaxNode? VisitConditionalExpression(ConditionalExpressionSyntax node)
    {
        var visited = (ConditionalExpressionSyntax)base.VisitConditionalExpression(node)!;
        return !IsConstant(node)
            && !Declares(node.Condition)
            && Chosen(node.Condition, NegatedGuard, $"{Short(node.Condition)} ?") is { } switched
            ? visited.WithCondition(Negated(switched, visited.Condition))
            : visited;
    }

    public override SyntaxNode? VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        var visited = (InvocationExpressionSyntax)base.VisitInvocationExpression(node)!;
        if (
            IsConstant(node)
            || Declares(node)
            || node.Parent is ExpressionStatementSyntax
            || node.Ancestors().OfType<ConditionalAccessExpressionSyntax>().Any(access => access.WhenNotNull.Span.Contains(node.Span))
            || visited.Expression is not MemberAccessExpressionSyntax access
            || !Orders.TryGetValue(access.Name.Identifier.Text, out var other)
        )
            return visited;
        var swapped = visited.WithExpression(
            access.WithName(access.Name.WithIdentifier(SyntaxFactory.Identifier(other).WithTriviaFrom(access.Name.Identifier)))
        );
        return Chosen(node, Order, $"{access.Name.Identifier.Text} to {other} in {Short(node)}") is { } switched
            ? Either(switched, swapped, visited, node)
            : visited;
    }

    public override SyntaxNode? VisitExpressionStatement(ExpressionStatementSyntax node)
    {
        var visited = base.VisitExpressionStatement(node)!;
        return !Declares(node) && Chosen(node, DroppedStatement, Short(node)) is { } switched
            ? SyntaxFactory
                .ParseStatement($"{{ if (!{Is(switched)}) {visited.ToString()} }}")
                .WithLeadingTrivia(visited.GetLeadingTrivia())
                .WithTrailingTrivia(visited.GetTrailingTrivia())
            : visited;
    }

    private int? Chosen(SyntaxNode node, string kind, string what) =>
        number(new Mutation(file, node.SpanStart, node.Span.Length, Line(node), kind, what, IsOnce(node)));

    private static int Line(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    private static string Is(int switched) => $"global::PackuilonMonitor.Mutations.Mutant.Is({switched})";

    private static bool IsSwapped(ArgumentListSyntax list, int index) =>
        IsName(list.Arguments[index])
        && IsName(list.Arguments[index + 1])
        && !SyntaxFactory.AreEquivalent(list.Arguments[index], list.Arguments[index + 1]);

    private static bool IsName(ArgumentSyntax argument) =>
        argument is { NameColon: null, RefKindKeyword.RawKind: 0, Expression: IdentifierNameSyntax or MemberAccessExpressionSyntax };

    private static ExpressionSyntax Dropped(int switched, ExpressionSyntax condition, bool isAnd) =>
        SyntaxFactory
            .ParseExpression(isAnd ? $"({Is(switched)} || ({condition}))" : $"(!{Is(switched)} && ({condition}))")
            .WithTriviaFrom(condition);

    private static ExpressionSyntax Either(int switched, ExpressionSyntax changed, ExpressionSyntax there, SyntaxNode node) =>
        SyntaxFactory
            .ParseExpression($"({Is(switched)} ? {changed.ToString()} : {there.ToString()})")
            .WithLeadingTrivia(node.GetLeadingTrivia())
            .WithTrailingTrivia(node.GetTrailingTrivia());

    private static ExpressionSyntax Negated(int switched, ExpressionSyntax condition) =>
        SyntaxFactory.ParseExpression($"({condition.ToString()}) != {Is(switched)}").WithTriviaFrom(condition);

    /// <summary>A name that is declared within cannot be declared twice, or is not assigned on each way.</summary>
    private static bool Declares(SyntaxNode node) => node.DescendantNodesAndSelf().Any(within => within is SingleVariableDesignationSyntax);

    private static bool IsConstant(SyntaxNode node) =>
        node.Ancestors().Any(above =>
            above is AttributeSyntax or ParameterSyntax or CaseSwitchLabelSyntax or EnumMemberDeclarationSyntax or PatternSyntax
            || above is BaseFieldDeclarationSyntax field && field.Modifiers.Any(SyntaxKind.ConstKeyword)
            || above is LocalDeclarationStatementSyntax { IsConst: true }
        );

    /// <summary>What is made once for the whole process: the initial value of a static field.</summary>
    private static bool IsOnce(SyntaxNode node) =>
        !node.Ancestors().Any(above => above is AnonymousFunctionExpressionSyntax)
        && node.Ancestors().Any(above =>
            above switch
            {
                BaseFieldDeclarationSyntax or ConstructorDeclarationSyntax => IsStatic((MemberDeclarationSyntax)above),
                EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property } => IsStatic(property),
                _ => false,
            }
        );

    private static bool IsStatic(MemberDeclarationSyntax member) => member.Modifiers.Any(SyntaxKind.StaticKeyword);

    private static string Short(SyntaxNode node)
    {
        var text = string.Join(' ', node.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length > 90 ? text[..90] + "…" : text;
    }

    private static Dictionary<string, string> Both(params (string One, string Other)[] pairs) =>
        pairs.Concat(pairs.Select(pair => (pair.Other, pair.One))).ToDictionary(pair => pair.Item1, pair => pair.Item2);
}
