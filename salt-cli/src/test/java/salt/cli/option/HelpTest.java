package salt.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HelpTest {
  private static OptionTable.Group group(String title, Option... options) {
    return new OptionTable.Group(title, List.of(options));
  }

  private static String help(OptionTable.Group... groups) {
    return Help.of(new OptionTable("tool", "[options]", "Does things.", List.of(groups)));
  }

  @Test
  void an_option_is_shown_with_its_group_and_its_text() {
    assertThat(help(group("Output", Option.flag("Be loud: 100%.", "-v", "--verbose"))))
        .startsWith("Usage: tool [options]\n")
        .containsPattern("(?m)^Output:\\n +-v, --verbose +Be loud: 100%\\.$");
  }

  @Test
  void an_option_that_is_refused_is_not_shown() {
    assertThat(
            help(
                group(
                    "Output",
                    Option.flag("Be loud.", "--verbose"),
                    Option.flag("Be blue.", "--blue").unavailable())))
        .contains("--verbose")
        .doesNotContain("blue");
  }

  @Test
  void a_group_of_which_nothing_is_left_is_not_shown() {
    assertThat(help(group("Colours", Option.flag("Be blue.", "--blue").unavailable())))
        .doesNotContain("Colours");
  }
}
