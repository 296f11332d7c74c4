package salt.cli.output;

/** Data that an outputter cannot show; the nested outputter shows it instead. */
final class UnfitData extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnfitData(String message) {
    super(message);
  }
}
