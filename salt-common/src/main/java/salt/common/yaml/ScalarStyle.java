package salt.common.yaml;

/** The five ways in which YAML writes a scalar. */
public enum ScalarStyle {
  /** Without quotes, where that is possible. */
  PLAIN,
  /** Between single quotes. */
  SINGLE_QUOTED,
  /** Between double quotes, with escapes. */
  DOUBLE_QUOTED,
  /** After {@code |}, line by line. */
  LITERAL,
  /** After {@code >}, folded. */
  FOLDED
}
