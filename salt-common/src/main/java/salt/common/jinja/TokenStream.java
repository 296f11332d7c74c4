package salt.common.jinja;

import java.util.List;
import salt.common.jinja.syntax.SyntaxProblem;
import salt.common.jinja.syntax.Token;
import salt.common.jinja.syntax.Token.Kind;

/** The tokens of a template, one after the other. */
final class TokenStream {
  private final List<Token> tokens;
  private int at;

  TokenStream(List<Token> tokens) {
    this.tokens = tokens;
    demandReadable();
  }

  Token current() {
    return tokens.get(at);
  }

  Token peek() {
    Token next = tokens.get(Math.min(at + 1, tokens.size() - 1));
    if (next.value() instanceof SyntaxProblem problem) {
      throw problem;
    }
    return next;
  }

  /** The current token, which is passed. */
  Token next() {
    Token token = current();
    if (at < tokens.size() - 1) {
      at++;
      demandReadable();
    }
    return token;
  }

  private void demandReadable() {
    if (current().value() instanceof SyntaxProblem problem) {
      throw problem;
    }
  }

  boolean skip(String operator) {
    boolean there = current().is(operator);
    if (there) {
      next();
    }
    return there;
  }

  boolean skipName(String name) {
    boolean there = current().isName(name);
    if (there) {
      next();
    }
    return there;
  }

  Token expect(Kind kind) {
    if (current().kind() != kind) {
      throw unexpected(kind.described());
    }
    return next();
  }

  Token expect(String operator) {
    if (!current().is(operator)) {
      throw unexpected(operator);
    }
    return next();
  }

  Token expectName(String name) {
    if (!current().isName(name)) {
      throw unexpected(name);
    }
    return next();
  }

  private SyntaxProblem unexpected(String expected) {
    if (current().kind() == Kind.END) {
      return problem("unexpected end of template, expected '" + expected + "'.");
    }
    return problem("expected token '" + expected + "', got '" + described(current()) + "'");
  }

  static String described(Token token) {
    return token.described();
  }

  SyntaxProblem problem(String message) {
    return problem(message, current());
  }

  static SyntaxProblem problem(String message, Token token) {
    return new SyntaxProblem(message, token.line(), token.column(), false);
  }
}
