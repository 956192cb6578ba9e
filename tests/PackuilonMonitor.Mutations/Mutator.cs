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

        if (node.OperatorToken.Kind() is SyntaxKind.AmpersandAmpersandToken or SyntaxKind.BarBarToken && !Declares(node.Right))
        {
            if (Chosen(node, DroppedCondition, $"{node.OperatorToken.Text} {Short(node.Right)}") is not { } switched)
                return visited;
            var right = node.OperatorToken.IsKind(SyntaxKind.AmpersandAmpersandToken)
                ? $"({Is(switched)} || ({visited.Right}))"
                : $"(!{Is(switched)} && ({visited.Right}))";
            return visited.WithRight(SyntaxFactory.ParseExpression(right).WithTriviaFrom(visited.Right));
        }

        return visited;
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
        number(new Mutation(file, node.SpanStart, node.GetLocation().GetLineSpan().StartLinePosition.Line + 1, kind, what));

    private static string Is(int switched) => $"global::PackuilonMonitor.Mutations.Mutant.Is({switched})";

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

    private static string Short(SyntaxNode node)
    {
        var text = string.Join(' ', node.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length > 90 ? text[..90] + "…" : text;
    }

    private static Dictionary<string, string> Both(params (string One, string Other)[] pairs) =>
        pairs.Concat(pairs.Select(pair => (pair.Other, pair.One))).ToDictionary(pair => pair.Item1, pair => pair.Item2);
}
