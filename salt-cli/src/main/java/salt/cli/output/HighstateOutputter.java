package salt.cli.output;

/** The results of states. */
final class HighstateOutputter implements Outputter {
  @Override
  public String render(Object data, OutputOptions options) {
    throw new UnfitData("later");
  }
}
