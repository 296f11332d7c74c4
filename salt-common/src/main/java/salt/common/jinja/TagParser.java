package salt.common.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import salt.common.jinja.syntax.SyntaxProblem;
import salt.common.jinja.syntax.Token;
import salt.common.jinja.syntax.Token.Kind;

/** Reads statements, from behind their names to the end of their last tag. */
final class TagParser {
  /** What {@link #parse} gives for a name that is no tag. */
  static final Statement NO_TAG = frame -> Statement.Flow.NEXT;

  private static final Set<String> CONSTANTS =
      Set.of("true", "false", "none", "True", "False", "None");

  private final Parser parser;
  private final TokenStream stream;
  private final ExpressionParser expressions;
  private final ParserScope scope;
  private int loops;

  TagParser(Parser parser, TokenStream stream, ExpressionParser expressions, ParserScope scope) {
    this.parser = parser;
    this.stream = stream;
    this.expressions = expressions;
    this.scope = scope;
  }

  Statement parse(Token tag) {
    return switch (tag.text()) {
      case "if" -> parseIf(tag);
      case "for" -> parseFor(tag);
      case "set" -> parseSet(tag);
      case "with" -> parseWith(tag);
      case "filter" -> parseFilter(tag);
      case "macro" -> parseMacro(tag);
      case "call" -> parseCall(tag);
      case "block" -> parseBlock(tag);
      case "print" -> new Statements.Print(expressions.tuple());
      case "do" -> new Statements.Do(expressions.tuple(), tag.line());
      case "autoescape" -> parseAutoescape(tag);
      case "break", "continue" -> parseJump(tag);
      default -> parseLoading(tag);
    };
  }

  private Statement parseLoading(Token tag) {
    return switch (tag.text()) {
      case "extends" -> new Loading.Extends(expressions.expression(), tag.line());
      case "include" -> parseInclude(tag);
      case "import" -> parseImport(tag);
      case "from" -> parseFrom(tag);
      case "load_yaml", "load_json", "load_text" -> parseLoad(tag);
      case "import_yaml", "import_json", "import_text" -> parseImportData(tag);
      case "profile" -> parseProfile();
      default -> NO_TAG;
    };
  }

  private Statement parseIf(Token tag) {
    List<Statements.Branch> branches = new ArrayList<>();
    int line = tag.line();
    scope.enterCondition();
    while (true) {
      Expression test = expressions.tuple(false, List.of());
      List<Statement> body = parser.body("elif", "else", "endif");
      branches.add(new Statements.Branch(test, line, body));
      Token end = stream.next();
      if (end.isName("elif")) {
        line = stream.current().line();
        continue;
      }
      List<Statement> otherwise = List.of();
      if (end.isName("else")) {
        otherwise = parser.bodyTo("endif");
      }
      scope.leaveCondition();
      return new Statements.If(branches, otherwise);
    }
  }

  private Statement parseFor(Token tag) {
    Target target = target(List.of("in"));
    if (target instanceof Target.Name name && "loop".equals(name.name())) {
      scope.refuse("Can't assign to special loop variable in for-loop target", tag);
    }
    stream.expectName("in");
    Expression items = expressions.tuple(false, List.of("recursive"));
    Expression filter = stream.skipName("if") ? expressions.expression() : null;
    boolean recursive = stream.skipName("recursive");
    loops++;
    List<Statement> body = parser.body("endfor", "else");
    loops--;
    List<Statement> otherwise =
        stream.next().isName("endfor") ? List.of() : parser.bodyTo("endfor");
    return new Loop.For(target, items, filter, body, otherwise, recursive, tag.line());
  }

  private Statement parseJump(Token tag) {
    if (loops == 0) {
      throw TokenStream.problem("'" + tag.text() + "' outside loop", tag);
    }
    return new Statements.Jump(
        "break".equals(tag.text()) ? Statement.Flow.BREAK : Statement.Flow.CONTINUE);
  }

