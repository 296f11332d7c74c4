package salt.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OptionParserTest {
  private final OptionParser parser =
      new OptionParser(
          new OptionTable(
              "tool",
              "[options]",
              "Does things.",
              List.of(
                  new OptionTable.Group(
                      "Options",
                      List.of(
                          Option.of(Option.Action.VERSION, "", "--version"),
                          Option.of(Option.Action.HELP, "", "-h", "--help"),
                          Option.flag("", "-v", "--verbose"),
                          Option.unflag("", "--hide-timeout").to("show_timeout"),
                          Option.integer(5L, "", "-t", "--timeout"),
                          Option.of(Option.Action.NUMBER, "", "--batch-wait"),
                          Option.text("", "-b", "--batch", "--batch-size").initially(""),
                          Option.of(Option.Action.APPEND, "", "-m", "--module-dirs"),
                          Option.of(Option.Action.FILE, "", "--log-file"),
                          Option.of(Option.Action.CHOICE, "", "-l", "--log-level")
                              .among(List.of("info", "debug")))))));

  private CommandLine parse(String... words) {
    return parser.parse(List.of(words));
  }

  @Test
  void options_and_arguments_may_be_mixed() {
    CommandLine line = parse("a", "-v", "b", "--timeout", "9", "c");
    assertThat(line.arguments()).containsExactly("a", "b", "c");
    assertThat(line.flag("verbose")).isTrue();
    assertThat(line.value("timeout")).isEqualTo(9L);
    assertThat(line.given()).containsExactly("verbose", "timeout");
  }

  @Test
  void two_dashes_end_the_options() {
    CommandLine line = parse("--", "-v", "--", "x");
    assertThat(line.arguments()).containsExactly("-v", "--", "x");
    assertThat(line.flag("verbose")).isFalse();
  }

  @Test
  void a_lone_dash_is_an_argument() {
    assertThat(parse("-").arguments()).containsExactly("-");
  }

  @Test
  void a_value_may_look_like_an_option() {
    assertThat(parse("-b", "-v").value("batch")).isEqualTo("-v");
    assertThat(parse("--batch", "--").value("batch")).isEqualTo("--");
  }

  @Test
  void short_options_may_be_joined_with_each_other_and_a_value() {
    CommandLine line = parse("-vt7", "-b10%");
    assertThat(line.flag("verbose")).isTrue();
    assertThat(line.value("timeout")).isEqualTo(7L);
    assertThat(line.value("batch")).isEqualTo("10%");
  }

  @Test
  void long_options_are_known_by_their_beginning() {
    assertThat(parse("--verb").flag("verbose")).isTrue();
    assertThat(parse("--tim=3").value("timeout")).isEqualTo(3L);
    assertThat(parse("--batch=3").value("batch")).isEqualTo("3");
    assertThat(parse("--hide").value("show_timeout")).isEqualTo(false);
  }

  @Test
  void help_and_version_end_the_parsing() {
    assertThat(parse("-v", "--help", "--nosuch").request()).isEqualTo(CommandLine.Request.HELP);
    assertThat(parse("--versi", "-Z").request()).isEqualTo(CommandLine.Request.VERSION);
  }

  @Test
  void values_that_may_come_more_than_once_are_collected() {
    assertThat(parse("-m", "a", "--module-dirs=b").value("module_dirs"))
        .isEqualTo(List.of("a", "b"));
  }

  @Test
  void the_last_value_counts() {
    assertThat(parse("-t1", "-t2").value("timeout")).isEqualTo(2L);
  }

  @ParameterizedTest
  @CsvSource({"x.log,./x.log", "/x/y,/x/y", "a/b,a/b"})
  void a_log_file_without_a_directory_is_in_the_working_directory(String given, String path) {
    assertThat(parse("--log-file", given).value("log_file")).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource({
    "10,10",
    "010,8",
    "0,0",
    "00,0",
    "0x1F,31",
    "0b101,5",
    "-3,-3",
    "+4,4",
    "' 5 ',5",
    "1_000,1000",
    "99999999999999999999,99999999999999999999"
  })
  void whole_numbers_are_read_as_optparse_does(String given, String number) {
    assertThat(parse("-t", given).value("timeout")).hasToString(number);
  }

  @ParameterizedTest
  @CsvSource({"2.5,2.5", "3,3.0", ".5,0.5", "1e2,100.0", "-1,-1.0", "inf,Infinity"})
  void numbers_may_have_a_fraction(String given, String number) {
    assertThat(parse("--batch-wait", given).value("batch_wait")).hasToString(number);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--nosuch=1|no such option: --nosuch",
        "-Z|no such option: -Z",
        "-vZ|no such option: -Z",
        "---|no such option: ---",
        "--verbose=1|--verbose option does not take a value",
        "--verb=1|--verbose option does not take a value",
        "-t|-t option requires 1 argument",
        "--tim|--timeout option requires 1 argument",
        "-tx|option -t: invalid integer value: 'x'",
        "--tim=5.0|option --timeout: invalid integer value: '5.0'",
        "--timeout=|option --timeout: invalid integer value: ''",
        "--timeout=0x-1|option --timeout: invalid integer value: '0x-1'",
        "--timeout=08|option --timeout: invalid integer value: '08'",
        "--batch-wait=1d|option --batch-wait: invalid floating-point value: '1d'",
        "--ver|ambiguous option: --ver (--verbose, --version?)",
        "--batch-|ambiguous option: --batch- (--batch-size, --batch-wait?)"
      })
  void what_is_wrong_is_said_in_the_words_of_optparse(String word, String message) {
    assertRefused(word, message);
  }

  @Test
  void a_value_that_is_no_choice_is_refused_with_the_choices() {
    assertRefused(
        "--log-level=x'y",
        "option --log-level: invalid choice: \"x'y\" (choose from 'info', 'debug')");
  }

  private void assertRefused(String word, String message) {
    assertThatThrownBy(() -> parse(word))
        .isInstanceOfSatisfying(
            CommandLineError.class, error -> assertThat(error.exitCode()).isEqualTo(64))
        .hasMessage(message);
  }
}
