package salt.common.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import salt.common.jinja.Calls.Given;
import salt.common.jinja.Calls.Keyword;
import salt.common.jinja.Expressions.Constant;
import salt.common.jinja.filter.Filter;
import salt.common.jinja.filter.Test;
import salt.common.jinja.syntax.SyntaxProblem;
import salt.common.jinja.syntax.Token;
import salt.common.jinja.syntax.Token.Kind;

/** Reads expressions. */
final class ExpressionParser {
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
  private static final Set<String> CONSTANTS =
      Set.of("true", "false", "none", "True", "False", "None");
  private static final int DEEPEST = 150;

  private final TokenStream stream;
  private final ParserScope scope;
  private int depth;

  ExpressionParser(TokenStream stream, ParserScope scope) {
    this.stream = stream;
    this.scope = scope;
  }

  /** One expression; several with commas between them make a tuple. */
  Expression tuple() {
    return tuple(true, List.of());
  }

  /** As {@link #tuple()}, up to one of these names. */
  Expression tuple(boolean conditional, List<String> ends) {
    Token start = stream.current();
    List<Expression> items = new ArrayList<>();
    boolean comma = false;
    while (true) {
      if (!items.isEmpty() && !comma) {
        break;
      } else if (atEnd(ends)) {
        break;
      }
      items.add(conditional ? expression() : or());
      comma = stream.skip(",");
    }
    if (items.size() == 1 && !comma) {
      return items.get(0);
    } else if (items.isEmpty()) {
      throw stream.problem("Expected an expression, got '" + stream.current().described() + "'");
    }
    return new Expressions.TupleOf(items, start.line());
  }

  private boolean atEnd(List<String> ends) {
    Token token = stream.current();
    return token.kind() == Kind.VARIABLE_END
        || token.kind() == Kind.BLOCK_END
        || token.is(")")
        || ends.stream().anyMatch(token::isName);
  }

  /** One expression. */
  Expression expression() {
    if (++depth > DEEPEST) {
      throw stream.problem("too many nested expressions");
    }
    SyntaxProblem missing = scope.missing().orElse(null);
    Expression value = or();
    while (stream.current().isName("if")) {
      int line = stream.next().line();
      scope.forget(missing);
      // Names of filters within are looked up only when the part is reached.
      scope.enterCondition();
      Expression test = or();
      Expression other = stream.skipName("else") ? expression() : null;
      scope.leaveCondition();
      value = new Expressions.Conditional(test, value, other, line);
    }
    depth--;
    return value;
  }

  private Expression or() {
    Expression left = and();
    while (stream.current().isName("or")) {
      int line = stream.next().line();
      left = new Operations.Or(left, and(), line);
    }
    return left;
  }

  private Expression and() {
    Expression left = not();
    while (stream.current().isName("and")) {
      int line = stream.next().line();
      left = new Operations.And(left, not(), line);
    }
    return left;
  }

  private Expression not() {
    if (stream.current().isName("not")) {
      int line = stream.next().line();
      if (++depth > DEEPEST) {
        throw stream.problem("too many nested expressions");
      }
      Expression of = not();
      depth--;
      return new Operations.Not(of, line);
    }
    return compare();
  }

  private Expression compare() {
    int line = stream.current().line();
    Expression first = sum();
    List<Operations.Step> steps = new ArrayList<>();
    while (true) {
      Token token = stream.current();
      String operator = null;
      if (token.kind() == Kind.OPERATOR && COMPARISONS.contains(token.text())) {
        operator = token.text();
      } else if (token.isName("in")) {
        operator = "in";
      } else if (token.isName("not") && stream.peek().isName("in")) {
        stream.next();
        operator = "not in";
      }
      if (operator == null) {
        return steps.isEmpty() ? first : new Operations.Compare(first, steps, line);
      }
      stream.next();
      steps.add(new Operations.Step(operator, sum()));
    }
  }

  private Expression sum() {
    return chain(List.of("+", "-"), this::concatenation);
  }

  private Expression concatenation() {
    int line = stream.current().line();
    List<Expression> parts = new ArrayList<>();
    parts.add(product());
    while (stream.skip("~")) {
      parts.add(product());
    }
    return parts.size() == 1 ? parts.get(0) : new Expressions.Concatenation(parts, line);
  }

  private Expression product() {
    return chain(List.of("*", "/", "//", "%"), this::power);
  }

  private Expression power() {
    return chain(List.of("**"), () -> unary(true));
  }