  private Statement parseSet(Token tag) {
    Target target;
    if (stream.current().kind() == Kind.NAME && stream.peek().is(".")) {
      String name = stream.next().text();
      stream.next();
      target = new Target.Attribute(name, stream.expect(Kind.NAME).text());
    } else {
      target = target(List.of());
    }
    if (stream.skip("=")) {
      return new Statements.Set(target, expressions.tuple(), tag.line());
    }
    List<Statements.Chained> filters = expressions.blockFilters(true);
    return new Statements.SetBlock(target, filters, parser.bodyTo("endset"), tag.line());
  }

  private Statement parseWith(Token tag) {
    List<Target> targets = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    while (stream.current().kind() != Kind.BLOCK_END) {
      if (!targets.isEmpty()) {
        stream.expect(",");
      }
      targets.add(target(List.of()));
      stream.expect("=");
      values.add(expressions.expression());
    }
    return new Statements.With(targets, values, parser.bodyTo("endwith"), tag.line());
  }

  private Statement parseFilter(Token tag) {
    List<Statements.Chained> filters = expressions.blockFilters(false);
    return new Statements.FilterBlock(filters, parser.bodyTo("endfilter"), tag.line());
  }

  private Statement parseAutoescape(Token tag) {
    Expression on = expressions.expression();
    return new Statements.Autoescape(on, parser.bodyTo("endautoescape"), tag.line());
  }

  private String nameTarget() {
    Token name = stream.expect(Kind.NAME);
    if (CONSTANTS.contains(name.text())) {
      throw TokenStream.problem("can't assign to 'name'", name);
    }
    return name.text();
  }

  private Statement parseMacro(Token tag) {
    String name = nameTarget();
    scope.enterMacro();
    List<String> parameters = new ArrayList<>();
    List<Expression> presets = new ArrayList<>();
    parameters(parameters, presets);
    return new Macro.Define(definition(name, parameters, presets, tag, "endmacro"));
  }

  private Statement parseCall(Token tag) {
    scope.enterMacro();
    List<String> parameters = new ArrayList<>();
    List<Expression> presets = new ArrayList<>();
    if (stream.current().is("(")) {
      parameters(parameters, presets);
    }
    Token token = stream.current();
    if (expressions.expression() instanceof Calls.Call call) {
      Macro.Definition body = definition(null, parameters, presets, tag, "endcall");
      return new Macro.CallBlock(call, body, tag.line());
    }
    throw TokenStream.problem("expected call", token);
  }

  private Macro.Definition definition(
      String name, List<String> parameters, List<Expression> presets, Token tag, String end) {
    int caller = parameters.indexOf("caller");
    if (caller >= 0 && presets.get(caller) == null) {
      scope.refuse(
          "When defining macros or call blocks the special \"caller\" argument must be omitted or"
              + " be given a default.",
          tag);
    }
    int outer = loops;
    loops = 0;
    List<Statement> body = parser.bodyTo(end);
    loops = outer;
    return new Macro.Definition(name, parameters, presets, scope.leaveMacro(), body, tag.line());
  }

  private void parameters(List<String> names, List<Expression> presets) {
    stream.expect("(");
    while (!stream.current().is(")")) {
      if (!names.isEmpty()) {
        stream.expect(",");
      }
      Token token = stream.current();
      String name = nameTarget();
      if (names.contains(name)) {
        throw TokenStream.problem("duplicate argument '" + name + "' in macro definition", token);
      }
      names.add(name);
      if (stream.skip("=")) {
        presets.add(expressions.expression());
      } else if (presets.stream().anyMatch(preset -> preset != null)) {
        throw stream.problem("non-default argument follows default argument");
      } else {
        presets.add(null);
      }
    }
    stream.expect(")");
  }

  private Statement parseBlock(Token tag) {
    Token name = stream.expect(Kind.NAME);
    boolean scoped = stream.skipName("scoped");
    boolean required = stream.skipName("required");
    if (stream.current().is("-")) {
      throw stream.problem(
          "Block names in Jinja have to be valid Python identifiers and may not contain hyphens,"
              + " use an underscore instead.");
    }
    int outer = loops;
    loops = 0;
    List<Statement> body = parser.bodyTo("endblock");
    loops = outer;
    stream.skipName(name.text());
    Statements.Block block = new Statements.Block(name.text(), body, scoped, required, tag.line());
    parser.addBlock(block, tag);
    return block;
  }

