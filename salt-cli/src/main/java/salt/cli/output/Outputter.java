package salt.cli.output;

/** One way to show a value. */
@FunctionalInterface
interface Outputter {
  /**
   * The text for {@code data}; the end of it may be blank, which the caller cuts off.
   *
   * @throws UnfitData when the data does not have the shape that this outputter shows
   */
  String render(Object data, OutputOptions options);
}
