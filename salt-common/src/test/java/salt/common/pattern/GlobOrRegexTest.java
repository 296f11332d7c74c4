package salt.common.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compared with {@code expr_match} of Salt 3006.28. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GlobOrRegexTest {
  @ParameterizedTest
  @CsvSource({
    "web1, web1, true",
    "web*, web1, true",
    "web?, web1, true",
    "web?, web, true",
    "web[!2], web1, true",
    "'web{1,2}', web1, false",
    "web.*, web1, true",
    "web.*, aweb1, false",
    "web\\d, web1, true",
    "web\\d, web12, false",
    "web(1|2), web2, true",
    "a|b, axe, true",
    "a|b, b, true",
    "a|b, cab, false",
    "(, (, true",
    "(, x, false",
    "WEB1, web1, false",
    "(a+)+b, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, false"
  })
  void an_expression_is_a_shell_pattern_or_a_regular_expression(
      String expression, String text, boolean expected) {
    assertThat(GlobOrRegex.matches(expression, text)).isEqualTo(expected);
  }
}