  private Expression chain(List<String> operators, Supplier<Expression> part) {
    int line = stream.current().line();
    Expression left = part.get();
    while (stream.current().kind() == Kind.OPERATOR
        && operators.contains(stream.current().text())) {
      String operator = stream.next().text();
      Expression right = part.get();
      left = new Operations.Between(Operations.binary(operator), left, right, line);
      line = stream.current().line();
    }
    return left;
  }

  private Expression unary(boolean filters) {
    Token token = stream.current();
    Expression node;
    if (token.is("-") || token.is("+")) {
      if (++depth > DEEPEST) {
        throw stream.problem("too many nested expressions");
      }
      stream.next();
      Expression of = unary(false);
      depth--;
      node =
          token.is("-")
              ? new Operations.Negative(of, token.line())
              : new Operations.Positive(of, token.line());
    } else {
      node = primary();
    }
    node = postfix(node);
    return filters ? filters(node) : node;
  }

  Expression primary() {
    Token token = stream.current();
    switch (token.kind()) {
      case NAME -> {
        stream.next();
        return named(token);
      }
      case STRING -> {
        StringBuilder text = new StringBuilder();
        while (stream.current().kind() == Kind.STRING) {
          text.append(stream.next().text());
        }
        return new Constant(text.toString(), token.line());
      }
      case INTEGER, FLOAT -> {
        stream.next();
        return new Constant(token.value(), token.line());
      }
      default -> {
        if (token.is("(")) {
          return parenthesized();
        } else if (token.is("[")) {
          return list();
        } else if (token.is("{")) {
          return map();
        }
        throw stream.problem("unexpected '" + token.described() + "'");
      }
    }
  }

  private Expression named(Token token) {
    if (CONSTANTS.contains(token.text())) {
      Object value =
          switch (token.text().charAt(0)) {
            case 't', 'T' -> true;
            case 'f', 'F' -> false;
            default -> null;
          };
      return new Constant(value, token.line());
    }
    scope.used(token.text());
    return new Expressions.Name(token.text(), token.line(), token.column());
  }

  private Expression parenthesized() {
    Token open = stream.next();
    if (stream.current().is(")")) {
      stream.next();
      return new Expressions.TupleOf(List.of(), open.line());
    }
    Expression inside = tuple();
    stream.expect(")");
    return inside;
  }

  private Expression list() {
    Token open = stream.next();
    List<Expression> items = new ArrayList<>();
    while (!stream.current().is("]")) {
      if (!items.isEmpty()) {
        stream.expect(",");
      }
      if (stream.current().is("]")) {
        break;
      }
      items.add(expression());
    }
    stream.expect("]");
    return new Expressions.ListOf(items, open.line());
  }

  private Expression map() {
    Token open = stream.next();
    List<Expression> keys = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    while (!stream.current().is("}")) {
      if (!keys.isEmpty()) {
        stream.expect(",");
      }
      if (stream.current().is("}")) {
        break;
      }
      keys.add(expression());
      stream.expect(":");
      values.add(expression());
    }
    stream.expect("}");
    return new Expressions.MapOf(keys, values, open.line());
  }

  Expression postfix(Expression start) {
    Expression node = start;
    while (true) {
      Token token = stream.current();
      if (token.is(".") || token.is("[")) {
        node = subscript(node);
      } else if (token.is("(")) {
        node = new Calls.Call(node, arguments(), token.line());
      } else {
        return node;
      }
    }
  }

  private Expression filters(Expression start) {
    Expression node = start;
    while (true) {
      Token token = stream.current();
      if (token.is("|")) {
        node = filter(node);
      } else if (token.isName("is")) {
        node = test(node);
      } else if (token.is("(")) {
        node = new Calls.Call(node, arguments(), token.line());
      } else {
        return node;
      }
    }
  }

  private Expression subscript(Expression node) {
    Token token = stream.next();
    if (token.is(".")) {
      Token name = stream.current();
      if (name.kind() == Kind.NAME) {
        stream.next();
        return new Expressions.Attribute(node, name.text(), token.line());
      } else if (name.kind() != Kind.INTEGER) {
        throw stream.problem("expected name or number");
      }
      stream.next();
      return new Expressions.Item(node, new Constant(name.value(), name.line()), token.line());
    }
    List<BiFunction<Expression, Integer, Expression>> parts = new ArrayList<>();
    while (!stream.current().is("]")) {
      if (!parts.isEmpty()) {
        stream.expect(",");
      }
      parts.add(subscripted());
    }
    stream.expect("]");
    if (parts.size() == 1) {
      return parts.get(0).apply(node, token.line());
    }
    List<Expression> keys = new ArrayList<>();
    parts.forEach(part -> keys.add(((Expressions.Item) part.apply(null, 0)).key()));
    Expression key = new Expressions.TupleOf(keys, token.line());
    return new Expressions.Item(node, key, token.line());
  }

