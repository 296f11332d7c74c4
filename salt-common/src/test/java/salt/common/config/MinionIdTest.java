package salt.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MinionIdTest {
  @ParameterizedTest
  @ValueSource(strings = {"web1", "web1.example.com", "a b", "ä", "a:b", "*", "-x", "a.."})
  void an_id_may_be_nearly_any_name(String id) {
    assertThat(MinionId.isValid(id)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", ".x", "a/b", "/a", "a\\b", "a\0b", "a\nb", "a\u0085"})
  void an_id_is_one_visible_name_of_a_file(String id) {
    assertThat(MinionId.isValid(id)).isFalse();
  }

  @Test
  void an_id_is_text_that_is_not_too_long() {
    assertThat(MinionId.isValid(null)).isFalse();
    assertThat(MinionId.isValid(7L)).isFalse();
    assertThat(MinionId.isValid("a".repeat(255))).isTrue();
    assertThat(MinionId.isValid("a".repeat(256))).isFalse();
    assertThat(MinionId.isValid("ä".repeat(128))).isFalse();
  }

  @Test
  void an_id_is_shown_short_and_without_control_characters() {
    assertThat(MinionId.shown("a\nb")).isEqualTo("'a?b'");
    assertThat(MinionId.shown("x".repeat(1000))).hasSizeLessThan(90);
    assertThat(MinionId.shown(null)).isEqualTo("'null'");
  }
}
