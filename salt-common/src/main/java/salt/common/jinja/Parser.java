package salt.common.jinja;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import salt.common.jinja.filter.Filters;
import salt.common.jinja.syntax.Delimiters;
import salt.common.jinja.syntax.Lexer;
import salt.common.jinja.syntax.SyntaxProblem;
import salt.common.jinja.syntax.Token;
import salt.common.jinja.syntax.Token.Kind;

/** Reads templates. */
final class Parser {
  private static final int DEEPEST = 100;

  private final TokenStream stream;
  private final ParserScope scope;
  private final ExpressionParser expressions;
  private final TagParser tags;
  private final Map<String, Statements.Block> blocks = new LinkedHashMap<>();
  private final Deque<String> open = new ArrayDeque<>();
  private final Deque<List<String>> ends = new ArrayDeque<>();

  private Parser(List<Token> tokens, Filters filters) {
    this.stream = new TokenStream(tokens);
    this.scope = new ParserScope(filters);
    this.expressions = new ExpressionParser(stream, scope);
    this.tags = new TagParser(this, stream, expressions, scope);
  }

  /**
   * Parses a template.
   *
   * @throws SyntaxProblem when it is none
   */
  static Body parse(String source, Delimiters marks, Filters filters) {
    Parser parser = new Parser(Lexer.tokens(source, marks), filters);
    List<Statement> statements = parser.statements();
    if (parser.scope.missing().isPresent()) {
      throw parser.scope.missing().get();
    }
    return new Body(statements, parser.blocks);
  }

  private List<Statement> statements() {
    List<Statement> statements = new ArrayList<>();
    while (stream.current().kind() != Kind.END) {
      Token token = stream.current();
      switch (token.kind()) {
        case DATA -> {
          stream.next();
          statements.add(new Statements.Text(token.text()));
        }
        case VARIABLE_BEGIN -> {
          stream.next();
          print(statements, expressions.tuple());
          stream.expect(Kind.VARIABLE_END);
        }
        case BLOCK_BEGIN -> {
          stream.next();
          if (!ends.isEmpty() && ends.peek().stream().anyMatch(stream.current()::isName)) {
            return statements;
          }
          Statement statement = statement();
          if (statement != null) {
            statements.add(statement);
          }
          stream.expect(Kind.BLOCK_END);
        }
        default -> throw new IllegalStateException("a token that can't be here: " + token);
      }
    }
    if (!ends.isEmpty()) {
      throw endOfTemplate();
    }
    return statements;
  }

  private static void print(List<Statement> statements, Expression value) {
    statements.add(new Statements.Print(value));
  }

  private Statement statement() {
    Token token = stream.current();
    if (token.kind() != Kind.NAME) {
      throw stream.problem("tag name expected");
    }
    if (open.size() > DEEPEST) {
      throw stream.problem("too many nested statements");
    }
    open.push(token.text());
    stream.next();
    Statement statement = tags.parse(token);
    if (statement == TagParser.NO_TAG) {
      open.pop();
      throw unknownTag(token);
    }
    open.pop();
    return statement;
  }

  /** The statements up to a tag of one of these names, which is left to read. */
  List<Statement> body(String... endings) {
    stream.skip(":");
    stream.expect(Kind.BLOCK_END);
    ends.push(List.of(endings));
    List<Statement> statements = statements();
    ends.pop();
    return statements;
  }

  /** The statements up to the tag of this name, which is passed. */
  List<Statement> bodyTo(String ending) {
    List<Statement> statements = body(ending);
    stream.next();
    return statements;
  }

  void addBlock(Statements.Block block, Token name) {
    if (blocks.putIfAbsent(block.name(), block) != null) {
      // A block of the same name is an error of the whole template, which must first be read.
      scope.refuse("block '" + block.name() + "' defined twice", name);
    }
  }

  private SyntaxProblem unknownTag(Token token) {
    StringBuilder message = new StringBuilder("Encountered unknown tag '" + token.text() + "'.");
    if (!ends.isEmpty()) {
      boolean known = ends.stream().skip(1).anyMatch(names -> names.contains(token.text()));
      message.append(
          known
              ? " You probably made a nesting mistake. Jinja is expecting this tag, but currently"
                  + " looking for "
              : " Jinja was looking for the following tags: ");
      message.append(wanted()).append('.').append(innermost());
    }
    return TokenStream.problem(message.toString(), token);
  }

  private SyntaxProblem endOfTemplate() {
    return stream.problem(
        "Unexpected end of template. Jinja was looking for the following tags: "
            + wanted()
            + "."
            + innermost());
  }

  private String wanted() {
    return ends.peek().stream().map(each -> "'" + each + "'").collect(Collectors.joining(" or "));
  }

  private String innermost() {
    return open.isEmpty()
        ? ""
        : " The innermost block that needs to be closed is '" + open.peek() + "'.";
  }
}
