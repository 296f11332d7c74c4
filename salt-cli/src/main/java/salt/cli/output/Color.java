package salt.cli.output;

/** Salt's named colours, with what a terminal is told for each. */
enum Color {
  BLACK("0;30"),
  DARK_GRAY("0;1;30"),
  RED("0;31"),
  LIGHT_RED("0;1;31"),
  GREEN("0;32"),
  LIGHT_GREEN("0;1;32"),
  YELLOW("0;33"),
  LIGHT_YELLOW("0;1;33"),
  BLUE("0;34"),
  LIGHT_BLUE("0;1;34"),
  MAGENTA("0;35"),
  LIGHT_MAGENTA("0;1;35"),
  CYAN("0;36"),
  LIGHT_CYAN("0;1;36"),
  LIGHT_GRAY("0;37"),
  WHITE("0;1;37"),
  DEFAULT_COLOR("0;39"),
  ENDC("0;0");

  private final String code;

  Color(String code) {
    this.code = code;
  }

  /** What stands between {@code ESC [} and {@code m}. */
  String code() {
    return code;
  }
}
