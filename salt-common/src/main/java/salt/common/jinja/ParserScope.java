package salt.common.jinja;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import salt.common.jinja.filter.Filter;
import salt.common.jinja.filter.Filters;
import salt.common.jinja.filter.Test;
import salt.common.jinja.syntax.SyntaxProblem;
import salt.common.jinja.syntax.Token;

/** What the parser knows of the place it is at. */
final class ParserScope {
  private static final List<String> SPECIAL = List.of("caller", "kwargs", "varargs");

  private final Filters filters;
  private final Deque<List<String>> macros = new ArrayDeque<>();
  private int conditions;
  private SyntaxProblem missing;

  ParserScope(Filters filters) {
    this.filters = filters;
  }

  /** The first filter or test without a condition around it that does not exist. */
  Optional<SyntaxProblem> missing() {
    return Optional.ofNullable(missing);
  }

  /** Takes back what was found missing since {@code before}: it stands within a condition. */
  void forget(SyntaxProblem before) {
    missing = before;
  }

  void enterCondition() {
    conditions++;
  }

  void leaveCondition() {
    conditions--;
  }

  void enterMacro() {
    macros.push(new ArrayList<>());
  }

  /** Ends a macro; gives the special names that it looks at. */
  List<String> leaveMacro() {
    return List.copyOf(macros.pop());
  }

  void used(String name) {
    if (SPECIAL.contains(name)) {
      macros.forEach(
          macro -> {
            if (!macro.contains(name)) {
              macro.add(name);
            }
          });
    }
  }

  Filter filter(String name, Token token) {
    Filter filter = filters.filter(name);
    if (filter == null) {
      lacks("No filter named '" + name + "'.", token);
    }
    return filter;
  }

  Test test(String name, Token token) {
    Test test = filters.test(name);
    if (test == null) {
      lacks("No test named '" + name + "'.", token);
    }
    return test;
  }

  private void lacks(String message, Token token) {
    if (conditions == 0 && missing == null) {
      missing = new SyntaxProblem(message, token.line(), token.column(), true);
    }
  }

  /** Notes a problem that counts only when the whole template can be parsed. */
  void refuse(String message, Token token) {
    if (missing == null) {
      missing = new SyntaxProblem(message, token.line(), token.column(), true);
    }
  }
}