  private BiFunction<Expression, Integer, Expression> subscripted() {
    List<Expression> bounds = new ArrayList<>();
    boolean slice = stream.current().is(":");
    if (!slice) {
      Expression key = expression();
      if (!stream.current().is(":")) {
        return (node, line) -> new Expressions.Item(node, key, line);
      }
      bounds.add(key);
    } else {
      bounds.add(null);
    }
    while (bounds.size() < 3 && stream.skip(":")) {
      Token token = stream.current();
      bounds.add(token.is(":") || token.is("]") || token.is(",") ? null : expression());
    }
    while (bounds.size() < 3) {
      bounds.add(null);
    }
    return (node, line) ->
        new Expressions.Slice(node, bounds.get(0), bounds.get(1), bounds.get(2), line);
  }

  /** The arguments of a call in round brackets. */
  Given arguments() {
    Token open = stream.expect("(");
    List<Expression> positional = new ArrayList<>();
    List<Keyword> keywords = new ArrayList<>();
    Expression rest = null;
    Expression more = null;
    boolean comma = false;
    while (!stream.current().is(")")) {
      if (comma) {
        stream.expect(",");
        if (stream.current().is(")")) {
          break;
        }
      }
      Token token = stream.current();
      if (token.is("*")) {
        ensure(rest == null && more == null, open);
        stream.next();
        rest = expression();
      } else if (token.is("**")) {
        ensure(more == null, open);
        stream.next();
        more = expression();
      } else if (token.kind() == Kind.NAME && stream.peek().is("=")) {
        ensure(more == null, open);
        stream.next();
        stream.next();
        keyword(keywords, token, expression());
      } else {
        ensure(rest == null && more == null && keywords.isEmpty(), open);
        positional.add(expression());
      }
      comma = true;
    }
    stream.expect(")");
    return new Given(positional, keywords, rest, more);
  }

  private void keyword(List<Keyword> keywords, Token name, Expression value) {
    if (keywords.stream().anyMatch(each -> each.name().equals(name.text()))) {
      throw TokenStream.problem("keyword argument repeated: " + name.text(), name);
    }
    keywords.add(new Keyword(name.text(), value));
  }

  private static void ensure(boolean fits, Token open) {
    if (!fits) {
      throw TokenStream.problem("invalid syntax for function call expression", open);
    }
  }

  /** The filters of a block: the first name without a bar. */
  List<Statements.Chained> blockFilters(boolean barFirst) {
    List<Statements.Chained> chain = new ArrayList<>();
    boolean more = !barFirst || stream.current().is("|");
    while (more) {
      if (barFirst || !chain.isEmpty()) {
        stream.expect("|");
      }
      Token name = stream.current();
      String dotted = dotted();
      Filter filter = scope.filter(dotted, name);
      Given given = stream.current().is("(") ? arguments() : Given.NOTHING;
      chain.add(new Statements.Chained(filter, "No filter named '" + dotted + "' found.", given));
      more = stream.current().is("|");
    }
    return chain;
  }

  private String dotted() {
    StringBuilder name = new StringBuilder(stream.expect(Kind.NAME).text());
    while (stream.skip(".")) {
      name.append('.').append(stream.expect(Kind.NAME).text());
    }
    return name.toString();
  }

  private Expression filter(Expression of) {
    stream.next();
    Token token = stream.current();
    String name = dotted();
    Filter filter = scope.filter(name, token);
    Given given = stream.current().is("(") ? arguments() : Given.NOTHING;
    return filter == null
        ? new Expressions.Unavailable(of, "No filter named '" + name + "' found.", token.line())
        : new Calls.FilterCall(of, filter, given, token.line());
  }

  private Expression test(Expression of) {
    int line = stream.next().line();
    boolean negated = stream.skipName("not");
    Token token = stream.current();
    String name = dotted();
    Test test = scope.test(name, token);
    Given given = testArguments();
    return test == null
        ? new Expressions.Unavailable(of, "No test named '" + name + "' found.", line)
        : new Calls.TestCall(of, test, given, negated, line);
  }

  private Given testArguments() {
    Token next = stream.current();
    if (next.is("(")) {
      return arguments();
    }
    boolean operand =
        switch (next.kind()) {
          case NAME -> !(next.isName("else") || next.isName("or") || next.isName("and"));
          case STRING, INTEGER, FLOAT -> true;
          default -> next.is("[") || next.is("{");
        };
    if (!operand) {
      return Given.NOTHING;
    } else if (next.isName("is")) {
      throw stream.problem("You cannot chain multiple tests with is");
    }
    return new Given(List.of(postfix(primary())), List.of(), null, null);
  }
}
