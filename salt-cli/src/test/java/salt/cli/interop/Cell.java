package salt.cli.interop;

/** A test at a corner. */
record Cell(Corner corner, String trial) {
  @Override
  public String toString() {
    return corner.release() + ": " + corner + ": " + trial;
  }
}