  private boolean context(boolean otherwise) {
    Token token = stream.current();
    boolean with = token.isName("with");
    if ((with || token.isName("without")) && stream.peek().isName("context")) {
      stream.next();
      stream.next();
      return with;
    }
    return otherwise;
  }

  private Statement parseInclude(Token tag) {
    Expression name = expressions.expression();
    boolean ignore = false;
    if (stream.current().isName("ignore") && stream.peek().isName("missing")) {
      stream.next();
      stream.next();
      ignore = true;
    }
    return new Loading.Include(name, ignore, context(true), tag.line());
  }

  private Statement parseImport(Token tag) {
    Expression name = expressions.expression();
    stream.expectName("as");
    String target = nameTarget();
    return new Loading.Import(name, target, context(false), tag.line());
  }

  private Statement parseFrom(Token tag) {
    Expression name = expressions.expression();
    stream.expectName("import");
    List<Loading.Name> names = new ArrayList<>();
    while (true) {
      if (!names.isEmpty()) {
        stream.expect(",");
      }
      Token token = stream.current();
      if (token.kind() == Kind.NAME && !names.isEmpty() && contextFollows()) {
        break;
      }
      String imported = nameTarget();
      if (imported.startsWith("_")) {
        throw new SyntaxProblem(
            "names starting with an underline can not be imported",
            token.line(),
            token.column(),
            true);
      }
      String alias = stream.skipName("as") ? nameTarget() : imported;
      names.add(new Loading.Name(imported, alias));
      if (contextFollows() || !stream.current().is(",")) {
        break;
      }
    }
    return new Loading.FromImport(name, names, context(false), tag.line());
  }

  private boolean contextFollows() {
    Token token = stream.current();
    return (token.isName("with") || token.isName("without")) && stream.peek().isName("context");
  }

  private Statement parseLoad(Token tag) {
    stream.expectName("as");
    Target target = target(List.of());
    List<Statement> body = parser.bodyTo("endload");
    return new DataStatements.Load(tag.text(), target, body, tag.line());
  }

  private Statement parseImportData(Token tag) {
    Expression name = expressions.expression();
    stream.expectName("as");
    String target = nameTarget();
    String format = tag.text().replace("import_", "load_");
    return new DataStatements.Import(format, name, target, context(false), tag.line());
  }

  private Statement parseProfile() {
    stream.expectName("as");
    // The label is for Salt's log only, and is not evaluated.
    expressions.expression();
    return new DataStatements.Profile(parser.bodyTo("endprofile"));
  }

  /** What is assigned to: a name, or several in a tuple. */
  private Target target(List<String> ends) {
    Token token = stream.current();
    Expression expression = ends.isEmpty() ? targetTuple(List.of()) : targetTuple(ends);
    return asTarget(expression, token);
  }

  private Expression targetTuple(List<String> ends) {
    List<Expression> items = new ArrayList<>();
    boolean comma = false;
    Token start = stream.current();
    while (items.isEmpty() || comma) {
      Token token = stream.current();
      boolean over =
          token.kind() == Kind.VARIABLE_END
              || token.kind() == Kind.BLOCK_END
              || token.is(")")
              || (!items.isEmpty() && ends.stream().anyMatch(token::isName));
      if (over) {
        break;
      }
      items.add(expressions.primary());
      comma = stream.skip(",");
    }
    if (items.isEmpty()) {
      throw stream.problem("Expected an expression, got '" + stream.current().described() + "'");
    }
    return items.size() == 1 && !comma
        ? items.get(0)
        : new Expressions.TupleOf(items, start.line());
  }

  private static Target asTarget(Expression expression, Token token) {
    if (expression instanceof Expressions.Name name) {
      return new Target.Name(name.name());
    } else if (expression instanceof Expressions.TupleOf tuple) {
      List<Target> targets = new ArrayList<>();
      tuple.items().forEach(item -> targets.add(asTarget(item, token)));
      return new Target.Several(targets);
    }
    String kind =
        expression instanceof Expressions.Constant
            ? "const"
            : expression instanceof Expressions.ListOf ? "list" : "dict";
    throw TokenStream.problem("can't assign to '" + kind + "'", token);
  }
}
